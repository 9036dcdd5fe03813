"""Formulas in a PDF: their outlines go into the page as they are, without an SVG engine between.

WeasyPrint parses every path of every SVG again: a post with 165 formulas took two seconds longer.
A formula's drawing has two elements (`use` of a path, `path`; `hanpan.formulas.drawing`), and a
path of PDF is a path of SVG in other letters (ISO 32000-1, 8.5.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from hanpan.formulas.drawing import INK

_SVG = "{http://www.w3.org/2000/svg}"
_OWN = re.compile(r"matrix\(([^()]*)\)")


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
        stream.set_color(style["color"], stroke=True)
        stream.transform(across, 0, 0, down, -left * across, -top * down)
        stream.stream.append(self.operators)


@lru_cache(maxsize=512)
def formula(svg: bytes) -> Formula | None:
    """Return a formula of its SVG; None where it has more than `hanpan.formulas` draws."""
    root = ElementTree.fromstring(svg)  # noqa: S314  hanpan wrote it
    outlines: dict[str, bytes] = {}
    operators: list[bytes] = []
    for part in root:
        if part.tag == f"{_SVG}defs":
            outlines |= {path.get("id", ""): outline(path.get("d", "")) for path in part}
            continue
        if part.tag == f"{_SVG}use" and part.get("href", "")[1:] in outlines:
            match = _OWN.fullmatch(part.get("transform", ""))
            drawn, place = outlines[part.get("href", "")[1:]], match[1] if match else ""
        elif part.tag == f"{_SVG}path":
            drawn, place = outline(part.get("d", "")), "1 0 0 1 0 0"
        elif part.tag == f"{_SVG}rect" and part.get("stroke") is None:  # of a QR code
            drawn, place = _rectangle(part), "1 0 0 1 0 0"
        else:
            return None
        paint, how = _paint(part)
        operators.append(f"q {paint}{place} cm".encode() + b"\n" + drawn + how + b" Q")
    left, top, width, height = _numbers(root.get("viewBox", ""))
    return Formula((left, top, width, height), b"\n".join(operators))


def _paint(part: ElementTree.Element) -> tuple[str, bytes]:
    """Return the operators that set a part's colours, and the one that draws it."""
    fill, stroke = part.get("fill", ""), part.get("stroke", "")
    written = ""
    for colour, operator in ((fill, "rg"), (stroke, "RG")):
        if colour.startswith("#") and colour != INK:  # else in the text's own
            shades = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
            written += " ".join(f"{shade:.3f}" for shade in shades) + f" {operator} "
    if stroke:
        written += f"{float(part.get('stroke-width', '1')):.3f} w "
        if dashes := part.get("stroke-dasharray"):
            written += f"[{dashes}] 0 d "
    return written, (b" S" if fill == "none" else b" B") if stroke else b" f"


@lru_cache(maxsize=1024)
def outline(path: str) -> bytes:
    """Return a path of SVG (absolute M, L, Q, C and Z) in PDF's letters."""
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


def _rectangle(part: ElementTree.Element) -> bytes:
    x, y, width, height = (float(part.get(name, "0")) for name in ("x", "y", "width", "height"))
    return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re".encode()


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(word) for word in text.split())
