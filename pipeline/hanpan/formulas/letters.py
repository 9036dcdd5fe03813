"""Letters that MathJax's font lacks, Hangul above all, as outlines of hanpan's own face."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

_EM = 1000.0


@dataclass(frozen=True, slots=True)
class Letter:
    """An outline and where it stands, in thousandths of an em, y upwards."""

    path: str
    x: float


def width_of(text: str, face: str) -> float:
    """Return how wide a text is, in em."""
    font = _font(face)
    advance: float = sum(place.x_advance for place in _shaped(text, font).glyph_positions)
    em: int = font.face.upem
    return advance / em


@lru_cache(maxsize=1024)
def letters(text: str, face: str, *, is_bold: bool = False) -> tuple[Letter, ...]:
    """Return the outlines of a text in the face, shaped: conjoining jamo become syllables."""
    font = _font(face)
    scale = _EM / font.face.upem
    shaped = _shaped(text, font)
    outlines, pen = [], 0.0
    for info, place in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
        path = _outline(face, info.codepoint)
        if path:
            outlines.append(Letter(path, pen + place.x_offset * scale))
        pen += place.x_advance * scale
    return tuple(outlines)


@lru_cache(maxsize=4)
def _font(face: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(face)))


def _shaped(text: str, font: hb.Font) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return buffer


@lru_cache(maxsize=1024)
def _outline(face: str, glyph: int) -> str:
    """Return a glyph as a path in thousandths of an em."""
    font = _font(face)
    scale = _EM / font.face.upem
    parts: list[str] = []

    def write(command: str, *numbers: float) -> None:
        parts.append(" ".join([command, *(f"{number * scale:.0f}" for number in numbers)]))

    draw = hb.DrawFuncs()
    draw.set_move_to_func(lambda x, y, _: write("M", x, y))
    draw.set_line_to_func(lambda x, y, _: write("L", x, y))
    draw.set_quadratic_to_func(lambda a, b, x, y, _: write("Q", a, b, x, y))
    draw.set_cubic_to_func(lambda a, b, c, d, x, y, _: write("C", a, b, c, d, x, y))
    draw.set_close_path_func(lambda _: write("Z"))
    font.draw_glyph(glyph, draw)
    return " ".join(parts)
