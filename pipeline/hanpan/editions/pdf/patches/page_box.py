"""The boxes of a page that is set.

What: `_page_box` of `weasyprint.document.Page` is read.
Why: where footnotes, pages and lines of code begin is read off the boxes; WeasyPrint's own list of
    a page's contents has links, anchors and bookmarks alone.
Upstream: docs/upstream.md, "The boxes of a page cannot be reached"
Known: WeasyPrint 70.0
Delete when: a page gives its box under a public name.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT, "weasyprint.document:Page.__init__", "self, page_box", "255358c76401193f"
    ),
)


def install() -> None:
    """Do nothing: boxes are read, not changed."""


def page_box(page: Any) -> Any:
    """Return the box of a `weasyprint.Page`."""
    return page._page_box
