"""The PDF edition of a book: its chapters, set like posts, in one run of pages."""

from __future__ import annotations

from collections.abc import Iterator
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
from hanpan.editions.book.shops import SHOPS, paper_of, preflight
from hanpan.editions.book.tag_index import tag_index
from hanpan.editions.book.wrap import wrap_of
from hanpan.editions.dates import day
from hanpan.editions.pdf import (
    Picture,
    Printed,
    PrintedPage,
    Typesetter,
    print_references,
    print_whole,
    printed_page,
    title_block,
)
from hanpan.editions.templates import fill
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import JPEG
from hanpan.site import Identity, Pdf
from hanpan.transforms.book.chapter_links import CROSS
from hanpan.transforms.levels import without_gaps
from hanpan.transforms.select import with_class
from hanpan.tree import Element

_LETTERS = 1100  # of a body with its markup, on a page
# where a book does not say otherwise; one that is sold does not carry its sources
_BOOKISH = {
    "page": "신국판",
    "typeface": "serif",
    "paragraphs": "indent",
    "facing": True,
    "attach_source": False,
}


@dataclass(frozen=True, slots=True)
class PrintedText:
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
        return title_block.is_long(self.title)

    @property
    def running(self) -> str:
        """Return the title as it stands at the head of pages, behind the chapter's number."""
        return title_block.running_title(f"{self.label} {self.title}".strip())


def render(book: Book, files: Files) -> Rendered:
    """Return the book's PDF, and its cover if it is printed.

    Raises BuildError where one cannot be made.
    """
    settings = replace(files.settings(Pdf), **{**_BOOKISH, **dict(book.plan.pdf)})  # type: ignore[arg-type]
    page = printed_page(settings)
    path = f"books/{book.plan.settings.name}/{book.plan.settings.name}"
    shop = SHOPS.get(settings.profile)
    paper = paper_of(shop, settings) if shop else 0.0
    printed = print_whole(partial(_print, book, files, settings, page))
    if not shop:
        return printed.rendered(f"{path}.pdf")
    inside = shop.inside_for(printed.pages)
    if inside > page.inside:
        page = replace(page, inside=inside)
        printed = print_whole(partial(_print, book, files, settings, page))
    rendered = printed.rendered(f"{path}.pdf")
    wrap = wrap_of(book, files, shop, page, paper * printed.pages)
    cover = Artifact(f"{path}-cover.pdf", wrap)
    return replace(
        rendered,
        artifacts=(*rendered.artifacts, cover),
        products={**rendered.products, "pdf/cover": cover.path},
        problems=(*rendered.problems, *preflight(shop, page, printed.pages)),
    )


def _print(
    book: Book, files: Files, settings: Pdf, page: PrintedPage, longest_note: float
) -> Printed:
    """Return the PDF; a note above the share `longest_note` of its room ends its chapter."""
    documents = (*book.front, *(chapter.document for chapter in book.chapters), *book.back)
    typesetter = Typesetter(
        documents, settings, files, longest_note=longest_note, page=page, is_book=True
    )
    texts = _Texts(book, typesetter)
    chapters = {
        chapter.id: texts.chapter(chapter, document)
        for chapter, document in chapter_documents(book)
    }
    sections = {name: text.headings for name, text in chapters.items()}
    filled = fill(
        files,
        "pdf/book.html",
        book=book,
        said=book.plan.settings,
        words=Labels(book.lang),
        cover=_cover(book, files, typesetter),
        title_lines=typesetter.title_lines(book.title, "book-title", book.lang),
        contents=list(contents(book, sections)),
        chapters=chapters,
        front=[texts.matter(one, f"front-{n}") for n, one in enumerate(book.front, 1)],
        back=[texts.matter(one, f"back-{n}") for n, one in enumerate(book.back, 1)],
        running=title_block.running_title(book.title),
        created=title_block.w3c_time(book.published),
        modified=title_block.w3c_time(book.modified),
        day=partial(day, lang=book.lang),
        shown=title_block.shown_address,
        index=tag_index(book, sections),
        digits=texts.digits,
        colophon=list(_colophon(book, files)),
    )
    return typesetter.typeset(filled)


def _cover(book: Book, files: Files, typesetter: Typesetter) -> str:
    """Return the address of the cover, or "": a press prints it on other paper."""
    if typesetter.settings.profile != "screen":
        return ""
    ratio = typesetter.page.width / typesetter.page.height
    return typesetter.add_picture("cover", Picture(book_cover(book, files, ratio), JPEG))


def _colophon(book: Book, files: Files) -> Iterator[tuple[str, str]]:
    site = title_block.shown_address(files.settings(Identity).url)
    return colophon_lines(book, site, partial(day, lang=book.lang))


class _Texts:
    """Prepares the texts of one book for its pages."""

    def __init__(self, book: Book, typesetter: Typesetter) -> None:
        self.digits = _digits(book)
        self._book, self._typesetter = book, typesetter

    def chapter(self, chapter: Chapter, document: Document) -> PrintedText:
        """Return a chapter, with the pages that its links lead to."""
        root = tree.parse_xml(document.body)
        page = Labels(self._book.lang).book_page
        crossing = with_class(root, "a", CROSS)
        print_references(crossing, self.digits, page, is_korean=self._book.is_korean)
        label = self._book.label(chapter)
        return self._text(root, document, chapter.id, label, "chapter-title")

    def matter(self, document: Document, name: str) -> PrintedText:
        """Return a preface or the like."""
        document = matter_document(document, f"{name}-")
        return self._text(tree.parse_xml(document.body), document, name, "", "matter-title")

    def _text(
        self, root: Element, document: Document, name: str, label: str, kind: str
    ) -> PrintedText:
        meta = document.meta
        levels = without_gaps(heading.level for heading in document.headings)
        headings = zip(document.headings, levels, strict=True)
        return PrintedText(
            id=name,
            title=meta.title,
            lines=self._typesetter.title_lines(meta.title, kind, meta.lang),
            label=label,
            lang=meta.lang,
            body=self._typesetter.make_printable(document, root, name),
            headings=tuple(replace(heading, level=level) for heading, level in headings),
            meta=meta,
        )


def _digits(book: Book) -> dict[str, int]:
    """Return about how many figures the page of each chapter and part has."""
    digits: dict[str, int] = {}
    pages = 1.0
    for part in book.parts:
        pages += 2 * bool(part.title)
        for chapter in part.chapters:
            digits[chapter.id] = len(f"{pages:.0f}")
            document = chapter.document
            pages += 2 + len(document.body) / _LETTERS + len(document.assets) / 3
    return digits
