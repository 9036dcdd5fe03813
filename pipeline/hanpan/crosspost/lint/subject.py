"""Subject: what lint judges, and how its rules read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hanpan.crosspost.platform import Platform
from hanpan.problems import Severity
from hanpan.tree import Element

# `[` begins the next link; `@[youtube](ID)` is an embed
_LINK = re.compile(r"(?<![@\\])(!?)(?<!\\)\[[^\n]{0,500}?(?<!\\)\]\(([^)\s\[]{0,4000})\)")
# severity, what is wrong, what to do, and the cause that other posts of the site share
Finding = tuple[Severity, str, str] | tuple[Severity, str, str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged: the body's file as text, its tree as lowered, and the tree it came from."""

    platform: Platform
    text: str
    root: Element
    before: Element
    site_url: str = ""

    @property
    def is_markdown(self) -> bool:
        """Tell whether the body is Markdown: then its addresses stand in its text."""
        return any(writer == "markdown" for _, writer in self.platform.body.files)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Return all addresses of the body as (attribute, address)."""
        if self.is_markdown:
            yield from _addresses_of(self.text)
            return
        for element in self.root.iter():
            for name in ("href", "src"):
                if element.get(name) is not None:
                    yield name, element.get(name) or ""


@lru_cache(maxsize=2)  # five rules ask in turn
def _addresses_of(markdown: str) -> tuple[tuple[str, str], ...]:
    matches = _LINK.finditer(without_code(markdown))
    return tuple(("src" if match[1] else "href", match[2]) for match in matches)


@lru_cache(maxsize=2)
def without_code(markdown: str) -> str:
    """Return Markdown with its code and formulas blanked."""
    markdown = re.sub(
        r"(?ms)^[ >]*(?:(?:[-*+]|\d{1,9}[.)])[ ]{1,4})?(`{3,})[^\n]*\n.*?^[ >]*\1`*[ ]*$",
        "",
        markdown,
    )
    markdown = re.sub(r"(?s)<pre>.*?</pre>", "", markdown)
    markdown = re.sub(r"(?ms)^[ >]*\$\$\n.*?^[ >]*\$\$$", "", markdown)
    return re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown)
