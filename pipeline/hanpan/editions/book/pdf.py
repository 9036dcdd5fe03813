"""The PDF edition of a book: its chapters set as posts are, in one run of pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from hanpan import tree
from hanpan.books.book import Book, Chapter
from hanpan.books.chapters import chapter_documents, matter_document
from hanpan.document import Document, Heading, Meta
from hanpan.editions import Artifact, Rendered
from hanpan.editions.book.colophon import colophon_lines
from hanpan.editions.book.contents import contents
from hanpan.editions.book.cover import book_cover
from hanpan.editions.pdf.attachments import attachments_of
from hanpan.editions.pdf.engine import SCHEME, Picture, Printed, typeset
from hanpan.editions.pdf.finish.pdfa import Attachment
from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.editions.pdf.patches.notes import printed_whole
from hanpan.editions.pdf.references import print_references
from hanpan.editions.pdf.render import (
    LONG_TITLE,
    NOTES,
    day,
    families,
    finished,
    for_print,
    running,
    sheets,
    shown_address,
    title_lines,
    w3c,
)  # fmt: skip
from hanpan.editions.pdf.settings import with_links_said
from hanpan.editions.templates import fill, styles
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.site import Identity, Pdf
from hanpan.transforms.book.chapter_links import CROSS
from hanpan.transforms.levels import mended
from hanpan.transforms.select import with_class
from hanpan.tree import Element

COVER = f"{SCHEME}cover"
_LETTERS = 1100  # of a body with its markup, on a page
# where a book does not say otherwise; one that is sold does not carry its sources
_BOOKISH = {"page": "신국판", "paragraphs": "indent", "attach_source": False}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A chapter, or a text before or after the chapters, as the layout shows it."""

    id: str
    title: str
    lines: tuple[str, ...]
    label: str
    lang: str
    body: Markup
    headings: tuple[Heading, ...]  # at the levels that the page has
    meta: Meta

    @property
    def is_long(self) -> bool:
        """Tell whether the title is set smaller."""
        return len(self.title) > LONG_TITLE

    @property
    def running(self) -> str:
        """Return the title as it stands at the head of pages."""
        return running(self.title)


def render(book: Book, files: Files) -> Rendered:
    """Return the book's PDF. Raises BuildError where it cannot be made."""
    made = printed_whole(partial(_printed, book, files), NOTES)
    path = f"books/{book.plan.settings.name}/{book.plan.settings.name}.pdf"
    return Rendered((Artifact(path, made.data),), {"pdf": path}, left=made.page_starts)


def _printed(book: Book, files: Files, notes: float) -> Printed:
    """Return the PDF; a note higher than the share `notes` of a page ends its chapter."""
    settings = replace(files.settings(Pdf), **{**_BOOKISH, **dict(book.plan.pdf)})  # type: ignore[arg-type]
    settings = with_links_said(settings)
    page = printed_page(settings)
    press = _Press(book, files, page, settings, notes)
    chapters = {
        chapter.id: press.chapter(chapter, document)
        for chapter, document in chapter_documents(book)
    }
    front = [press.matter(document, f"front-{n}") for n, document in enumerate(book.front, 1)]
    back = [press.matter(document, f"back-{n}") for n, document in enumerate(book.back, 1)]
    has_cover = settings.profile == "screen"  # a press prints the cover on other paper
    if has_cover:
        press.pictures[COVER] = Picture(
            book_cover(book, files, page.width / page.height), "image/jpeg"
        )
    html = fill(
        files,
        "pdf/book.html",
        book=book,
        said=book.plan.settings,
        words=Labels(book.lang),
        cover=COVER if has_cover else "",
        title_lines=title_lines(book.title, page.measure, files),
        contents=list(contents(book, {name: leaf.headings for name, leaf in chapters.items()})),
        chapters=chapters,
        front=front,
        back=back,
        running=running(book.title),
        created=w3c(book.published),
        modified=w3c(book.modified),
        day=day,
        shown=shown_address,
        tags=list(book.tags()),
        digits=press.digits,
        colophon=list(colophon_lines(book, shown_address(files.settings(Identity).url), day)),
    )
    bodies = "".join(leaf.body for leaf in (*front, *chapters.values(), *back))
    css = styles(files, *sheets(settings, bodies), "book") + page.css() + families(files)
    attached = _attached(book, files) if settings.attach_source else ()
    return typeset(finished(html, files, page.measure), css, press.pictures, files, attached)


def _attached(book: Book, files: Files) -> tuple[Attachment, ...]:
    """Return the sources of all texts of the book, and their pictures, each once."""
    texts = (*book.front, *(chapter.document for chapter in book.chapters), *book.back)
    found: dict[str, Attachment] = {}
    for document in texts:
        for attachment in attachments_of(document, files):
            found.setdefault(attachment.name, attachment)
    return tuple(found.values())


class _Press:
    """Documents made fit for the pages of one book, and the pictures that they use."""

    def __init__(
        self, book: Book, files: Files, page: PrintedPage, settings: Pdf, notes: float
    ) -> None:
        self.pictures: dict[str, Picture] = {}
        self.digits = _digits(book)
        self._book, self._files, self._page = book, files, page
        self._settings, self._notes = settings, notes

    def chapter(self, chapter: Chapter, document: Document) -> Leaf:
        """Return a chapter, with the pages that its links lead to."""
        root = tree.parse_xml(document.body)
        page = Labels(self._book.lang).book_page
        crossing = with_class(root, "a", CROSS)
        print_references(crossing, self.digits, page, is_korean=self._book.is_korean)
        return self._leaf(root, document, chapter.id, self._book.label(chapter))

    def matter(self, document: Document, name: str) -> Leaf:
        """Return a preface or the like."""
        document = matter_document(document, f"{name}-")
        return self._leaf(tree.parse_xml(document.body), document, name, "")

    def _leaf(self, root: Element, document: Document, name: str, label: str) -> Leaf:
        meta = document.meta
        pictures = for_print(
            root, document, self._files, self._page, self._settings, name, notes=self._notes
        )
        for address, picture in pictures.items():
            known = self.pictures.get(address)
            if known is None or len(known.data) < len(picture.data):
                self.pictures[address] = picture  # of one that several show, the largest
        levels = mended(heading.level for heading in document.headings)
        headings = zip(document.headings, levels, strict=True)
        return Leaf(
            id=name,
            title=meta.title,
            lines=title_lines(meta.title, self._page.measure, self._files),
            label=label,
            lang=meta.lang,
            body=Markup(tree.inner_xml(root)),
            headings=tuple(replace(heading, level=level) for heading, level in headings),
            meta=meta,
        )


def _digits(book: Book) -> dict[str, int]:
    """Return about how many figures the page of each chapter and part has."""
    found: dict[str, int] = {}
    pages = 1.0
    for part in book.parts:
        pages += 2 * book.has_parts
        for chapter in part.chapters:
            found[chapter.id] = len(f"{pages:.0f}")
            document = chapter.document
            pages += 2 + len(document.body) / _LETTERS + len(document.assets) / 3
    return found
