"""Stylesheets as Python reads them: what a selector declares, in the site's file and in ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from hanpan.files import Files, packaged_layouts

Rules = Mapping[tuple[str, str], str]  # selector and property -> value


def rules_of(sheet: str, files: Files) -> tuple[Rules, Rules]:
    """Return the rules of the site's stylesheet, which may be ours, and those of ours.

    Those within `@media` and the like are left out.
    """
    try:
        css = files.layout(sheet).decode("utf-8", errors="replace")
    except FileNotFoundError:
        css = ""
    return _rules(css), _rules(_ours(sheet))


@cache
def _ours(sheet: str) -> str:
    return (packaged_layouts() / sheet).read_text("utf-8")


@lru_cache(maxsize=8)
def _rules(css: str) -> Rules:
    """Return the values of a stylesheet by selector and property; of several, the last."""
    return {(selector, name): value for selector, name, value in _declarations(css)}


def _declarations(css: str) -> Iterator[tuple[str, str, str]]:
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selectors = tinycss2.serialize(rule.prelude).split(",")
        for declaration in tinycss2.parse_blocks_contents(rule.content):
            if declaration.type == "declaration":
                value = tinycss2.serialize(declaration.value).strip()
                for selector in selectors:
                    yield " ".join(selector.split()), declaration.lower_name, value
