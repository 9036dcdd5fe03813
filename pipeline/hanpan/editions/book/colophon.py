"""The colophon of a book: who made it, when, and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from hanpan.books.book import Book
from hanpan.labels import Labels


def colophon_lines(
    book: Book, site: str, day: Callable[[datetime | None], str]
) -> Iterator[tuple[str, str]]:
    """Yield what a colophon says: names, "" for none, and texts; `site` is the blog's address."""
    labels, settings = Labels(book.lang), book.plan.settings
    first, last = day(book.published), day(book.modified)
    lines = (
        (labels.author, book.author),
        (labels.publisher, book.publisher),
        (labels.written, first if first == last else f"{first} – {last}"),
        ("ISBN", settings.isbn),
        (labels.first_published, site),
        (labels.licence, settings.licence),
        ("", labels.bound.format(len(book.chapters))),
    )
    yield from ((name, text) for name, text in lines if text)
