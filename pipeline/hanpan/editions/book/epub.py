"""The EPUB edition of a book: its chapters made as posts are, in one package."""

from __future__ import annotations

from collections.abc import Iterator
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
from hanpan.editions.epub.access import accessibility, join_access
from hanpan.editions.epub.chapter import chapter
from hanpan.editions.epub.fonts import embedded_fonts
from hanpan.editions.epub.metadata import MetadataEntry, entries
from hanpan.editions.epub.package import Package, pack
from hanpan.editions.epub.pages import cover_page
from hanpan.editions.epub.parts import COVER_PICTURE, STYLE, TEXT, ContentsLine, ManifestItem
from hanpan.editions.epub.pictures import Pictures
from hanpan.editions.epub.render import COVER_SIZE, too_large
from hanpan.editions.templates import list_marks, styles
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import CSS, JPEG
from hanpan.site import Epub


def render(book: Book, files: Files) -> Rendered:
    """Return the book's EPUB. Raises BuildError where it cannot be made."""
    data = pack(_package(book, files))
    path = f"books/{book.plan.settings.name}/{book.plan.settings.name}.epub"
    problems = too_large("site.toml", len(data), files)
    return Rendered((Artifact(path, data),), {"epub": path}, problems)


def _package(book: Book, files: Files) -> Package:
    """Return all that the book is made of."""
    shelf: dict[str, ManifestItem] = {}  # pictures, each once
    pages = Pages(book, files)
    leaves = list(_leaves(book, files, shelf))
    title, colophon = pages.title(), pages.colophon()
    text = join_pages([*pages.text(leaves), *pages.index(), colophon])
    code = "".join(leaf.made.code for leaf in leaves)
    fonts = embedded_fonts((title, *text), code, files, body=files.settings(Epub).embed_fonts)
    items = (
        cover_page(book.meta, files),
        ManifestItem("style", STYLE, CSS, (fonts.css + _styles(leaves, files)).encode()),
        ManifestItem("cover-image", COVER_PICTURE, JPEG, _cover(book, files), ("cover-image",)),
        *(shelf[name] for name in sorted(shelf)),
        *_formulas(leaves),
        *fonts.items,
    )
    labels = Labels(book.lang)
    access = join_access(leaf.made.access for leaf in leaves)
    home, breaks = homes(text), pages.breaks(leaves)
    return Package(
        identifier=book.identifier,
        title=book.title,
        lang=book.lang,
        modified=book.modified,
        metadata=(
            *_described(book),
            *accessibility(access, labels, items, breaks, book.title, labels.book_summary),
        ),
        labels=labels,
        contents=tuple(
            ContentsLine(line.level, line.text, f"{TEXT}/{home[line.id]}#{line.id}")
            for line in _lines(book, leaves)
        ),
        pages=tuple(text),
        items=items,
        front=(title,),
        breaks=breaks,
        begin=f"{TEXT}/{home[book.parts[0].id if book.has_parts else book.chapters[0].id]}",
    )


def _leaves(book: Book, files: Files, shelf: dict[str, ManifestItem]) -> Iterator[Leaf]:
    """Yield all texts of the book in order, made as the bodies of posts are."""

    def leaf(document: Document, name: str, matter: str, label: str = "") -> Leaf:
        made = chapter(document, Pictures(document, files, shelf), files, name)
        return Leaf(name, matter, label, document.meta, made)

    for number, page in enumerate(book.front, 1):
        yield leaf(matter_document(page, f"front-{number}-"), f"front-{number}", FRONT)
    for of, document in chapter_documents(book):
        yield leaf(document, of.id, BODY, book.label(of))
    for number, page in enumerate(book.back, 1):
        yield leaf(matter_document(page, f"back-{number}-"), f"back-{number}", BACK)


def _lines(book: Book, leaves: list[Leaf]) -> Iterator[Heading]:
    """Yield the lines of the contents."""
    sections = {leaf.id: [h for page in leaf.made.pages for h in page.headings] for leaf in leaves}
    yield from (Heading(1, leaf.id, leaf.meta.title) for leaf in leaves if leaf.matter == FRONT)
    yield from contents(book, sections)
    yield from (Heading(1, leaf.id, leaf.meta.title) for leaf in leaves if leaf.matter == BACK)
    if next(book.tags(), None):
        yield Heading(1, TAG_INDEX, Labels(book.lang).index)


def _styles(leaves: list[Leaf], files: Files) -> str:
    bodies = "".join(page.body for leaf in leaves for page in leaf.made.pages)
    return styles(files, "epub", "epub-book", *list_marks(bodies))


def _formulas(leaves: list[Leaf]) -> Iterator[ManifestItem]:
    found = {item.path: item for leaf in leaves for item in leaf.made.formulas}
    yield from (found[name] for name in sorted(found))


def _cover(book: Book, files: Files) -> bytes:
    width, height = COVER_SIZE
    return book_cover(book, files, width / height)


def _described(book: Book) -> Iterator[MetadataEntry]:
    """Yield the metadata beside identifier, title and language."""
    said = book.plan.settings
    if said.subtitle:
        yield "title", said.subtitle, {"id": "subtitle"}
        yield "meta", "subtitle", {"refines": "#subtitle", "property": "title-type"}
    subjects = dict.fromkeys(c for of in book.chapters for c in of.document.meta.categories)
    meta = replace(book.meta, categories=tuple(subjects), date=book.meta.modified)
    yield from entries(meta, book.author, book.publisher)
    if said.licence:
        yield "rights", said.licence, {}
