"""Line numbers of code, and the sign where a line turns, drawn once the pages are set.

They are outlines within artifacts (ISO 32000-1, 14.8.2.2), so that no reader, search or copy finds
them among the code: PDF readers copy the text of artifacts too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from hanpan.editions.pdf.images.formula import outline
from hanpan.editions.pdf.patches.page_box import page_box
from hanpan.transforms.code_line_marks import LINE, NUMBER
from hanpan.transforms.print.code_lines import GAP, TURNED

_TURN = "\u21a9"
_SIZE = 0.92  # em of the code, for numbers
_POINTS = 0.75  # in a CSS pixel
_BLOCKS = (LINE, TURNED)


@dataclass(slots=True)
class _Line:
    """A line of code on paper: the rows that it takes, each with its page's number."""

    number: str
    block: Any  # the box of its first row's page
    rows: list[tuple[int, Any, Any]] = field(default_factory=list)  # page, block, row


def draw_code_marks(pdf: Any, document: Any, root: Any, face: Path) -> None:
    """Draw numbers and turns into the pages of a pydyf.PDF, which WeasyPrint made from `document`.

    `root` is the tree of the document; `face` is the font of the code.
    """
    if not any(_is_line(span) for span in root.iter("span")):
        return
    drawn: dict[int, list[str]] = {}
    for line in _lines(document.pages):
        if line.number:
            page, block, row = line.rows[0]
            drawn.setdefault(page, []).append(_number(line.number, block, row, face))
        for page, block, row in line.rows[:-1]:
            drawn.setdefault(page, []).append(_turn(block, row, face))
    streams = {item.reference: item for item in pdf.objects if hasattr(item, "stream")}
    pages = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    for page, marks in drawn.items():
        text = "\n".join(("/Artifact BMC q", *marks, "Q EMC"))
        streams[pages[page]["Contents"]].stream.append(text.encode())


def _is_line(element: Any) -> bool:
    return not set(_BLOCKS).isdisjoint((element.get("class") or "").split())


def _lines(pages: Any) -> list[_Line]:
    """Return the lines that are blocks of their own, with their rows on all pages."""
    from weasyprint.formatting_structure.boxes import LineBox

    lines: dict[int, _Line] = {}
    for number, page in enumerate(pages):
        for block in _blocks(page_box(page)):
            line = lines.setdefault(id(block.element), _Line(block.element.get(NUMBER, ""), block))
            rows = [child for child in block.children if isinstance(child, LineBox)]
            line.rows += [(number, block, row) for row in rows]
    return [line for line in lines.values() if line.rows]


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the blocks below a box that are lines of code."""
    from weasyprint.formatting_structure.boxes import BlockBox, LineBox

    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            continue
        is_own = isinstance(child, BlockBox) and child.element_tag == "span"
        if is_own and _is_line(child.element):
            yield child
        else:
            yield from _blocks(child)


def _number(number: str, block: Any, row: Any, face: Path) -> str:
    """Return the operators that write a number at the right of the room that it has."""
    size = block.style["font_size"]
    hang = -_pixels(block.style["text_indent"])
    edge = block.content_box_x() - hang - (GAP - 0.5) * size
    return _draw(number, edge - 0.5 * _SIZE * size * len(number), block, row, _SIZE * size, face)


def _turn(block: Any, row: Any, face: Path) -> str:
    """Return the operators that draw the sign of a turn at the right of a row."""
    size = block.style["font_size"]
    return _draw(_TURN, block.content_box_x() + block.width + 0.2 * size, block, row, size, face)


def _pixels(length: Any) -> float:
    return float(getattr(length, "value", length))


def _draw(text: str, x: float, block: Any, row: Any, size: float, face: Path) -> str:
    """Return the operators that draw text from `x` on the baseline of a row (pixels)."""
    red, green, blue = block.style["border_left_color"].to("srgb").coordinates  # print.css
    y = (row.position_y + row.baseline) * _POINTS
    scale, step = size * _POINTS, 0.0
    parts = [f"{red:.3f} {green:.3f} {blue:.3f} rg"]
    for letter in text:
        width, outlines = _letter(letter, face)
        place = f"{scale:.4f} 0 0 {-scale:.4f} {x * _POINTS + step * scale:.2f} {y:.2f} cm"
        parts.append(f"q {place} {outlines} f Q")
        step += width
    return " ".join(parts)


class _Pen:
    """What HarfBuzz draws a glyph with: a path of SVG, in words (em, y upwards)."""

    def __init__(self, em: int) -> None:
        self.em = em
        self.words: list[str] = []

    def moveTo(self, *points: tuple[float, float]) -> None:
        self._add("M", points)

    def lineTo(self, *points: tuple[float, float]) -> None:
        self._add("L", points)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self._add("Q", points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._add("C", points)

    def closePath(self) -> None:
        self.words.append("Z")

    def _add(self, command: str, points: tuple[tuple[float, float], ...]) -> None:
        self.words += [command, *(f"{part / self.em:.4f}" for point in points for part in point)]


@lru_cache(maxsize=64)
def _letter(letter: str, path: Path) -> tuple[float, str]:
    """Return a letter's width (em), and its outlines as PDF's operators."""
    font, em = _font(path)
    glyph = font.get_nominal_glyph(ord(letter)) or 0
    pen = _Pen(em)
    font.draw_glyph_with_pen(glyph, pen)
    return font.get_glyph_h_advance(glyph) / em, outline(" ".join(pen.words)).decode()


@lru_cache(maxsize=4)
def _font(path: Path) -> tuple[Any, int]:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return hb.Font(face), face.upem
