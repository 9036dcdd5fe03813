"""MathML -> SVG of outlines: `path`s in `defs`, the `use`s that place them, bars and lines.

MathJax says what is drawn where (mathjax.js, `draw`); texts that its font lacks come from hanpan's
own face. Every outline is in the drawing's own pixels: no style, no font, no script.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from hanpan.formulas.colours import hex_colour
from hanpan.formulas.engine import NotAFormula, engine
from hanpan.formulas.letters import letters, width_of
from hanpan.formulas.outlines import (
    Matrix,
    corners,
    ellipse,
    inverse,
    moved_path,
    plain_path,
    point,
    rounded,
    short,
    steps,
    times,
)
from hanpan.formulas.signs import count_signs

SIZE = 16.0  # pixels of an em in the SVG; the page scales it to its own em
_EM = 1000.0  # units of an em in MathJax's font
INK = "#000000"  # the text's colour, where a line must name one
_MARGIN = 0.03 * SIZE  # pixels: what hangs over the box, such as the foot of an f


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as it is drawn."""

    svg: bytes
    width: float  # in em
    depth: float  # in em: how far the lower edge is from the line, below it negative
    height: float  # in em, of the whole


def draw(mathml: str, face: str, *, is_block: bool) -> Drawing:
    """Return a formula as it is drawn, what MathJax lacks in the TrueType font at `face`.

    Raises NotAFormula.
    """
    answer = engine().call("draw", mathml, is_block)
    if answer.startswith("?"):
        texts = json.loads(answer[1:])
        widths = {text: width_of(text[1:], face) for text in texts}
        engine().call("learn", json.dumps(widths))
        answer = engine().call("draw", mathml, is_block)
    if answer.startswith("?"):
        raise NotAFormula("MathJax cannot measure its letters")
    contents = json.loads(answer)
    try:
        return _Page(face).finish(contents["box"], contents["parts"], count_signs(mathml))
    except (KeyError, ValueError, TypeError) as error:
        raise NotAFormula(f"it has a part that is not known here ({error})") from None


class _Page:
    """The drawing as it is written."""

    def __init__(self, face: str) -> None:
        self._face = face
        self._outlines: dict[str, str] = {}  # path -> id
        self._parts: list[str] = []
        self._edges: list[tuple[float, float]] = []

    def finish(self, box: list[float], parts: list[dict[str, Any]], signs: int) -> Drawing:
        """Return the drawing of what is in a box of the font's units, at least so many signs."""
        for part in parts:
            self._add(part)
        scale = SIZE / _EM
        left, top, width, height = (number * scale for number in box)
        if len(self._parts) < signs:
            raise NotAFormula(f"its drawing has {len(self._parts)} of its {signs} signs")
        left, top, right, low = _around((left, top, left + width, top + height), self._edges)
        view = left, top, right - left, low - top
        written = " ".join(short(number) for number in view)
        glyphs = "".join(f'<path id="{name}" d="{path}"/>' for path, name in self._outlines.items())
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(view[2])}" '
            f'height="{short(view[3])}" viewBox="{written}">'
            f"<defs>{glyphs}</defs>{''.join(self._parts)}</svg>"
        )
        return Drawing(svg.encode(), view[2] / SIZE, -low / SIZE, view[3] / SIZE)

    def _add(self, part: dict[str, Any]) -> None:
        kind, matrix, paint = part["kind"], _scaled(part["matrix"]), part["paint"]
        if kind == "path" and not _thickness(paint):
            self._use(_clipped(part), matrix, paint)
        elif kind == "text":
            size = float(part["font-size"].removesuffix("px")) / _EM
            for letter in letters(part["text"], self._face, is_bold=part["bold"]):
                placed = (size, 0.0, 0.0, -size, letter.x * size, 0.0)
                self._use(letter.path, times(matrix, placed), paint)
        else:
            self._shape(kind, part, matrix, paint)

    def _use(self, path: str, matrix: Matrix, paint: dict[str, str]) -> None:
        if not path:
            return
        name = self._outlines.setdefault(path, f"g{len(self._outlines)}")
        place = " ".join(short(number) for number in matrix)
        self._edges += (point(matrix, corner) for corner in corners(path))
        self._parts.append(f'<use href="#{name}" transform="matrix({place})"{_paint(paint)}/>')

    def _shape(
        self, kind: str, part: dict[str, Any], matrix: Matrix, paint: dict[str, str]
    ) -> None:
        """Add a bar or line: its corners as they are, for PDF has no rectangles that turn."""
        number = {
            key: float(part[key]) for key in part if isinstance(part[key], str) and key in _PLACES
        }
        get = number.get
        if kind == "rect":
            x, y, w, h = (get(key, 0.0) for key in ("x", "y", "width", "height"))
            if not w or not h:
                return
            path = f"M {x} {y} L {x + w} {y} L {x + w} {y + h} L {x} {y + h} Z"
            radius = min(get("rx", 0.0), w / 2, h / 2)
            if radius:
                path = rounded(x, y, w, h, radius)
        elif kind == "line":
            path = f"M {get('x1', 0)} {get('y1', 0)} L {get('x2', 0)} {get('y2', 0)}"
        elif kind == "ellipse":
            x, y, rx, ry = (get(key, 0.0) for key in ("cx", "cy", "rx", "ry"))
            path = ellipse(x, y, rx, ry)
        elif kind == "path":
            path = part["d"]
        elif kind == "polygon":
            path = (
                "M "
                + " L ".join(
                    f"{x} {y}" for x, y in re.findall(r"(-?[\d.]+)[ ,]+(-?[\d.]+)", part["points"])
                )
                + " Z"
            )
        else:
            raise NotAFormula(f"it has a {kind}")
        moved = moved_path(path, matrix)
        self._edges += corners(moved)
        self._parts.append(f'<path d="{moved}"{_paint(paint)}/>')


