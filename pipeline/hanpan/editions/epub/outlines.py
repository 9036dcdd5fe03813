"""Pictures of formulas, written short: they are most of what a post with many formulas weighs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from hanpan.transforms.epub.namespaces import SVG
from hanpan.tree import Element

_FINE = 10  # steps to a pixel, of sixteen to the em: finer is not to be seen
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}  # of a command's numbers
_PLACE = ("x", "y", "width", "height")


def on_white(svg: bytes) -> bytes:
    """Return what ziamath drew, on white, for black letters on a dark page are none; in few bytes.

    Outlines are whole numbers, each from where the pen is: half as long, a third less when packed.
    """
    root = etree.fromstring(svg)
    names: dict[str, str] = {}
    for glyph in root.iter(f"{{{SVG}}}symbol"):
        name = names.setdefault(f"#{glyph.get('id')}", f"g{len(names)}")
        glyph.set("id", name)
        box = (glyph.get("viewBox") or "").split()
        glyph.set("viewBox", " ".join(f"{float(number) * _FINE:g}" for number in box))
        for path in glyph.iter(f"{{{SVG}}}path"):
            path.set("d", short_path(path.get("d") or ""))
    for use in root.iter(f"{{{SVG}}}use"):
        use.set("href", f"#{names[use.get('href') or '']}")
        _place_shortly(use)
    box = (root.get("viewBox") or "").split()
    ground = dict(zip(_PLACE, box, strict=True))
    root.insert(0, etree.Element(f"{{{SVG}}}rect", {**ground, "fill": "#fff"}))
    return etree.tostring(root)


def _place_shortly(use: Element) -> None:
    for key in _PLACE:
        use.set(key, f"{round(float(use.get(key, '0')), 2):g}")
    if use.get("fill") == "black":
        del use.attrib["fill"]  # as without


@lru_cache(maxsize=1024)
def short_path(path: str) -> str:
    """Return a path (absolute M, L, Q, C and Z, as ziafont writes them) in steps of 1 / _FINE.

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
        points = [round(float(next(words)) * _FINE) for _ in range(_COUNTS[command])]
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
