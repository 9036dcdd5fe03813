"""The documents of a book's chapters: as read, except for their ids and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hanpan import tree
from hanpan.books.book import Book, Chapter
from hanpan.document import Document
from hanpan.transforms.book.chapter_ids import chapter_ids
from hanpan.transforms.book.chapter_links import Address, address_of, link_chapters
from hanpan.tree import Element


def chapter_documents(book: Book) -> Iterator[tuple[Chapter, Document]]:
    """Yield each chapter with its document: ids are unique, and links lead into the book."""
    places: dict[Address, str] = {}
    for chapter in book.chapters:
        for address in (chapter.address, chapter.document.meta.canonical_url):
            if address:
                places.setdefault(address_of(address), chapter.id)
    bodies = {chapter.id: _own_ids(chapter.document, f"{chapter.id}-") for chapter in book.chapters}
    ids = {name: own for name, (_, own) in bodies.items()}
    for chapter in book.chapters:
        root, _ = bodies.pop(chapter.id)
        link_chapters(root, places, ids, chapter.id)
        yield chapter, _with(chapter.document, root, ids[chapter.id])


def matter_document(document: Document, prefix: str) -> Document:
    """Return a preface or a similar page with ids that begin with `prefix`."""
    return _with(document, *_own_ids(document, prefix))


def _own_ids(document: Document, prefix: str) -> tuple[Element, dict[str, str]]:
    """Return a document's tree with new ids, and these by the old ones."""
    root = tree.parse_xml(document.body)
    return root, chapter_ids(root, prefix)


def _with(document: Document, root: Element, ids: Mapping[str, str]) -> Document:
    """Return a document with another body, and with its headings' ids."""
    headings = (replace(heading, id=ids.get(heading.id, "")) for heading in document.headings)
    return replace(document, body=tree.inner_xml(root), headings=tuple(headings))
