"""Print shops: what each asks of a book's pages and cover; docs/books.md has the table with dates.

A shop's own template decides. What is here is what it says in public, or what its customers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hanpan.editions.pdf import PrintedPage
from hanpan.problems import BuildError, Problem
from hanpan.site import Pdf

_INCH = 25.4  # mm
_SHEET = 0.0006  # mm of a page's thickness for each g/m² of its paper, as Kyobo reckons
_TOLERANCE = 0.6  # mm between trims that shops call the same


@dataclass(frozen=True, slots=True)
class Shop:
    """A print shop. Lengths in mm."""

    label: str
    trims: tuple[tuple[float, float], ...]  # widths and heights; () where any is printed
    papers: dict[str, float]  # mm a page adds to the spine; the first is its usual one
    pages: tuple[int, int] = (1, 10_000)  # the fewest and the most
    inside: tuple[tuple[int, float], ...] = ()  # up to so many pages, the least inner margin
    bleed: float = 3.0  # of the cover
    spine_text: float = 6.0  # the narrowest spine that has words

    def inside_for(self, pages: int) -> float:
        """Return the least inner margin of a book of so many pages."""
        return next((margin for most, margin in self.inside if pages <= most), 0.0)

    def takes(self, width: float, height: float) -> bool:
        """Tell whether the shop prints this trim."""
        return not self.trims or any(
            abs(width - wide) <= _TOLERANCE and abs(height - high) <= _TOLERANCE
            for wide, high in self.trims
        )


def _by_weight(*grams: int) -> dict[str, float]:
    return {f"{weight}g": weight * _SHEET for weight in grams}


_46, _A5, _NOVEL, _B5, _A4 = (127, 188), (148, 210), (152, 225), (182, 257), (210, 297)
SHOPS = {
    "press": Shop("press", (), _by_weight(80, 70, 100, 120, 150)),
    "kyobo": Shop("교보문고 퍼플", (_A5, _NOVEL), _by_weight(80, 70, 100, 120, 150)),
    "bookk": Shop("부크크", (_46, _A5, _B5, _A4), _by_weight(100, 80, 120, 150)),
    "kdp": Shop(
        "Kindle Direct Publishing",
        (),
        {
            "white": 0.002252 * _INCH,
            "cream": 0.0025 * _INCH,
            "colour": 0.002347 * _INCH,
        },
        pages=(24, 828),
        inside=tuple(
            (most, inches * _INCH)
            for most, inches in ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
        ),
        bleed=0.125 * _INCH,
        spine_text=79 * 0.002252 * _INCH,
    ),
}


def paper_of(shop: Shop, settings: Pdf) -> float:
    """Return what a page adds to the spine, in mm. Raises BuildError for an unknown paper."""
    paper = shop.papers.get(settings.paper or next(iter(shop.papers)))
    if paper is None:
        message = f"`{settings.paper}`, the paper of [book.pdf], is none of {shop.label}"
        remedy = f"Use one of: {', '.join(shop.papers)}."
        raise BuildError(Problem("book-shop", "error", message, "site.toml", None, remedy))
    return paper


def preflight(shop: Shop, page: PrintedPage, pages: int) -> Iterator[Problem]:
    """Yield what the shop would not take of a book."""
    if not shop.takes(page.width, page.height):
        trims = ", ".join(f"{wide:g}mm {high:g}mm" for wide, high in shop.trims)
        message = f"{shop.label} does not print books of {page.width:g} × {page.height:g} mm"
        remedy = f"Set `page` of [book.pdf] to one of {trims}."
        yield Problem("book-shop", "warning", message, "site.toml", None, remedy)
    fewest, most = shop.pages
    if not fewest <= pages <= most:
        message = f"{shop.label} binds books of {fewest} to {most} pages, and this has {pages}"
        remedy = "Choose more posts or fewer, or another size of page."
        yield Problem("book-shop", "warning", message, "site.toml", None, remedy)
