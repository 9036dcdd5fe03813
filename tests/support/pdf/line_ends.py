"""How the lines of a PDF end: at a blank, behind a mark, or in the middle of an eojeol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hanpan.transforms.print.klreq import NOT_AT_END, NOT_AT_HEAD, is_indivisible
from tests.support.pdf.document_words import Word
from tests.support.pdf.placed_words import Placed
from tests.support.pdf.printed_words import Printed


@dataclass(slots=True)
class Lines:
    """Line ends at which a paragraph goes on; the last line of one does not count."""

    turns: int = 0  # all of them, but for those of code
    broken: list[str] = field(default_factory=list)  # the eojeols, with `|` where they are parted
    marks: int = 0  # behind / and -
    long: int = 0  # in words that are longer than a line
    code: int = 0  # lines of code that go on in the next one
    forbidden: list[str] = field(default_factory=list)  # by klreq: what stands around them

    def __add__(self, other: Lines) -> Lines:
        return Lines(
            self.turns + other.turns,
            self.broken + other.broken,
            self.marks + other.marks,
            self.long + other.long,
            self.code + other.code,
            self.forbidden + other.forbidden,
        )


def count_lines(
    words: Sequence[Word], placed: Sequence[Placed], printed: Sequence[Printed], lines: Lines
) -> None:
    """Add the line ends within the paragraphs of `words` to `lines`."""
    rooms = _rooms(words, placed, printed)
    last = (-1, -1)  # block and line of the word before
    shown = ""  # of that word
    for word, spans in zip(words, placed, strict=True):
        if not spans:
            continue
        pieces = [printed[span.printed] for span in spans]
        if last[0] == word.block and last[1] != pieces[0].line:
            _count(word, lines)
            if word.kind != "code" and is_indivisible(shown, word.shown):
                lines.forbidden.append(f"{shown}|{word.shown}")
        offset = 0
        for span, (before, after) in zip(spans, pairwise(pieces), strict=False):
            offset += span.length
            if before.line != after.line:
                _count(word, lines)
                _sort(
                    word, offset, sum(p.right - p.left for p in pieces) > rooms[word.block], lines
                )
        last, shown = (word.block, pieces[-1].line), word.shown


def _rooms(
    words: Sequence[Word], placed: Sequence[Placed], printed: Sequence[Printed]
) -> dict[int, float]:
    """Return how long a line of each block can be: from where it begins to the text's right edge.

    In a cell of a table, too: a word that a column has no room for counts as parted.
    """
    edges: dict[float, float] = {}  # of pages of one width
    for piece in printed:
        edges[piece.paper] = max(piece.right, edges.get(piece.paper, 0.0))
    rooms: dict[int, float] = {}
    for word, spans in zip(words, placed, strict=True):
        for span in spans:
            room = edges[printed[span.printed].paper] - printed[span.printed].left
            rooms[word.block] = max(room, rooms.get(word.block, room))
    return rooms


def _count(word: Word, lines: Lines) -> None:
    if word.kind == "code":
        lines.code += 1
    else:
        lines.turns += 1


def _sort(word: Word, offset: int, is_long: bool, lines: Lines) -> None:
    """Say what a line end inside a word is."""
    if word.kind == "code":
        return
    if word.text[offset] in NOT_AT_HEAD or word.text[offset - 1] in NOT_AT_END:
        lines.forbidden.append(f"{word.text[:offset]}|{word.text[offset:]}")
    if word.text[offset - 1] in "/-":
        lines.marks += 1
    elif is_long:
        lines.long += 1
    else:
        lines.broken.append(f"{word.text[:offset]}|{word.text[offset:]} ({word.kind})")
