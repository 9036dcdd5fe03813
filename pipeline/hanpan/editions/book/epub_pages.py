"""Pages of a book's EPUB: its texts and its own pages as XHTML files, with links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup

from hanpan.books.book import Book, Part
from hanpan.document import Meta
from hanpan.editions.book.colophon import colophon_lines
from hanpan.editions.book.tag_index import IndexEntry
from hanpan.editions.dates import day
from hanpan.editions.epub import (
    COVER_PAGE,
    TEXT,
    EpubChapter,
    EpubPage,
    ManifestItem,
    PageBreak,
    opening_breaks,
    page_marks,
    xhtml,
)
from hanpan.editions.page_starts import read_starts
from hanpan.editions.templates import fill
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import XHTML
from hanpan.site import Identity

FRONT, BODY, BACK = "frontmatter", "bodymatter", "backmatter"  # EPUB 3.3 Structural Semantics
TAG_INDEX = "tag-index"  # the id of its title
INDEX = "index"  # of tags: the name of its file
_UNMARKED = {"cover": COVER_PAGE, "contents": "nav.xhtml"}  # a page in the PDF, a file here
_LINK = "{http://www.w3.org/1999/xhtml}a"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of the book: a chapter, or one before or after the chapters."""

    id: str  # of its title, and the name of its first file
    matter: str  # FRONT, BODY or BACK
    label: str
    meta: Meta
    chapter: EpubChapter


class Pages:
    """The templates of one book, filled in."""

    def __init__(self, book: Book, files: Files) -> None:
        self._book, self._files = book, files
        self._starts = read_starts(files)
        self._opens: dict[str, list[str]] = {}  # pages of the PDF that begin where a file does
        for start in self._starts:
            if "/" not in start.place:
                self._opens.setdefault(start.place, []).append(start.label)

    def title(self) -> ManifestItem:
        """Return the title page."""
        return self._page("title", "title", FRONT, self._book.title)

    def colophon(self) -> ManifestItem:
        """Return the colophon."""
        site = self._files.settings(Identity).url
        lines = list(colophon_lines(self._book, site, self._day))
        name = Labels(self._book.lang).colophon
        return self._page("colophon", "colophon", BACK, name, lines=lines)

    def index(self, entries: tuple[IndexEntry, ...]) -> Iterator[ManifestItem]:
        """Yield the index of tags, if it has entries."""
        if entries:
            name = Labels(self._book.lang).index
            yield self._page(INDEX, "index", BACK, name, entries=entries)

    def breaks(self, leaves: Iterable[Leaf]) -> tuple[PageBreak, ...]:
        """Return where the pages of the PDF begin."""
        places = {at.label: at for leaf in leaves for at in leaf.chapter.breaks}
        for name, labels in self._opens.items():
            if name in _UNMARKED:
                places.update((label, PageBreak(label, _UNMARKED[name])) for label in labels)
            else:
                breaks = opening_breaks(labels, f"{TEXT}/{name}.xhtml")
                places.update((at.label, at) for at in breaks)
        return tuple(places[at.label] for at in self._starts if at.label in places)

    def text(self, leaves: Iterable[Leaf]) -> Iterator[ManifestItem]:
        """Yield the files of all texts, a part's title in front of its first chapter."""
        parts = {part.chapters[0].id: part for part in self._book.parts if part.title}
        for leaf in leaves:
            if leaf.id in parts:
                yield self._part(parts[leaf.id])
            for page in leaf.chapter.pages:
                yield self._leaf(leaf, page)

    def _part(self, part: Part) -> ManifestItem:
        return self._page(part.id, "part", BODY, part.title, part=part)

    def _leaf(self, leaf: Leaf, page: EpubPage) -> ManifestItem:
        """Return a file of a text: its title above the first, its source below the last."""
        meta, pages = leaf.meta, leaf.chapter.pages
        title = f"{leaf.label} {meta.title}".strip()
        if page is not pages[0]:
            title = " · ".join([*(h.text for h in page.headings[:1]), title])
        published, updated = self._day(meta.published_at), self._day(meta.updated_at)
        item = self._page(
            page.name.removesuffix(".xhtml"),
            "text",
            leaf.matter,
            title,
            lang=meta.lang,
            id=leaf.id,
            label=leaf.label,
            meta=meta,
            body=Markup(page.body),
            is_chapter=leaf.matter == BODY,
            is_first=page is pages[0],
            is_last=page is pages[-1],
            published=published,
            updated=updated,
            updated_word=Labels(self._book.lang).updated,
            source_text=unquote(meta.canonical_url),
        )
        return replace(item, properties=page.properties)

    def _page(self, name: str, kind: str, matter: str, title: str, **more: object) -> ManifestItem:
        book = self._book
        more["page_marks"] = page_marks(self._opens.get(name, ()))
        known = {"book": book, "said": book.plan.settings, "words": Labels(book.lang)}
        own = {"lang": book.lang, "kind": kind, "matter": matter, "title": title}
        filled = fill(self._files, "epub/book-page.xhtml", **{**known, **own, **more})
        return ManifestItem(name, f"{TEXT}/{name}.xhtml", XHTML, xhtml(filled))

    def _day(self, moment: datetime | None) -> str:
        return day(moment, self._book.lang)


def homes(pages: Iterable[ManifestItem]) -> dict[str, str]:
    """Return the file's name of each id."""
    return {
        str(element.get("id")): page.path.rpartition("/")[2]
        for page in pages
        for element in etree.fromstring(page.data).iterfind(".//*[@id]")
    }


def join_pages(pages: list[ManifestItem]) -> list[ManifestItem]:
    """Return the pages with the names of files in links to ids that other pages have."""
    home = homes(pages)
    joined = []
    for page in pages:
        own = page.path.rpartition("/")[2]
        root = etree.fromstring(page.data)
        links = [
            link
            for link in root.iter(_LINK)
            if (link.get("href") or "").startswith("#")
            and home.get(link.get("href", "")[1:], own) != own
        ]
        for link in links:
            link.set("href", f"{home[link.get('href', '')[1:]]}{link.get('href')}")
        joined.append(page if not links else replace(page, data=_text(root)))
    return joined


def _text(root: etree._Element) -> bytes:
    text = etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + text + b"\n"
