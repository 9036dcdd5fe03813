"""Pages of an EPUB: templates filled in, as well-formed XHTML files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup

from hanpan.document import Document, Meta
from hanpan.editions.dates import day
from hanpan.editions.epub.chapter import EpubChapter
from hanpan.editions.epub.notes import OPS
from hanpan.editions.epub.page_breaks import page_mark
from hanpan.editions.epub.parts import (
    COVER_PAGE,
    START,
    TEXT,
    ContentsLine,
    ManifestItem,
    PageBreak,
    page_id,
)
from hanpan.editions.reading_time import minutes_to_read
from hanpan.editions.templates import fill
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import XHTML
from hanpan.transforms.epub.break_places import mark_break_places
from hanpan.transforms.epub.namespaces import XLINK

_XML = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_NAMESPACES = {"epub": OPS, "xlink": XLINK}  # beside XHTML, which the templates declare


def chapter_pages(
    document: Document, files: Files, chapter: EpubChapter, *, author: str, teaser: str
) -> Iterator[ManifestItem]:
    """Yield the files of a chapter: the title above the first, tags and source below the last.

    `teaser` is its picture's place in the package, or "".
    """
    meta, labels = document.meta, Labels(document.meta.lang)
    for page in chapter.pages:
        is_first = page is chapter.pages[0]
        parts = [meta.title] if is_first else [*(h.text for h in page.headings[:1]), meta.title]
        filled = fill(
            files,
            "epub/post.xhtml",
            meta=meta,
            words=labels,
            title=" · ".join(parts),
            is_first=is_first,
            is_last=page is chapter.pages[-1],
            start=START,
            page_marks=page_marks(chapter.opens if is_first else ()),
            author=author,
            teaser=teaser,
            body=Markup(page.body),
            published=day(meta.published_at, meta.lang),
            updated=day(meta.updated_at, meta.lang),
            minutes=minutes_to_read(document),
            source=meta.canonical_url,
            source_text=unquote(meta.canonical_url),
        )
        name = page.name.removesuffix(".xhtml")
        yield ManifestItem(name, f"{TEXT}/{page.name}", XHTML, xhtml(filled), page.properties)


def chapter_contents(
    document: Document, chapter: EpubChapter, level: int
) -> Iterator[ContentsLine]:
    """Yield the chapter's lines of the contents: its title at `level`, its headings from 2 on."""
    first = f"{TEXT}/{chapter.pages[0].name}"
    yield ContentsLine(level, document.meta.title, f"{first}#{START}")
    for page in chapter.pages:
        for heading in page.headings:
            yield ContentsLine(heading.level, heading.text, f"{TEXT}/{page.name}#{heading.id}")


def page_marks(labels: Iterable[str]) -> Markup:
    """Return the marks of the PDF's pages that begin where a text does, for above its title."""
    marks = (etree.tostring(page_mark(label), encoding="unicode") for label in labels)
    return Markup("".join(marks))


def opening_breaks(labels: Iterable[str], path: str) -> Iterator[PageBreak]:
    """Yield where `page_marks` have put marks; `path` is the file."""
    yield from (PageBreak(label, f"{path}#{page_id(label)}") for label in labels)


def cover_page(meta: Meta, files: Files) -> ManifestItem:
    """Return the page that reading systems show which ignore the cover-image item."""
    filled = fill(files, "epub/cover.xhtml", meta=meta, words=Labels(meta.lang))
    return ManifestItem("cover-page", COVER_PAGE, XHTML, xhtml(filled))


def xhtml(page: str) -> bytes:
    """Return a filled template as a file: namespaces declared once, at the top.

    Long words get their places here, also those of titles and addresses.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(page.strip(), parser)
    mark_break_places(root)
    etree.cleanup_namespaces(root, top_nsmap=_NAMESPACES)
    text = etree.tostring(root, encoding="unicode")
    return (_XML + text + "\n").encode()
