"""The cover of a book: the picture that site.toml names with the title, or one that is drawn."""

from __future__ import annotations

from hanpan.assets.covers.cover import draw_cover
from hanpan.books.book import Book
from hanpan.files import Files
from hanpan.site import Identity

_HEIGHT = 2560  # pixels


def book_cover(book: Book, files: Files, ratio: float) -> bytes:
    """Return a cover as JPEG; `ratio` is its width by its height."""
    picture = files.read(book.plan.settings.cover) if book.plan.settings.cover else None
    size = (round(_HEIGHT * ratio), _HEIGHT)
    return draw_cover(book.meta, files.settings(Identity).title, files, size, picture)
