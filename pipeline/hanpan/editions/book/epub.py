"""The EPUB edition of a book: its chapters made as posts are, in one package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hanpan.books.book import Book
from hanpan.books.chapters import chapter_documents, matter_document
from hanpan.document import Document, Heading
from hanpan.editions import Artifact, Rendered
from hanpan.editions.book.contents import contents
from hanpan.editions.book.cover import book_cover
from hanpan.editions.book.epub_pages import (
    BACK,
    BODY,
    FRONT,
    TAG_INDEX,
    Leaf,
    Pages,
    homes,
    join_pages,
)
from hanpan.editions.book.tag_index import tag_index
from hanpan.editions.epub import (
    COVER_SIZE,
    TEXT,
    Binder,
    ContentsLine,
    MetadataEntry,
    Package,
    entries,
    pack,
    report_size,
)
from hanpan.files import Files
from hanpan.labels import Labels


def render(book: Book, files: Files) -> Rendered:
    """Return the book's EPUB. Raises BuildError where it cannot be made."""
    binder = Binder(files)
    data = pack(_package(book, files, binder))
    path = f"books/{book.plan.settings.name}/{book.plan.settings.name}.epub"
    problems = (*binder.problems, *report_size("site.toml", len(data), files))
    return Rendered((Artifact(path, data),), {"epub": path}, problems, placed=binder.faults)


def _package(book: Book, files: Files, binder: Binder) -> Package:
    """Return all that the book is made of."""
    pages = Pages(book, files)
    leaves = list(_leaves(book, binder))
    title, colophon = pages.title(), pages.colophon()
    sections = {
        leaf.id: [h for page in leaf.chapter.pages for h in page.headings] for leaf in leaves
    }
    index = tag_index(book, sections)
    text = join_pages([*pages.text(leaves), *pages.index(index), colophon])
    home = homes(text)
    return Package(
        identifier=book.identifier,
        title=book.title,
        lang=book.lang,
        modified=book.modified,
        metadata=tuple(_metadata(book)),
        access=binder.access,
        summary=Labels(book.lang).book_summary,
        contents=tuple(
            ContentsLine(line.level, line.text, f"{TEXT}/{home[line.id]}#{line.id}")
            for line in _lines(book, leaves, sections, has_index=bool(index))
        ),
        pages=tuple(text),
        items=binder.items(book.meta, _cover(book, files), (title, *text), "epub", "epub-book"),
        front=(title,),
        breaks=pages.breaks(leaves),
        begin=f"{TEXT}/{home[book.begins]}",
    )


def _leaves(book: Book, binder: Binder) -> Iterator[Leaf]:
    """Yield all texts of the book in order."""

    def leaf(document: Document, name: str, matter: str, label: str = "") -> Leaf:
        return Leaf(name, matter, label, document.meta, binder.add(document, name))

    for number, page in enumerate(book.front, 1):
        yield leaf(matter_document(page, f"front-{number}-"), f"front-{number}", FRONT)
    for of, document in chapter_documents(book):
        yield leaf(document, of.id, BODY, book.label(of))
    for number, page in enumerate(book.back, 1):
        yield leaf(matter_document(page, f"back-{number}-"), f"back-{number}", BACK)


def _lines(
    book: Book, leaves: list[Leaf], sections: Mapping[str, Sequence[Heading]], *, has_index: bool
) -> Iterator[Heading]:
    """Yield the lines of the contents."""
    yield from (Heading(1, leaf.id, leaf.meta.title) for leaf in leaves if leaf.matter == FRONT)
    yield from contents(book, sections)
    yield from (Heading(1, leaf.id, leaf.meta.title) for leaf in leaves if leaf.matter == BACK)
    if has_index:
        yield Heading(1, TAG_INDEX, Labels(book.lang).index)


def _cover(book: Book, files: Files) -> bytes:
    width, height = COVER_SIZE
    return book_cover(book, files, width / height)


def _metadata(book: Book) -> Iterator[MetadataEntry]:
    """Yield the metadata beside identifier, title and language."""
    settings = book.plan.settings
    if settings.subtitle:
        yield "title", settings.subtitle, {"id": "subtitle"}
        yield "meta", "subtitle", {"refines": "#subtitle", "property": "title-type"}
    subjects = dict.fromkeys(c for of in book.chapters for c in of.document.meta.categories)
    meta = replace(book.meta, categories=tuple(subjects), date=book.meta.modified)
    yield from entries(meta, book.author, book.publisher)
    if settings.licence:
        yield "rights", settings.licence, {}
