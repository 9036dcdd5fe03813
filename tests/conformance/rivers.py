"""Rivers: how wide the blanks of justified lines are, read off the glyphs of PDFs.

`python -m tests.conformance.rivers FOLDER` measures the PDFs below a folder (an out/, or those of
another tool); with posts in it instead, it builds them first, on the pages that `--page` names. A
line is justified where its right edge is that of the line before or behind it; lines of code are
left out. The mean gap of a line is in em of its type: a blank of Pretendard has 0.23 em.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from tests.support.others_posts import build, posts_of
from tests.support.pdf.glyphs import Glyph, glyphs

WIDE = 0.6  # em: a mean gap above it is a hole
_CODE = re.compile("Coding|Mono|Courier|Consol", re.IGNORECASE)
_EDGE = 0.6  # points that right edges may differ by
_GAP = 0.12  # em between two glyphs that are of two words, where no blank is drawn
_UNLIKE = 1.6  # of the median gap of a line
_LEAST = 3  # gaps of a line that is measured


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line on a page: where it ends, and its mean gap in em. Lengths in points."""

    page: int
    left: float
    right: float
    baseline: float
    size: float
    gaps: tuple[float, ...]  # em

    @property
    def mean_gap(self) -> float:
        """Return the mean gap in em."""
        return statistics.fmean(self.gaps)


@dataclass(frozen=True, slots=True)
class Rivers:
    """The figures of some PDFs; gaps in em."""

    lines: int
    gaps: tuple[float, ...]  # the mean gap of each justified line, in order of width

    @property
    def wide(self) -> int:
        """Return how many justified lines have a mean gap above WIDE."""
        return sum(gap > WIDE for gap in self.gaps)

    @property
    def share(self) -> float:
        """Return which share of the justified lines that is."""
        return self.wide / max(1, len(self.gaps))

    def at(self, share: float) -> float:
        """Return the gap that a share of the lines does not exceed."""
        return self.gaps[min(len(self.gaps) - 1, int(share * len(self.gaps)))] if self.gaps else 0.0

    def __str__(self) -> str:
        return (
            f"{self.lines} lines, {len(self.gaps)} justified; {self.wide} ({self.share:.2%}) with "
            f"a mean gap above {WIDE} em; median {self.at(0.5):.3f}, nine tenths below "
            f"{self.at(0.9):.3f}, widest {self.at(1):.3f}"
        )


def set_lines(path: Path) -> Iterator[SetLine]:
    """Yield the lines of a PDF that have words enough, in the order of its content."""
    with pikepdf.open(path) as pdf:
        fonts: dict[Any, Any] = {}
        for number, page in enumerate(pdf.pages):
            line: list[Glyph] = []
            for glyph in glyphs(page, fonts):
                if line and not _goes_on(line, glyph):
                    yield from _line(number, line)
                    line = []
                line.append(glyph)
            yield from _line(number, line)


def _goes_on(line: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph stands on the line of those before it."""
    last = line[-1]
    height = max(last.size, line[0].size)
    return (
        abs(glyph.baseline - line[0].baseline) < 0.6 * height
        and -0.6 * height < glyph.left - last.right < 4 * height
    )


def _line(page: int, line: Sequence[Glyph]) -> Iterator[SetLine]:
    shown = [glyph for glyph in line if glyph.text.strip()]
    if len(shown) < 2 or sum(bool(_CODE.search(glyph.font)) for glyph in shown) * 2 > len(shown):
        return
    size = statistics.median(glyph.size for glyph in shown)
    gaps = []
    last, is_apart = shown[0], False
    for glyph in line[line.index(shown[0]) + 1 :]:
        if not glyph.text.strip():
            is_apart = is_apart or glyph.text.isspace()
            continue
        gap = (glyph.left - last.right) / size
        if is_apart or gap > _GAP:
            gaps.append(gap)
        last, is_apart = glyph, False
    # the gaps of a justified line are alike: in a wider one stands a formula or a picture
    usual = statistics.median(gaps) * _UNLIKE if gaps else 0.0
    gaps = [gap for gap in gaps if gap <= usual]
    if len(gaps) >= _LEAST:
        yield SetLine(page, shown[0].left, shown[-1].right, line[0].baseline, size, tuple(gaps))


def measure(path: Path) -> Rivers:
    """Return the figures of a PDF."""
    lines = list(set_lines(path))
    gaps = []
    for at, line in enumerate(lines):
        beside = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
        if any(abs(other.right - line.right) < _EDGE for other in beside):
            gaps.append(line.mean_gap)
    return Rivers(len(lines), tuple(sorted(gaps)))


def measure_all(paths: Iterable[Path], jobs: int = 1) -> Rivers:
    """Return the figures of many PDFs together."""
    found = sorted(paths)
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            measured = list(pool.map(measure, found, chunksize=4))
    else:
        measured = [measure(path) for path in found]
    gaps = sorted(gap for one in measured for gap in one.gaps)
    return Rivers(sum(one.lines for one in measured), tuple(gaps))


def on_page(folder: Path, page: str, place: Path) -> list[Path]:
    """Copy a folder of posts to `place`, with `page` in their front matter; return the posts."""
    import shutil

    shutil.copytree(folder, place)
    chosen = []
    for path in posts_of(place):
        text = path.read_text("utf-8", errors="replace")
        if text.startswith("---\n"):
            path.chmod(0o644)
            path.write_text(f"---\npdf:\n  page: {page}\n{text[4:]}", "utf-8")
            chosen.append(path)
    return chosen


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="posts, or PDFs such as the out/ of a build")
    parser.add_argument("--page", action="append", help="a page to build posts on; may be repeated")
    parser.add_argument("--every", type=int, default=1, help="take one post of so many")
    said = parser.parse_args()
    made = list(said.folder.rglob("*.pdf"))
    if made:
        print(measure_all(made, jobs=2))
        return
    for page in said.page or ("A4", "신국판", "46판"):
        with tempfile.TemporaryDirectory() as folder:
            posts = on_page(said.folder, page, Path(folder) / "posts")[:: said.every]
            out = build(posts, Path(folder), "--edition", "pdf")
            print(f"{page}: {measure_all(out.rglob('*.pdf'), jobs=2)}", flush=True)


if __name__ == "__main__":
    main()
