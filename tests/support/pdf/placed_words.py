"""Words of a document, found in what is printed: in their order, wherever line ends lie."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A piece of a word: of which printed word it is, and how many characters."""

    printed: int
    length: int


Placed = tuple[Span, ...]  # the pieces of a word; none where it is lost


def place(words: Sequence[str], printed: Sequence[str]) -> list[Placed]:
    """Find words in their order; the letters of each must follow one another in what is printed."""
    found: list[Placed] = [()] * len(words)
    matcher = difflib.SequenceMatcher(None, words, printed, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            for index in range(start, end):
                found[index] = (Span(first + index - start, len(words[index])),)
        elif kind == "replace":
            there = "".join(printed[first:last])
            owners = [at for at in range(first, last) for _ in printed[at]]
            behind = 0
            for index in range(start, end):
                at = there.find(words[index], behind)
                if at >= 0:
                    behind = at + len(words[index])
                    found[index] = _spans(owners[at:behind])
    return found


def _spans(owners: Sequence[int]) -> Placed:
    ends = [at for at in range(1, len(owners)) if owners[at] != owners[at - 1]]
    return tuple(Span(owners[a], b - a) for a, b in pairwise((0, *ends, len(owners))))
