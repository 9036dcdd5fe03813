"""What stands on the pages of a PDF and how high: pieces of text, pictures; no words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_OPERATORS = "q Q cm BT ET Tf Td TD Tm T* TL Ts Tj TJ ' \" Do"
_ASCENT, _DESCENT = 0.85, 0.2  # em that the ink of a line reaches at most
_IDENTITY = pikepdf.Matrix()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text or a picture: how high it begins and ends, in points from the page's foot.

    `size` is the em of a text, 0 for a picture.
    """

    high: float
    low: float
    size: float


@dataclass(slots=True)
class _State:
    matrix: pikepdf.Matrix = _IDENTITY
    size: float = 1.0
    leading: float = 0.0
    saved: list[tuple[pikepdf.Matrix, float]] = field(default_factory=list)
    text: pikepdf.Matrix = _IDENTITY


def spans(page: pikepdf.Page) -> Iterator[Span]:
    """Yield what a page shows, in the order of its content; lines and grounds are left out."""
    forms = page.resources.get("/XObject", pikepdf.Dictionary())
    state = _State()
    for command in pikepdf.parse_content_stream(page, _OPERATORS):
        operands: Any = command.operands
        name = str(command.operator)
        if name == "q":
            state.saved.append((state.matrix, state.size))
        elif name == "Q" and state.saved:
            state.matrix, state.size = state.saved.pop()
        elif name == "cm":
            state.matrix = pikepdf.Matrix(*map(float, operands)) @ state.matrix
        elif name == "Do":
            yield _picture(forms[str(operands[0])], state.matrix)
        elif name in ("Tj", "TJ", "'", '"'):
            if name in "'\"":
                _move(state, 0, -state.leading)
            yield _text(state)
        else:
            _change(state, name, operands)


def _change(state: _State, name: str, operands: Any) -> None:
    """Follow an operator that sets text."""
    if name == "Tf":
        state.size = float(operands[1])
    elif name == "BT":
        state.text = _IDENTITY
    elif name == "Tm":
        state.text = pikepdf.Matrix(*map(float, operands))
    elif name in ("Td", "TD"):
        if name == "TD":
            state.leading = -float(operands[1])
        _move(state, float(operands[0]), float(operands[1]))
    elif name == "T*":
        _move(state, 0, -state.leading)
    elif name == "TL":
        state.leading = float(operands[0])


def _move(state: _State, along: float, up: float) -> None:
    state.text = pikepdf.Matrix(1, 0, 0, 1, along, up) @ state.text


def _text(state: _State) -> Span:
    whole = state.text @ state.matrix
    size = abs(whole.d) * state.size
    return Span(whole.f + _ASCENT * size, whole.f - _DESCENT * size, size)


def _picture(drawn: Any, matrix: pikepdf.Matrix) -> Span:
    if drawn.get("/Subtype") == "/Form":
        matrix = pikepdf.Matrix(*map(float, drawn.get("/Matrix", (1, 0, 0, 1, 0, 0)))) @ matrix
        left, low, right, high = (float(item) for item in drawn.BBox)
    else:
        left, low, right, high = 0.0, 0.0, 1.0, 1.0
    corners = [(left, low), (left, high), (right, low), (right, high)]
    ups = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
    return Span(max(ups), min(ups), 0.0)
