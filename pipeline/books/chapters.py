"""The documents of a book's chapters: as they were read, but for their ids and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import tree
from pipeline.books.book import Book, Chapter
from pipeline.document import Document, Heading
from pipeline.transforms.chapter_ids import prefix_ids
from pipeline.transforms.chapter_links import Address, address_of, link_chapters
from pipeline.transforms.select import with_attribute


def chapter_documents(book: Book) -> Iterator[tuple[Chapter, Document]]:
    """Yield each chapter with its document: no id stands twice, and links lead into the book."""
    places: dict[Address, str] = {}
    for chapter in book.chapters:
        for address in (chapter.address, chapter.document.meta.canonical_url):
            if address:
                places.setdefault(address_of(address), chapter.id)
    bodies = {chapter.id: own_ids(chapter.document, f"{chapter.id}-") for chapter in book.chapters}
    ids = {
        name: frozenset(str(element.get("id")) for element in with_attribute(root, "id"))
        for name, (root, _) in bodies.items()
    }
    for chapter in book.chapters:
        root, headings = bodies.pop(chapter.id)
        link_chapters(root, places, ids, chapter.id)
        yield (
            chapter,
            replace(chapter.document, body=tree.inner_xml(root), headings=headings),
        )


def own_ids(document: Document, prefix: str) -> tuple[tree.Element, tuple[Heading, ...]]:
    """Return the tree and the headings of a document with its ids behind `prefix`."""
    root = tree.parse_xml(document.body)
    prefix_ids(root, prefix)
    headings = (replace(heading, id=f"{prefix}{heading.id}") for heading in document.headings)
    return root, tuple(headings)
