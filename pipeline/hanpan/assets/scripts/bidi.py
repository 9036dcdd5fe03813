"""Bidirectional text in one drawn line: runs in the order in which they are seen.

UAX #9 as far as a title or a cell needs it: letters, numbers and what is neutral between them; no
embeddings and no isolates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_RIGHT = ("R", "AL")


def visual_runs(clusters: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Return the runs of a line from left to right, each with whether it is read from the right.

    The clusters of a run are in the order in which they are read.
    """
    kinds = _joined([unicodedata.bidirectional(cluster[0]) for cluster in clusters])
    if not any(kind in _RIGHT for kind in kinds):
        return [(False, list(clusters))]
    strong = next((kind for kind in kinds if kind in (*_RIGHT, "L")), "L")
    base = int(strong in _RIGHT)
    levels = _levels(kinds, base)
    pairs = zip(levels, clusters, strict=True)
    runs = [(level, [one for _, one in run]) for level, run in groupby(pairs, lambda p: p[0])]
    for level in range(max(levels), 0, -1):  # rule L2
        runs = _reversed_from(runs, level)
    return [(level % 2 == 1, run) for level, run in runs]


def _joined(kinds: list[str]) -> list[str]:
    """Return the kinds with a point or comma within a number as part of it (W4)."""
    inner = zip(kinds, kinds[1:], kinds[2:], strict=False)
    for place, (before, kind, behind) in enumerate(list(inner), 1):
        if kind in ("CS", "ES") and before == behind == "EN":
            kinds[place] = "EN"
    return kinds


def _levels(kinds: Sequence[str], base: int) -> list[int]:
    """Return the level of each character: even from the left, odd from the right.

    A number in a text from the right runs from the left (W2, W7), and counts as a letter from the
    right for what is neutral. That has the direction on both its sides, or the line's (N1, N2).
    """
    left, right = 2 * base, 1
    sides: list[int | None] = []
    last = right if base else left  # of the letters
    for kind in kinds:
        if kind in _RIGHT or kind == "L":
            last = right if kind in _RIGHT else left
            sides.append(last)
        elif kind in ("EN", "AN"):
            sides.append(last)
        else:
            sides.append(sides[-1] if kind == "NSM" and sides else None)
    line = right if base else left
    following = _following(sides, line)
    levels: list[int] = []
    before = line
    for kind, side, after in zip(kinds, sides, following, strict=True):
        if side is None:
            levels.append(before if before == after else line)
            continue
        before = side
        levels.append(2 if kind in ("EN", "AN") and side == right else side)
    return levels


def _following(sides: Sequence[int | None], line: int) -> list[int]:
    """Return the side of the next letter or number, for each place."""
    following: list[int] = []
    side = line
    for own in reversed(sides):
        side = side if own is None else own
        following.append(side)
    return following[::-1]


def _reversed_from(
    runs: Sequence[tuple[int, list[str]]], least: int
) -> list[tuple[int, list[str]]]:
    """Return the runs with each sequence of levels from `least` on in reverse order."""
    order: list[tuple[int, list[str]]] = []
    for is_deep, group in groupby(runs, lambda run: run[0] >= least):
        part = list(group)
        order += reversed(part) if is_deep else part
    return order