_PLACES = frozenset("x y width height rx ry cx cy x1 y1 x2 y2".split())


def _paint(paint: dict[str, str]) -> str:
    """Return the attributes of a fill or a line; what has neither is in the text's colour."""
    fill, stroke = paint.get("fill", ""), paint.get("stroke", "")
    width = _thickness(paint)
    shade = "none" if fill == "none" else hex_colour(fill)
    is_drawn = width > 0
    written = f' fill="{shade or "none"}"' if shade or is_drawn else ""
    if is_drawn:
        thick = short(width * SIZE / _EM)
        written += f' stroke="{hex_colour(stroke) or INK}" stroke-width="{thick}"'
        dashes = re.findall(r"[\d.]+", paint.get("stroke-dasharray", ""))
        if dashes:
            dashed = " ".join(short(float(dash) * SIZE / _EM) for dash in dashes)
            written += f' stroke-dasharray="{dashed}"'
    return written


def _thickness(paint: dict[str, str]) -> float:
    """Return how thick a line is, in the font's units; 0 where there is none."""
    if paint.get("stroke") == "none":
        return 0.0
    return float(re.sub(r"[^\d.]", "", paint.get("stroke-width", "0")) or 0)


def _around(
    box: tuple[float, float, float, float], points: list[tuple[float, float]]
) -> tuple[float, float, float, float]:
    """Return left, top, right and lower edge of a box that leaves nothing out."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min((box[0], *xs)) - _MARGIN, min((box[1], *ys)) - _MARGIN
    return left, top, max((box[2], *xs)) + _MARGIN, max((box[3], *ys)) + _MARGIN


def _clipped(part: dict[str, Any]) -> str:
    """Return a path as M, L, Q, C, Z; a piece of a tall bracket is cut where its box ends.

    The pieces that MathJax cuts are bars: to move their corners to the edge is to cut them.
    """
    path, clip = part.get("d", ""), part.get("clip")
    if not clip:
        return plain_path(path)
    outer, box = clip["matrix"], clip["box"]
    inner = times(inverse(outer), part["matrix"])
    back = inverse(inner)
    ends = [(box[0], box[1]), (box[0] + box[2], box[1] + box[3])]
    (x1, y1), (x2, y2) = (point(back, end) for end in ends)
    left, right = sorted((x1, x2))
    low, high = sorted((y1, y2))
    written = []
    for command, points in steps(path):
        cut = [
            min(max(number, (left, low)[at % 2]), (right, high)[at % 2])
            for at, number in enumerate(points)
        ]
        written.append(" ".join([command, *map(short, cut)]))
    return " ".join(written)


def _scaled(matrix: list[float]) -> Matrix:
    a, b, c, d, e, f = (number * SIZE / _EM for number in matrix)
    return a, b, c, d, e, f
