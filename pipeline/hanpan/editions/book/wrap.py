"""The cover of a printed book: back, spine and front on one sheet, as print shops take it.

The spine is as wide as the book's pages are thick (issue 18, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from hanpan.assets.colours import as_hex
from hanpan.assets.covers.grounds import ground_of
from hanpan.books.book import Book
from hanpan.editions.book.cover import book_cover
from hanpan.editions.book.shops import Shop
from hanpan.editions.pdf import SCHEME, Picture, PrintedPage, print_sheet, title_block
from hanpan.editions.templates import fill
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import JPEG
from hanpan.site import Identity

_FRONT = "front"
_MARGIN = 14.0  # mm of text from the edges of the back
_SPINE_TYPE = 0.55  # of the spine's width, for the size of its words
_LATIN = 0.6  # of a syllable's width
_AUTHOR = 0.8  # of the title's size: book-cover.css has it, too
_LARGEST = 6.5  # mm


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet of a cover: lengths in mm; width and height are those of a page of the book."""

    width: float
    height: float
    spine: float
    bleed: float
    words: float  # em that the words of the spine take

    @property
    def type_size(self) -> float:
        """Return the size of the words on the spine: as large as it is wide and long enough for."""
        length = self.height - 2 * _MARGIN
        return min(self.spine * _SPINE_TYPE, _LARGEST, length / max(self.words, 1.0))

    def css(self) -> str:
        """Return the rules that depend on the sheet: places are counted from where it is cut."""
        left = self.width + self.spine  # of the front
        type_size = self.type_size
        return (
            f"@page {{ size: {left + self.width:.3f}mm {self.height:.3f}mm; margin: 0; "
            f"bleed: {self.bleed:.3f}mm }}\n"
            f"body {{ height: {self.height:.3f}mm }}\n"
            f".front-cover {{ left: {left:.3f}mm; top: -{self.bleed:.3f}mm; "
            f"width: {self.width + self.bleed:.3f}mm }}\n"
            f".spine {{ left: {self.width + (self.spine + type_size) / 2:.3f}mm; "
            f"top: {_MARGIN:g}mm }}\n"
            f".spine p {{ width: {self.height - 2 * _MARGIN:.3f}mm; "
            f"font-size: {type_size:.3f}mm }}\n"
            f".back-cover {{ left: {_MARGIN:g}mm; width: {self.width - 2 * _MARGIN:.3f}mm; "
            f"height: {self.height:.3f}mm }}\n"
        )


def wrap_of(book: Book, files: Files, shop: Shop, page: PrintedPage, spine: float) -> bytes:
    """Return the cover as PDF, with the trim and the bleed as its boxes; `spine` is in mm."""
    words = _width(book.title) + _AUTHOR * _width(book.author) + 2
    sheet = _Sheet(page.width, page.height, spine, shop.bleed, words)
    ratio = (sheet.width + sheet.bleed) / (sheet.height + 2 * sheet.bleed)
    front = Picture(book_cover(book, files, ratio), JPEG)
    filled = fill(
        files,
        "pdf/cover.html",
        book=book,
        said=book.plan.settings,
        words=Labels(book.lang),
        front=f"{SCHEME}{_FRONT}",
        is_drawn=not book.plan.settings.cover,
        has_spine_text=sheet.spine >= shop.spine_text,
        address=title_block.shown_address(files.settings(Identity).url),
        created=title_block.w3c_time(book.published),
        modified=title_block.w3c_time(book.modified),
    )
    pictured = book.plan.settings.cover
    ground = "#fff" if pictured else as_hex(ground_of(book.meta, files))
    css = f"{sheet.css()}@page {{ background: {ground} }}\n"
    return print_sheet(filled, "book-cover", css, {f"{SCHEME}{_FRONT}": front}, files)


def _width(text: str) -> float:
    """Return about how wide a text is, in em."""
    return sum(1.0 if east_asian_width(letter) in "WF" else _LATIN for letter in text)
