"""Eojeols that no line end splits: U+2060 WORD JOINER between the letters, for print alone.

WeasyPrint has no `word-break: keep-all`, and Pango breaks between any two syllables. The joiner has
no glyph, so neither the page nor its text shows it. It must never
reach HTML, EPUB or a payload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from hanpan.transforms.print.code_lines import TURNED
from hanpan.transforms.print.flows import OBJECT, FlowRun, flows, insert
from hanpan.transforms.print.klreq import NOT_AT_END, NOT_AT_HEAD, is_indivisible
from hanpan.transforms.select import with_class
from hanpan.tree import Element

JOINER = "\u2060"
_ZWJ = "\u200d"  # makes one emoji of two
LINE = 40.0  # em, where the length of a line is not given
_TOKEN = re.compile(r"[^\s\u00a0\u200b\u2060]+")
_HANGUL = re.compile("[\u3131-\u318e\uac00-\ud7a3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_EOJEOL = re.compile("[\uac00-\ud7a3]{2,12}[.,)]?")  # of code; a longer one may be cut
_FOLLOWS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")  # vowels and finals of old Hangul
_KANA = re.compile("[\u3041-\u30fa\u31f0-\u31ff]")
# no line ends in it (UAX #14, LB25 and LB29)
_WHOLE = re.compile("(?:[A-Za-z0-9_'\"]|(?<=[0-9])[.,]|[.,](?![0-9]))+")
_SLASHES = frozenset("/-")  # a line may end behind these
# no line begins or ends with these in any case (UAX #14, LB13 and LB14)
_NO_HEAD, _NO_END = frozenset(")]}.,:;!?/"), frozenset("([{")


def join_eojeols(root: Element, line: float = LINE) -> None:
    """Put a joiner wherever a line could end inside an eojeol, across inline elements too.

    A line may still end behind `/` and `-`, and in an eojeol that is longer than `line` (em of the
    text) or, in a table, than any column: there klreq alone says where not. What klreq calls
    indivisible keeps its blanks as well, and a last eojeol of one or two syllables clings to the
    one before it (no widows). Of code, only lines that are too
    wide are joined; Chinese and Japanese stay as they are. Idempotent.
    """
    for runs in flows(root, line):
        _join(runs)
    for turned in with_class(root, "span", TURNED):
        _join_code(turned)


def _join_code(line: Element) -> None:
    """Keep the eojeols of a line of code whole that is wider than its block; nothing else in it."""
    for element in line.iter():
        for name in ("text", "tail") if element is not line else ("text",):
            text = (getattr(element, name) or "").replace(JOINER, "")
            if _HANGUL.search(text):
                setattr(element, name, _EOJEOL.sub(lambda word: JOINER.join(word[0]), text))


def _join(runs: Sequence[FlowRun]) -> None:
    """Insert the joiners of one flow."""
    if not any(_HANGUL.search(run.text) for run in runs):
        return
    for run in runs:
        run.text = run.text.replace(JOINER, "")
    raised: set[int] = set()
    length = 0
    for run in runs:
        if run.is_raised:
            raised.add(length)
        length += len(run.text)
    room = min(run.room for run in runs)
    insert(runs, _places("".join(run.text for run in runs), raised, room), JOINER)


def _places(text: str, raised: set[int], line: float) -> list[int]:
    """Return the offsets in `text` before which a joiner goes, in order."""
    places: list[int] = []
    tokens = list(_TOKEN.finditer(text))
    before = ""
    for token in tokens:
        word, offset = token[0], token.start()
        if before and (offset in raised or is_indivisible(before, word)):
            # UAX #14, LB11: no break before a word joiner, not even behind a space
            places.append(offset)
        before = word
        if len(word) > 1 and not _WHOLE.fullmatch(word) and not _is_kana(word):
            is_long = len(word) > line and _em(word) > line
            places += [offset + at for at in range(1, len(word)) if _may_join(word, at, is_long)]
    if len(tokens) > 3 and _is_short(before) and _em(tokens[-2][0]) + 3 <= line:
        places.append(tokens[-1].start())
    return sorted(set(places))


def _may_join(word: str, at: int, is_long: bool) -> bool:
    """Tell whether a joiner may stand between the letters before and behind `at`."""
    before, behind = word[at - 1], word[at]
    if behind in _NO_HEAD or before in _NO_END:
        return False
    kind, next_kind = _kind(before), _kind(behind)
    if (
        kind == next_kind == "foreign"
        or next_kind == "mark"
        or before == _ZWJ
        or kind == next_kind == "jamo"
        or _FOLLOWS.match(behind)  # `듀ᇰ`: one syllable, though its first half is of today
    ):
        return False
    if kind == next_kind == "latin":
        return before in ".," and behind.isdigit() and not word[at - 2 : at - 1].isdigit()
    if behind in NOT_AT_HEAD or before in NOT_AT_END or OBJECT in (before, behind):
        return True
    if before in _SLASHES and 2 < at < len(word) - 1 and word[at - 2] != "/":
        return False
    return not is_long


def _is_kana(word: str) -> bool:
    """Tell whether a word is Japanese, which may break anywhere."""
    return _KANA.search(word) is not None and not _HANGUL.search(word)


def _em(word: str) -> float:
    """Return about how wide a word is in Pretendard, or more."""
    return sum(0.62 if letter.isascii() else 1 for letter in word)


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    """Sort a character: what a joiner before it would tear apart, and where no line ends anyway."""
    code = ord(letter)
    if 0x0590 <= code <= 0x10FF or 0x1200 <= code <= 0x1CFF:  # Hebrew, Arabic, Indic, Thai ...
        return "foreign"  # letters change with their neighbours, or join; and marks are among them
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97F or 0xD7B0 <= code <= 0xD7FF:
        return "jamo"
    if (
        unicodedata.category(letter).startswith("M")
        or letter in (_ZWJ, "\ufe0e", "\ufe0f")
        or 0x1F3FB <= code <= 0x1F3FF  # skin tones
        or 0xE0020 <= code <= 0xE007F  # flags of parts of a country
        or 0x1F1E6 <= code <= 0x1F1FF  # flags are pairs
    ):
        return "mark"
    if letter.isascii() and (letter.isalnum() or letter in "._,'\""):
        return "latin"
    return "other"


def _is_short(word: str) -> bool:
    """Tell whether a word is no wider than two syllables and their punctuation."""
    return len(word) <= 5 and _em("".join(filter(str.isalnum, word))) <= 2
