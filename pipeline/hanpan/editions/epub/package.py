"""The package: the files of a book in one zip, by EbookLib, with what it leaves out added."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ebooklib import epub
from lxml import etree

from hanpan.editions.epub.access import Access, accessibility
from hanpan.editions.epub.metadata import MetadataEntry
from hanpan.editions.epub.parts import (
    COVER_PAGE,
    FOLDER,
    STYLE,
    ContentsLine,
    ManifestItem,
    PageBreak,
)
from hanpan.environment import environment
from hanpan.labels import Labels
from hanpan.media_types import CSS
from hanpan.source.front_matter.dates import moment_without_date

_OPF, _NAV, _NCX = (f"{FOLDER}/{name}" for name in ("content.opf", "nav.xhtml", "toc.ncx"))
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_DAISY = "http://www.daisy.org/z3986/2005/ncx/"
# Apple Books shows embedded fonts only where this file says so.
_APPLE = (
    "META-INF/com.apple.ibooks.display-options.xml",
    b'<?xml version="1.0" encoding="UTF-8"?>\n<display_options>\n  <platform name="*">\n'
    b'    <option name="specified-fonts">true</option>\n  </platform>\n</display_options>\n',
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that a book is made of; nothing of it knows posts."""

    identifier: str
    title: str
    lang: str
    modified: datetime | None  # with an offset; None where no date is known
    metadata: tuple[MetadataEntry, ...]  # beside all that is named here
    access: Access
    summary: str  # of how the text is structured, for readers who do not see it
    contents: tuple[ContentsLine, ...]  # the first one is where reading begins
    pages: tuple[ManifestItem, ...]  # in reading order, without cover and contents
    items: tuple[ManifestItem, ...]  # the other files; the cover's page is "cover-page"
    front: tuple[ManifestItem, ...] = ()  # pages between cover and contents
    breaks: tuple[PageBreak, ...] = ()  # where the pages of the PDF begin, in their order
    begin: str = ""  # where the text begins, if not with the first of `pages`

    @property
    def files(self) -> tuple[ManifestItem, ...]:
        """Return all files but those that say what there is."""
        return (*self.front, *self.pages, *self.items)

    @property
    def has_contents_page(self) -> bool:
        """Tell whether the contents are read as a page: one file is turned over quickly."""
        return len(self.pages) > 1


def pack(package: Package) -> bytes:
    """Return the book as an EPUB 3.3 file; the same package gives the same bytes."""
    out = io.BytesIO()
    options = {
        "mtime": (package.modified or moment_without_date()).astimezone(UTC),
        "epub3_pages": False,
        "landmark_title": Labels(package.lang).landmarks,
        "raise_exceptions": True,
    }
    # since Python 3.14, zip files have its date, and end in an error before 1980
    with environment("SOURCE_DATE_EPOCH", "315532800"):
        epub.EpubWriter(out, _book(package), options).write()
    with zipfile.ZipFile(out) as written:
        files = {name: written.read(name) for name in written.namelist()}
    files.update((f"{FOLDER}/{item.path}", item.data) for item in package.files)
    files[_OPF] = _with_language(files[_OPF], package.lang)
    files[_NAV] = _finish_nav(files[_NAV], package)
    files[_NCX] = _finish_ncx(files[_NCX], package)
    if any(item.media_type.startswith("font/") for item in package.items):
        files.update([_APPLE])
    return _zip(files)


def _book(package: Package) -> epub.EpubBook:
    """Return EbookLib's own model of the book."""
    labels = Labels(package.lang)
    book = epub.EpubBook()
    book.set_identifier(package.identifier)
    book.set_title(package.title)
    book.set_language(package.lang)
    access = accessibility(
        package.access, labels, package.items, package.breaks, package.title, package.summary
    )
    for name, text, attributes in (*package.metadata, *access):
        book.add_metadata("OPF" if name == "meta" else "DC", name, text or None, attributes)
    for item in package.files:
        # empty here, for EbookLib would pack it, and we again
        listed = epub.EpubItem(item.id, item.path, item.media_type, b"")
        listed.properties = list(item.properties)
        book.add_item(listed)
    nav = epub.EpubNav("nav", "nav.xhtml", title=labels.contents)
    nav.add_link(href=STYLE, rel="stylesheet", type=CSS)
    book.add_item(nav)
    book.add_item(epub.EpubNcx("ncx", "toc.ncx"))
    contents_page = ["nav"] if package.has_contents_page else []
    front = [page.id for page in package.front]
    book.spine = ["cover-page", *front, *contents_page, *(page.id for page in package.pages)]
    book.toc = _nest_lines(package.contents)
    book.guide = [
        {"type": "cover", "title": labels.cover, "href": COVER_PAGE},
        *({"type": "toc", "title": labels.contents, "href": "nav.xhtml"} for _ in contents_page),
        {"type": "text", "title": labels.begin, "href": package.begin or package.pages[0].path},
    ]
    return book


