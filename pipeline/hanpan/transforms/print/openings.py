"""Openings: where a line may end within a run of letters that is wider than its line.

U+200B ZERO WIDTH SPACE has no glyph, so neither the page nor its text shows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from hanpan.transforms.print.flows import flows, insert
from hanpan.transforms.print.klreq import NOT_AT_END, NOT_AT_HEAD
from hanpan.transforms.table_sizes import em_width
from hanpan.tree import Element

OPENING = "\u200b"
# a line may end there anyway (UAX #14): at Hangul, and behind a slash or hyphen before a letter
_ENDS = re.compile(r"[\s\u00a0\u200b\u2060\uac00-\ud7a3]+|(?<=[/\-])(?=[^\W\d])")
_FARTHEST = 12  # letters without an opening; behind them klreq waits
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
_AM = frozenset("\u0e33\u0eb3")  # vowels of Thai and Lao that are drawn with the letter before
_VIRAMA = 9  # combining class: the next letter is drawn with this one


def open_cells(root: Element, line: float) -> None:
    """Put openings into words of tables that are wider than their columns can be.

    A table is as wide as its longest words, and would leave a page whose lines have `line` em. In
    other text the page itself tells what is too wide (editions/pdf/patches/line_overflow.py).
    Idempotent.
    """
    for runs in flows(root, line):
        room = min((run.room for run in runs), default=line)
        if room < line:
            text = "".join(run.text for run in runs)
            long = (
                (start, end)
                for start, end in _words(text)
                if end - start > room / 2 and em_width(text[start:end]) > room
            )
            insert(
                runs, [at for start, end in long for at in _openings(text, start + 1, end)], OPENING
            )


def open_run(text: str, start: int, before: str) -> str:
    """Return a text with openings between its letters from `start` on.

    `before` is the letter in front of the text, which may be parted from it as well, or "".
    """
    shift = len(before)
    whole = before + text
    places = (at - shift for at in _openings(whole, start + 1, len(whole)))
    cuts = [0, *places, len(text)]
    return OPENING.join(text[at:end] for at, end in pairwise(cuts))


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end in which no line may end."""
    start = 0
    for gap in _ENDS.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places from `start` to `end` before which an opening may be.

    No letter is parted from its marks, no emoji from its parts, and no line begins or ends as
    klreq forbids, unless a run has nothing but such signs.
    """
    since = 1
    for place in range(start, end):
        left, right = text[place - 1], text[place]
        is_forbidden = right in NOT_AT_HEAD or left in NOT_AT_END
        if _can_part(left, right) and not (is_forbidden and since < _FARTHEST):
            yield place
            since = 0
        since += 1


def _can_part(left: str, right: str) -> bool:
    """Tell whether two characters are letters of their own."""
    code = ord(right)
    is_part = (
        unicodedata.category(right).startswith("M")
        or right in _INVISIBLE
        or right in _AM
        or 0x1160 <= code <= 0x11FF  # vowels and finals of old Hangul
        or 0xD7B0 <= code <= 0xD7FF
        or (_is_regional(left) and _is_regional(right))  # flags are pairs
        or 0x1F3FB <= code <= 0x1F3FF  # skin tones
        or 0xE0020 <= code <= 0xE007F  # flags of parts of a country
    )
    return not (is_part or left == "\u200d" or unicodedata.combining(left) == _VIRAMA)


def _is_regional(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
