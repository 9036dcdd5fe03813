"""Outlines: paths of SVG, absolute and in short numbers; the matrices that place them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

Matrix = tuple[float, float, float, float, float, float]
_STEPS = re.compile(r"([MLHVCQTSZ])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "T": 2, "S": 4}
_ROUND = 0.5523  # of a quarter of a circle as a cubic curve


def steps(path: str) -> list[tuple[str, list[float]]]:
    """Return a path of MathJax's font as absolute M, L, Q, C and Z."""
    taken: list[tuple[str, list[float]]] = []
    command, numbers = "", list[float]()
    pen = control = (0.0, 0.0)
    for letter, number in _STEPS.findall(path):
        if letter:
            command, numbers = letter, []
            if letter == "Z":
                taken.append(("Z", []))
            continue
        numbers.append(float(number))
        if len(numbers) < _COUNTS[command]:
            continue
        points, name = numbers, command
        if command == "H":
            name, points = "L", [numbers[0], pen[1]]
        elif command == "V":
            name, points = "L", [pen[0], numbers[0]]
        elif command in "TS":
            mirrored = [2 * pen[0] - control[0], 2 * pen[1] - control[1]]
            name, points = ("Q" if command == "T" else "C"), [*mirrored, *numbers]
        pen = points[-2], points[-1]
        control = (points[-4], points[-3]) if name in "QC" else pen
        taken.append((name, points))
        numbers = []
        command = "L" if command == "M" else command
    return taken


def moved_path(path: str, matrix: Matrix) -> str:
    """Return a path, moved, in short numbers."""
    a, b, c, d, e, f = matrix
    written = []
    for command, points in steps(path):
        moved = [
            number
            for x, y in zip(points[::2], points[1::2], strict=True)
            for number in (a * x + c * y + e, b * x + d * y + f)
        ]
        written.append(" ".join([command, *map(short, moved)]))
    return " ".join(written)


@lru_cache(maxsize=1024)
def plain_path(path: str) -> str:
    """Return a path as absolute M, L, Q, C and Z in short numbers: formulas share their letters."""
    return moved_path(path, (1, 0, 0, 1, 0, 0))


@lru_cache(maxsize=1024)
def corners(path: str) -> tuple[tuple[float, float], ...]:
    """Return the corners of a box around a path."""
    points = [number for _, numbers in steps(path) for number in numbers]
    xs, ys = points[::2], points[1::2]
    if not xs:
        return ()
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    return (left, low), (left, high), (right, low), (right, high)


def ellipse(x: float, y: float, rx: float, ry: float) -> str:
    """Return an ellipse as a path."""
    a, b = rx * _ROUND, ry * _ROUND
    return (
        f"M {x + rx} {y} C {x + rx} {y + b} {x + a} {y + ry} {x} {y + ry} "
        f"C {x - a} {y + ry} {x - rx} {y + b} {x - rx} {y} "
        f"C {x - rx} {y - b} {x - a} {y - ry} {x} {y - ry} "
        f"C {x + a} {y - ry} {x + rx} {y - b} {x + rx} {y} Z"
    )


def rounded(x: float, y: float, w: float, h: float, r: float) -> str:
    """Return a box with round corners as a path."""
    k, right, top = r * (1 - _ROUND), x + w, y + h
    return (
        f"M {x + r} {y} L {right - r} {y} C {right - k} {y} {right} {y + k} {right} {y + r} "
        f"L {right} {top - r} C {right} {top - k} {right - k} {top} {right - r} {top} "
        f"L {x + r} {top} C {x + k} {top} {x} {top - k} {x} {top - r} "
        f"L {x} {y + r} C {x} {y + k} {x + k} {y} {x + r} {y} Z"
    )


def times(m: Sequence[float], n: Sequence[float]) -> Matrix:
    """Return what two matrices do, the second first."""
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def inverse(m: Sequence[float]) -> Matrix:
    """Return what undoes a matrix. Raises ValueError where nothing does."""
    a, b, c, d, e, f = m
    whole = a * d - b * c
    if not whole:
        raise ValueError("no size")
    return (
        d / whole,
        -b / whole,
        -c / whole,
        a / whole,
        (c * f - d * e) / whole,
        (b * e - a * f) / whole,
    )


def point(m: Matrix, place: tuple[float, float]) -> tuple[float, float]:
    """Return where a matrix brings a point."""
    x, y = place
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


@lru_cache(maxsize=4096)
def short(number: float) -> str:
    """Return a number with as many digits as can be seen."""
    written = f"{number:.5f}" if abs(number) < 0.1 else f"{number:.3f}"
    return written.rstrip("0").rstrip(".").replace("-0", "-0") or "0"
