"""Pictures of formulas, written short: they are most of what a post with many formulas weighs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from hanpan.transforms.epub.namespaces import SVG
from hanpan.tree import Element

_COARSE = 5  # units of an outline, of a thousand to the em, that become one: 12 to a pixel
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}  # of a command's numbers
_PLACE = ("x", "y", "width", "height")


def on_white(svg: bytes) -> bytes:
    """Return a formula's drawing on white, for black letters on a dark page are none; in few bytes.

    Outlines are whole numbers, each from where the pen is: half as long, a third less when packed.
    """
    root = etree.fromstring(svg)
    for glyph in root.iter(f"{{{SVG}}}path"):
        if glyph.get("id"):
            glyph.set("d", short_path(glyph.get("d") or ""))
    for use in root.iter(f"{{{SVG}}}use"):
        _place_shortly(use)
    box = (root.get("viewBox") or "").split()
    ground = dict(zip(_PLACE, box, strict=True))
    root.insert(0, etree.Element(f"{{{SVG}}}rect", {**ground, "fill": "#fff"}))
    return etree.tostring(root)


def _place_shortly(use: Element) -> None:
    """Have the outline as large as before, in its coarser units."""
    a, b, c, d, x, y = map(float, (use.get("transform") or "")[len("matrix(") : -1].split())
    size = (number * _COARSE for number in (a, b, c, d))
    written = [f"{number:.4f}".rstrip("0").rstrip(".") for number in size]
    written += [f"{round(number, 2):g}" for number in (x, y)]
    use.set("transform", f"matrix({' '.join(written)})".replace("-0 ", "0 "))


@lru_cache(maxsize=1024)
def short_path(path: str) -> str:
    """Return a path (absolute M, L, Q, C and Z, as formulas are drawn) in steps of _COARSE.

    SVG 2, 9.3: small letters count from where the pen is, and a letter need not be said twice.
    """
    written: list[str] = []
    before = ""
    for letter, numbers in _steps(path):
        text = "" if letter == before and letter != "m" else letter
        for number in numbers:
            text += f"{number}" if number < 0 or text[-1:].isalpha() else f" {number}"
        written.append(text)
        before = letter
    return "".join(written)


def _steps(path: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the commands of a path, relative; a line to where the pen is goes nowhere."""
    words = iter(path.split())
    pen = start = (0, 0)
    for command in words:
        points = [round(float(next(words)) / _COARSE) for _ in range(_COUNTS[command])]
        steps = [point - pen[number % 2] for number, point in enumerate(points)]
        if command == "Z":
            pen = start
            yield "z", []
        elif command == "L" and 0 in steps:
            if any(steps):
                yield ("v", steps[1:]) if not steps[0] else ("h", steps[:1])
        else:
            yield command.lower(), steps
        if points:
            pen = (points[-2], points[-1])
            start = pen if command == "M" else start
