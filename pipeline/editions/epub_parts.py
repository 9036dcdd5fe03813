"""The parts of an EPUB and where they lie in it.

All names are ASCII: EbookLib writes them into links as given.
"""

from __future__ import annotations

from dataclasses import dataclass

FOLDER = "EPUB"
COVER_PAGE = "text/cover.xhtml"
POST_PAGE = "text/post.xhtml"
STYLE = "style/book.css"
COVER_PICTURE = "images/cover.jpg"
START = "post-start"  # the id of the title


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book; `path` below the package's folder."""

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()  # EPUB 3.3, 5.6.2
