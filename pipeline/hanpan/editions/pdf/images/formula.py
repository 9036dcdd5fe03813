"""Formulas in a PDF: their outlines go into the page as they are, without an SVG engine between.

WeasyPrint parses every path of every SVG again: a post with 165 formulas took two seconds longer.
What ziamath draws is three elements (`symbol`, `use`, `rect`), and a path of PDF is a path of SVG
in other letters (ISO 32000-1, 8.5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as WeasyPrint takes an image: it has a size, and it draws itself."""

    box: tuple[float, float, float, float]  # the SVG's viewBox: left, top, width, height
    operators: bytes  # of a PDF content stream

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, ...]:
        """Return width, height and their ratio, in pixels."""
        _, _, width, height = self.box
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw into a page's stream, in the colour of the text around."""
        left, top, own_width, own_height = self.box
        across, down = width / own_width, height / own_height
        stream.set_color(style["color"])
        stream.transform(across, 0, 0, down, -left * across, -top * down)
        stream.stream.append(self.operators)


@lru_cache(maxsize=512)
def formula(svg: bytes) -> Formula | None:
    """Return a formula of ziamath's SVG; None where it has more than glyphs and bars."""
    root = ElementTree.fromstring(svg)  # noqa: S314  ziamath wrote it
    shapes: dict[str, tuple[tuple[float, ...], bytes]] = {}
    operators: list[bytes] = []
    for part in root:
        if part.tag == f"{_SVG}symbol":
            outlines = _outlines(part)
            if outlines is None:
                return None
            shapes[part.get("id", "")] = _numbers(part.get("viewBox", "")), outlines
        elif part.get("fill", "black") != "black":
            return None  # in a colour of its own
        elif part.tag == f"{_SVG}use" and part.get("href", "")[1:] in shapes:
            operators.append(_place_outlines(part, *shapes[part.get("href", "")[1:]]))
        elif part.tag == f"{_SVG}rect" and part.get("stroke") is None:
            x, y, width, height = (_number(part, name) for name in ("x", "y", "width", "height"))
            operators.append(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f".encode())
        else:
            return None
    left, top, width, height = _numbers(root.get("viewBox", ""))
    return Formula((left, top, width, height), b"\n".join(operators))


def _outlines(symbol: ElementTree.Element) -> bytes | None:
    """Return the operators of a symbol's outlines; None where it has more than outlines.

    What stretches is assembled of several, in a group: bars, braces, tall brackets and roots.
    """
    paths: list[bytes] = []
    for part in symbol.iter():
        if part.tag == f"{_SVG}path":
            paths.append(outline(part.get("d", "")))
        elif part is not symbol and (part.tag != f"{_SVG}g" or part.attrib):
            return None
    return b"\n".join(paths)


def _place_outlines(use: ElementTree.Element, box: tuple[float, ...], outlines: bytes) -> bytes:
    """Return the operators that draw a symbol where and as large as `use` says."""
    if not outlines:
        return b""  # a space
    scale = _number(use, "height") / box[3]
    x, y = _number(use, "x") - box[0] * scale, _number(use, "y") - box[1] * scale
    place = f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm"
    return place.encode() + b"\n" + outlines + b" f Q"


@lru_cache(maxsize=1024)
def outline(path: str) -> bytes:
    """Return a path of SVG (absolute M, L, Q, C and Z, as ziafont writes them) in PDF's letters."""
    written: list[str] = []
    words = iter(path.split())
    x = y = 0.0
    for command in words:
        if command == "Z":
            written.append("h")
            continue
        count = {"M": 2, "L": 2, "Q": 4, "C": 6}[command]
        points = [float(next(words)) for _ in range(count)]
        if command == "Q":  # PDF has only cubic curves
            across, up, *end = points
            first = x + (across - x) * 2 / 3, y + (up - y) * 2 / 3
            second = end[0] + (across - end[0]) * 2 / 3, end[1] + (up - end[1]) * 2 / 3
            points = [*first, *second, *end]
        x, y = points[-2:]
        letter = {"M": "m", "L": "l"}.get(command, "c")
        written.append(" ".join(f"{point:.3f}" for point in points) + f" {letter}")
    return " ".join(written).encode()


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(word) for word in text.split())


def _number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "0"))