def _nest_lines(places: Sequence[ContentsLine]) -> list[object]:
    """Return places as EbookLib's contents: a link, or a link with the list below it."""
    nested: list[object] = []
    at = 0
    while at < len(places):
        place = places[at]
        end = at + 1
        while end < len(places) and places[end].level > place.level:
            end += 1
        link = epub.Link(place.href, place.text, "")
        inner = _nest_lines(places[at + 1 : end])
        nested.append((link, inner) if inner else link)
        at = end
    return nested


def _with_language(data: bytes, lang: str) -> bytes:
    """Give the package document its language, which EbookLib leaves out."""
    root = etree.fromstring(data)
    root.set(_XML_LANG, lang)
    return _as_xml(root)


def _finish_nav(data: bytes, package: Package) -> bytes:
    """Add the list of pages; hide it and the landmarks, for they are for reading systems."""
    root = etree.fromstring(data)
    if package.breaks:
        _add_pages(next(root.iter(f"{_XHTML}body")), package)
    for nav in root.iter(f"{_XHTML}nav"):
        nav.set("id", str(nav.get(_EPUB_TYPE)))
        if nav.get(_EPUB_TYPE) != "toc":
            nav.set("hidden", "")
    for title in root.iter(f"{_XHTML}h2"):
        title.tag = f"{_XHTML}h1"
    return b"".join((b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n', _text(root)))


def _finish_ncx(data: bytes, package: Package) -> bytes:
    """Give the NCX its language, depth, ids in order, and pages (OPF 2.0.1; for old readers)."""
    root = etree.fromstring(data)
    root.set(_XML_LANG, package.lang)
    points = list(root.iter(f"{{{_DAISY}}}navPoint"))
    depth = max(len(list(point.iterancestors(f"{{{_DAISY}}}navPoint"))) + 1 for point in points)
    for number, point in enumerate(points, 1):
        point.set("id", f"nav-{number}")
        point.set("playOrder", str(number))
    for meta in root.iter(f"{{{_DAISY}}}meta"):
        if meta.get("name") == "dtb:depth":
            meta.set("content", str(depth))
    if package.breaks:
        _add_ncx_pages(root, package.breaks, len(points))
    return _as_xml(root)


def _add_pages(body: etree._Element, package: Package) -> None:
    """Append the list of pages (EPUB 3.3, 7.4.3)."""
    nav = etree.SubElement(body, f"{_XHTML}nav", {_EPUB_TYPE: "page-list"})
    etree.SubElement(nav, f"{_XHTML}h2").text = Labels(package.lang).page_list
    listed = etree.SubElement(nav, f"{_XHTML}ol")
    for at in package.breaks:
        item = etree.SubElement(listed, f"{_XHTML}li")
        etree.SubElement(item, f"{_XHTML}a", {"href": at.href}).text = at.label


def _add_ncx_pages(ncx: etree._Element, breaks: Sequence[PageBreak], points: int) -> None:
    """Append the list of pages; they are counted on from the last of the `points`."""
    listed = etree.SubElement(ncx, f"{{{_DAISY}}}pageList")
    for number, at in enumerate(breaks, 1):
        is_number = at.label.isdecimal()
        about = {"id": f"page-{number}", "type": "normal" if is_number else "front"}
        about |= {"value": at.label} if is_number else {}
        about["playOrder"] = str(points + number)
        target = etree.SubElement(listed, f"{{{_DAISY}}}pageTarget", about)
        label = etree.SubElement(target, f"{{{_DAISY}}}navLabel")
        etree.SubElement(label, f"{{{_DAISY}}}text").text = at.label
        etree.SubElement(target, f"{{{_DAISY}}}content", {"src": at.href})


def _as_xml(root: etree._Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _text(root)


def _text(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", pretty_print=True)


def _zip(files: dict[str, bytes]) -> bytes:
    """Return the zip: `mimetype` first and stored (OCF 3.3, 4.3), then by name, without clocks."""
    out = io.BytesIO()
    names = sorted(files.keys() - {"mimetype"})
    with zipfile.ZipFile(out, "w") as packed:
        for name in ["mimetype", *names]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o644 << 16
            # pictures as well: a cover's even ground is half of its JPEG
            is_packed = name != "mimetype"
            entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
            packed.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()
