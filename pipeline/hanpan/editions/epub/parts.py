"""The parts of an EPUB and where they lie in it.

All names are ASCII: EbookLib writes them into links as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FOLDER = "EPUB"
TEXT = "text"  # the folder of pages: from one page to another, a link is the file's name
COVER_PAGE = f"{TEXT}/cover.xhtml"
STYLE = "style/book.css"
COVER_PICTURE = "images/cover.jpg"
START = "post-start"  # the id of the title
OURS = re.compile(rf"(?:{START}|page-[0-9ivxlcdm]+)\Z")  # ids of pages, beside a body's own


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file of the book; `path` below the package's folder."""

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()  # EPUB 3.3, 5.6.2


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents: the level, from 1, and where it leads, below the package's folder."""

    level: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a page of the PDF begins: its number, and a place below the package's folder."""

    label: str
    href: str


def page_id(label: str) -> str:
    """Return the id of the mark where a page begins."""
    return f"page-{label}"
