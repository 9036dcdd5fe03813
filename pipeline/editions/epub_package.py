"""The package: the files of a book in one zip, by EbookLib, and mended for what it leaves out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC

from ebooklib import epub
from lxml import etree

from pipeline.document import Document, Heading
from pipeline.editions.epub_metadata import Words, accessibility, entries, identifier
from pipeline.editions.epub_parts import COVER_PAGE, FOLDER, POST_PAGE, START, STYLE, Item

_OPF, _NAV = f"{FOLDER}/content.opf", f"{FOLDER}/nav.xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = "{http://www.w3.org/1999/xhtml}"
# Apple Books shows embedded fonts only where this file says so (facts on Korean, section 5).
_APPLE = (
    "META-INF/com.apple.ibooks.display-options.xml",
    b'<?xml version="1.0" encoding="UTF-8"?>\n<display_options>\n  <platform name="*">\n'
    b'    <option name="specified-fonts">true</option>\n  </platform>\n</display_options>\n',
)
_STORED = (".jpg", ".png")  # packed already
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that a book is made of."""

    document: Document
    publisher: str
    author: str
    words: Words
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
    described: bool  # each picture of the text has a text that stands for it


def pack(package: Package) -> bytes:
    """Return the book as an EPUB 3.3 file; the same package gives the same bytes."""
    document = package.document
    out = io.BytesIO()
    modified = document.meta.modified_at.astimezone(UTC)
    options = {
        "mtime": modified,
        "epub3_pages": False,
        "landmark_title": package.words.contents,
        "raise_exceptions": True,
    }
    epub.EpubWriter(out, _book(package), options).write()
    with zipfile.ZipFile(out) as written:
        files = {name: written.read(name) for name in written.namelist()}
    files[_OPF] = _mended_package(files[_OPF], document.meta.lang)
    files[_NAV] = _mended_nav(files[_NAV])
    files.update([_APPLE])
    return _zipped(files)


def _book(package: Package) -> epub.EpubBook:
    """Return EbookLib's own model of the book."""
    meta, words = package.document.meta, package.words
    book = epub.EpubBook()
    book.set_identifier(identifier(package.document))
    book.set_title(meta.title)
    book.set_language(meta.lang)
    _describe(book, package)
    for item in package.items:
        made = epub.EpubItem(item.id, item.path, item.media_type, item.data)
        made.properties = list(item.properties)
        book.add_item(made)
    nav = epub.EpubNav("nav", "nav.xhtml", title=words.contents)
    nav.add_link(href=STYLE, rel="stylesheet", type="text/css")
    book.add_item(nav)
    book.add_item(epub.EpubNcx("ncx", "toc.ncx"))
    book.spine = ["cover-page", "post"]
    start = epub.Link(f"{POST_PAGE}#{START}", meta.title, "nav-0")
    book.toc = [start, *_nested(list(package.headings))]
    book.guide = [
        {"type": "cover", "title": words.cover, "href": COVER_PAGE},
        {"type": "text", "title": words.begin, "href": POST_PAGE},
    ]
    return book


def _describe(book: epub.EpubBook, package: Package) -> None:
    """Add the metadata beside identifier, title and language."""
    properties = {name for item in package.items for name in item.properties}
    pictured = any(item.id.startswith("image-") for item in package.items) or "svg" in properties
    described = accessibility(
        package.words,
        pictured=pictured,
        described=package.described,
        maths="mathml" in properties,
        headed=bool(package.headings),
    )
    for name, text, attributes in (
        *entries(package.document, package.author, package.publisher),
        *described,
    ):
        book.add_metadata("OPF" if name == "meta" else "DC", name, text or None, attributes)


def _nested(headings: list[Heading]) -> list[object]:
    """Return headings as EbookLib's contents: a link, or a link with the list below it."""
    found: list[object] = []
    at = 0
    while at < len(headings):
        heading = headings[at]
        end = at + 1
        while end < len(headings) and headings[end].level > heading.level:
            end += 1
        link = epub.Link(f"{POST_PAGE}#{heading.id}", heading.text, f"nav-{heading.id}")
        inner = _nested(headings[at + 1 : end])
        found.append((link, inner) if inner else link)
        at = end
    return found


def _mended_package(data: bytes, lang: str) -> bytes:
    """Give the package document its language, which EbookLib leaves out."""
    root = etree.fromstring(data)
    root.set(_XML_LANG, lang)
    return _serialised(root)


def _mended_nav(data: bytes) -> bytes:
    """Hide the landmarks, which are for reading systems and not for readers."""
    root = etree.fromstring(data)
    for nav in root.iter(f"{_XHTML}nav"):
        nav.set("id", str(nav.get(_EPUB_TYPE)))
        if nav.get(_EPUB_TYPE) == "landmarks":
            nav.set("hidden", "")
    for title in root.iter(f"{_XHTML}h2"):
        title.tag = f"{_XHTML}h1"
    return b"".join((b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n', _text(root)))


def _serialised(root: etree._Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _text(root)


def _text(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", pretty_print=True)


def _zipped(files: dict[str, bytes]) -> bytes:
    """Return the zip: `mimetype` first and stored (OCF 3.3, 4.3), then by name, without clocks."""
    out = io.BytesIO()
    names = sorted(files.keys() - {"mimetype"})
    with zipfile.ZipFile(out, "w") as packed:
        for name in ["mimetype", *names]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o644 << 16
            stored = name == "mimetype" or name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()
