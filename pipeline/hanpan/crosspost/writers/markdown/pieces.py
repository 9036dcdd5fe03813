"""Pieces: the parts of a paragraph's lines, between the tree and its Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Piece:
    """A part of a line.

    Its kind is text (to escape), code, raw (as it is), break, maths (a block), open or close.
    """

    kind: str
    value: str = ""
    tag: str = ""
    partner: list[Piece] = field(default_factory=list)  # of open and close: each other
    tagged: bool | None = None  # of open and close: written as tags


def merge_neighbours(pieces: list[Piece]) -> list[Piece]:
    """Join neighbouring texts: what is special depends on its neighbours."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if piece.kind in ("text", "code") and runs and runs[-1][0].kind == piece.kind:
            runs[-1].append(piece)
        elif piece.kind != "text" or piece.value:
            runs.append([piece])
    return [_joined(run) if len(run) > 1 else run[0] for run in runs]


def _joined(run: list[Piece]) -> Piece:
    """Return texts or codes as one: `a``b` would be one span of code."""
    kind, whole = run[0].kind, "".join(piece.value for piece in run)
    return Piece(kind, re.sub(" +", " ", whole) if kind == "text" else whole)


def trim_edges(pieces: list[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Move blanks and breaks at the edges out of an emphasis or a link."""
    before: list[Piece] = []
    after: list[Piece] = []
    inside = list(pieces)
    while inside and _is_blank(inside[0]):
        before.append(inside.pop(0))
    while inside and _is_blank(inside[-1]):
        after.insert(0, inside.pop())
    if inside and inside[0].kind == "text":
        stripped = inside[0].value.lstrip(" ")
        if stripped != inside[0].value:
            before.append(Piece("text", " "))
            inside[0] = Piece("text", stripped)
    if inside and inside[-1].kind == "text":
        stripped = inside[-1].value.rstrip(" ")
        if stripped != inside[-1].value:
            after.insert(0, Piece("text", " "))
            inside[-1] = Piece("text", stripped)
    return before, inside, after


def _is_blank(piece: Piece) -> bool:
    return piece.kind == "break" or (piece.kind == "text" and not piece.value.strip(" "))
