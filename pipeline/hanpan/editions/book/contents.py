"""The contents of a book, two levels deep: parts and chapters, or chapters and their sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hanpan.books.book import Book
from hanpan.document import Heading

SECTIONS = 2  # the level of a chapter's own sections, below its title


def contents(book: Book, sections: Mapping[str, Sequence[Heading]]) -> Iterator[Heading]:
    """Yield the lines between front and back matter; `sections` are headings by chapters' ids.

    The chapters of a part without a title stand beside the parts.
    """
    for part in book.parts:
        if part.title:
            yield Heading(1, part.id, part.title)
        for chapter in part.chapters:
            title = f"{book.label(chapter)} {chapter.document.meta.title}".strip()
            yield Heading(1 + bool(part.title), chapter.id, title)
            if not book.has_parts:
                yield from (h for h in sections[chapter.id] if h.level == SECTIONS)
