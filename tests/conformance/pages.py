"""Page economy: how full the pages of PDFs are, read off where their glyphs and pictures stand.

`python -m tests.conformance.pages FOLDER` measures the PDFs below a folder (the out/ of a build);
with posts in it instead, it builds them first, on the pages that `--page` names. Two figures count
(issue 18): last pages that are less than 15 % full, and other pages with more than 30 % of their
height empty at the foot, above the notes if there are any. A part ends where an `<h1>` stands on
the next page, or where that begins low: so do the chapters of a book. The margins are those of
hanpan's page of that size.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf

from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.site import Pdf
from tests.conformance.rivers import on_page
from tests.support.others_posts import build
from tests.support.pdf.placed import Span, spans

LOW = 0.25  # of it, empty at the head of a page: so begin title pages and the colophon of a book
SHORT = 0.15  # of the height of the text: a last page that is less full is run back
HOLE = 0.30  # of it, empty at the foot of a page that is not the last
_MILLIMETRE = 72 / 25.4
_NOTE = 0.9  # of the size of the text, below which type at the foot is a note's


@dataclass(frozen=True, slots=True)
class PageFill:
    """How full a page is: shares of the height of its text."""

    file: Path
    number: int  # from 1
    is_last: bool  # of its part
    end: float  # where what stands on it ends, counted from the head
    hole: float  # what is empty above the foot, or above the notes there

    @property
    def is_short(self) -> bool:
        """Tell whether it is a last page that should have been run back."""
        return self.is_last and self.number > 1 and self.end < SHORT

    @property
    def has_hole(self) -> bool:
        """Tell whether it ends too high for a page that is not the last."""
        return not self.is_last and self.hole > HOLE


def page_fills(path: Path, settings: Pdf | None = None) -> Iterator[PageFill]:
    """Yield how full the pages of a PDF are; empty ones are left out.

    `settings` are those that its margins follow from, but for the page, which the file tells.
    """
    with pikepdf.open(path) as pdf:
        openings = set(_openings(pdf))
        pages = [(_box(page), list(spans(page))) for page in pdf.pages]
        frame = _frame(pages[0][0], settings or Pdf())
        size = statistics.median(
            [span.size for _, page in pages for span in page if span.size] or [1]
        )
        filled = [(n, *_fill(box, frame, page, size)) for n, (box, page) in enumerate(pages)]
        for number, _, end, hole in filled:
            if end <= 0:
                continue
            is_last = number + 1 in openings or number + 1 == len(filled)
            is_last = is_last or filled[number + 1][2] <= 0 or filled[number + 1][1] > LOW
            if _is_turned(pages[number][0]) != _is_turned(pages[0][0]):
                is_last, end = True, 1.0  # nothing but its table belongs there
            yield PageFill(path, number + 1, is_last, end, hole)


def _openings(pdf: pikepdf.Pdf) -> Iterator[int]:
    """Yield the pages, counted from 0, on which there is an `<h1>`."""
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H1":
            page = element.get("/Pg")
            if page is not None and page.objgen in numbers:
                yield numbers[page.objgen]


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    left, low, right, high = (float(item) for item in page.trimbox)
    return left, low, right, high


def _is_turned(box: tuple[float, float, float, float]) -> bool:
    left, low, right, high = box
    return right - left > high - low


def _frame(box: tuple[float, float, float, float], settings: Pdf) -> PrintedPage:
    left, low, right, high = box
    width, height = (right - left) / _MILLIMETRE, (high - low) / _MILLIMETRE
    return printed_page(replace(settings, page=f"{width:.2f}mm {height:.2f}mm"))


def _fill(
    box: tuple[float, float, float, float], frame: PrintedPage, page: Iterable[Span], size: float
) -> tuple[float, float, float]:
    """Return where a page begins and ends, and what is empty at its foot: shares of its height."""
    head = box[3] - frame.top * _MILLIMETRE
    foot = box[1] + frame.foot * _MILLIMETRE
    slack = 0.5 * size  # a line's ink may leave its box
    inside = [one for one in page if one.low < head + slack and one.high > foot - slack]
    inside = sorted(inside, key=lambda one: -one.high)
    if not inside:
        return 0.0, 0.0, 1.0
    height = head - foot
    hole = (min(one.low for one in inside) - foot) / height
    reached = head
    for at, one in enumerate(inside):
        is_note = one.size and all(0 < below.size < _NOTE * size for below in inside[at:])
        if is_note:
            hole = max(hole, (reached - one.high) / height)
            break
        reached = min(reached, one.low)
    end = (head - min(one.low for one in inside)) / height
    begin = (head - max(one.high for one in inside)) / height
    return begin, min(1.0, end), max(0.0, hole)


@dataclass(frozen=True, slots=True)
class Economy:
    """The figures of some PDFs."""

    pages: tuple[PageFill, ...]

    @property
    def last(self) -> int:
        """Return how many last pages there are, of parts with more than one."""
        return sum(page.is_last and page.number > 1 for page in self.pages)

    @property
    def short(self) -> tuple[PageFill, ...]:
        """Return the last pages that are hardly begun, the emptiest first."""
        return tuple(sorted((p for p in self.pages if p.is_short), key=lambda page: page.end))

    @property
    def holes(self) -> tuple[PageFill, ...]:
        """Return the pages that end too high, the emptiest first."""
        return tuple(sorted((p for p in self.pages if p.has_hole), key=lambda page: -page.hole))

    def __str__(self) -> str:
        others = sum(not page.is_last for page in self.pages)
        return (
            f"{len({page.file for page in self.pages})} PDFs, {len(self.pages)} pages; "
            f"{len(self.short)} of {self.last} last pages are below {SHORT:.0%}; "
            f"{len(self.holes)} of {others} others ({len(self.holes) / max(1, others):.1%}) "
            f"end above {1 - HOLE:.0%}"
        )

    def worst(self, count: int) -> Iterator[str]:
        """Yield a line on each of the worst pages."""
        for page in self.short[:count]:
            yield f"  short {page.end:4.0%}  {page.file.name} page {page.number}"
        for page in self.holes[:count]:
            yield f"  hole  {page.hole:4.0%}  {page.file.name} page {page.number}"


def _measure(path: Path, settings: Pdf) -> list[PageFill]:
    return list(page_fills(path, settings))


def measure_all(paths: Iterable[Path], settings: Pdf | None = None, jobs: int = 1) -> Economy:
    """Return the figures of many PDFs together."""
    measure: Any = partial(_measure, settings=settings or Pdf())
    files = sorted(paths)
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            measured = list(pool.map(measure, files, chunksize=4))
    else:
        measured = [measure(path) for path in files]
    return Economy(tuple(page for one in measured for page in one))


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or PDFs such as the out/ of a build")
    parser.add_argument("--page", action="append", help="a page to build posts on; may be repeated")
    parser.add_argument("--every", type=int, default=1, help="take one post of so many")
    parser.add_argument("--worst", type=int, default=20, help="pages to list of each kind")
    arguments = parser.parse_args()
    built = list(arguments.folder.rglob("*.pdf"))
    if built:
        economy = measure_all(built, jobs=2)
        print("\n".join((str(economy), *economy.worst(arguments.worst))))
        return
    for page in arguments.page or ("A4", "신국판", "46판"):
        with tempfile.TemporaryDirectory() as folder:
            posts = on_page(arguments.folder, page, Path(folder) / "posts")[:: arguments.every]
            out = build(posts, Path(folder), "--edition", "pdf")
            economy = measure_all(out.rglob("*.pdf"), jobs=2)
            print("\n".join((f"{page}: {economy}", *economy.worst(arguments.worst))), flush=True)


if __name__ == "__main__":
    main()
