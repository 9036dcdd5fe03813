"""Stylesheets as Python reads them, the site's own before ours: colours of drawings, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from hanpan.assets.colours import Colour, parse_colour
from hanpan.files import Files, packaged_layouts

Rules = Mapping[tuple[str, str], str]  # selector and property -> value
USER_STYLES = "styles/user.css"  # of a site: behind all stylesheets
TOKENS = "styles/tokens.css"
# what comments may stand in as letters: texts, and addresses without quotation marks
_KEPT_OR_COMMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^()"'\\\s]*\))"""
    r"""|/\*(?s:.*?)(?:\*/|\Z)"""
)
_DEPTH = 8  # custom properties that name others


@lru_cache(maxsize=16)
def compact(css: str) -> str:
    """Return a stylesheet without comments, indents and empty lines, as it is put into pages."""
    bare = _KEPT_OR_COMMENT.sub(lambda match: match[1] or "", css)
    return "\n".join(filter(None, map(str.strip, bare.split("\n")))) + "\n"


def token(name: str, files: Files) -> Colour:
    """Return the colour `--name` as tokens.css has it for light paper."""
    return stylesheet_colour(TOKENS, ":root", f"--{name}", files)


def stylesheet_colour(sheet: str, selector: str, name: str, files: Files) -> Colour:
    """Return the colour in a property of the rules that have a selector, outside of `@media`.

    Ours where the site's own stylesheet has none that is known.
    """
    site, ours = rules_of(sheet, files)
    colour = _colour(site, selector, name) or _colour(ours, selector, name)
    assert colour is not None, f"{sheet} has no {name} for {selector}"
    return colour


def _colour(rules: Rules, selector: str, name: str, depth: int = 0) -> Colour | None:
    """Return the last colour in a property: `1px solid #e3e2dd`, `var(--line)`."""
    import tinycss2

    colour: Colour | None = None
    for value in tinycss2.parse_component_value_list(rules.get((selector, name), "")):
        if value.type == "function" and value.lower_name == "var":
            inner = [part.value for part in value.arguments if part.type == "ident"]
            if inner and depth < _DEPTH:
                colour = _colour(rules, ":root", inner[0], depth + 1) or colour
        elif value.type in ("hash", "ident", "function"):
            colour = parse_colour(value.serialize()) or colour
    return colour


def rules_of(sheet: str, files: Files) -> tuple[Rules, Rules]:
    """Return the rules of the site's stylesheet, which may be ours, and those of ours.

    What the site adds in user.css follows its own. Rules within `@media` and the like are left out.
    """
    css = ""
    for name in (sheet, USER_STYLES):
        try:
            css += files.layout(name).decode("utf-8", errors="replace") + "\n"
        except FileNotFoundError:
            continue
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
