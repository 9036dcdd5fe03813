"""The index of a book: each tag, with the chapters that have it and the headings that name it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hanpan.books.book import Book
from hanpan.document import Heading

_FEWEST = 15  # tags: fewer are found as fast in the contents (issue 18)


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where an entry leads: the id of a title or heading, the chapter it is in, and its name."""

    id: str
    chapter: str
    name: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A tag, and where a reader finds something about it, in the book's order."""

    tag: str
    places: tuple[IndexPlace, ...]


def tag_index(book: Book, sections: Mapping[str, Sequence[Heading]]) -> tuple[IndexEntry, ...]:
    """Return the index, empty where there are few tags; `sections` are headings by chapters' ids.

    A chapter has one place at most: its title where it has the tag, else the first of its headings
    that names it. So no page stands twice behind a tag.
    """
    tags = list(book.tags())
    if len(tags) < _FEWEST:
        return ()
    words = {
        name: [(heading, _key(heading.text)) for heading in headings if heading.id]
        for name, headings in sections.items()
    }
    entries = []
    for tag, tagged in tags:
        own, key = {chapter.id for chapter in tagged}, _key(tag)
        places = []
        for chapter in book.chapters:
            label = book.label(chapter)
            if chapter.id in own:
                title = label or chapter.document.meta.title
                places.append(IndexPlace(chapter.id, chapter.id, title))
                continue
            named = (heading for heading, text in words[chapter.id] if _names(text, key))
            heading = next(named, None)
            if heading:
                places.append(IndexPlace(heading.id, chapter.id, label or heading.text))
        entries.append(IndexEntry(tag, tuple(places)))
    return tuple(entries)


def _names(text: str, tag: str) -> bool:
    """Tell whether a text has a tag as a word, in Korean also with particles: `조판의 원칙`."""
    at = text.find(tag)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(tag) :][:1]
        if not before.isalnum() and not (after.isalnum() and after.isascii()):
            return True
        at = text.find(tag, at + 1)
    return False


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
