"""The EPUB edition of a post, and what books are made of: what other rooms import of it."""

from hanpan.editions.epub.binder import Binder
from hanpan.editions.epub.chapter import EpubChapter, EpubPage
from hanpan.editions.epub.metadata import MetadataEntry, entries
from hanpan.editions.epub.package import Package, pack
from hanpan.editions.epub.pages import opening_breaks, page_marks, xhtml
from hanpan.editions.epub.parts import COVER_PAGE, TEXT, ContentsLine, ManifestItem, PageBreak
from hanpan.editions.epub.render import COVER_SIZE, render, report_size

__all__ = [
    "COVER_PAGE",
    "COVER_SIZE",
    "TEXT",
    "Binder",
    "ContentsLine",
    "EpubChapter",
    "EpubPage",
    "ManifestItem",
    "MetadataEntry",
    "Package",
    "PageBreak",
    "entries",
    "opening_breaks",
    "pack",
    "page_marks",
    "render",
    "report_size",
    "xhtml",
]
