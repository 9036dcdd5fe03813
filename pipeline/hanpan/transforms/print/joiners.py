"""Eojeols that no line end splits: U+2060 WORD JOINER between the letters, for print alone.

WeasyPrint has no `word-break: keep-all`, and Pango breaks between any two syllables. The joiner has
no glyph, so neither the page nor its text shows it. It must never
reach HTML, EPUB or a payload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from hanpan import tree
from hanpan.transforms.maths_svg import MATHS
from hanpan.transforms.print.code_lines import TURNED
from hanpan.transforms.print.klreq import NOT_AT_END, NOT_AT_HEAD, is_indivisible
from hanpan.transforms.print.own_elements import NOTE, REFERENCE
from hanpan.transforms.select import with_class
from hanpan.tree import Element

JOINER = "\u2060"
_ZWJ = "\u200d"  # makes one emoji of two
LINE = 40.0  # em, where the length of a line is not given
CELL = 18.0  # em: no column of a table is made wider for a word
# fmt: off
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", REFERENCE,
))
# fmt: on
SKIPPED = frozenset(("pre", "script", "style", "svg", "math", "textarea"))
# a formula's picture or a foreign word in the text: a particle clings to it as to a word
_OBJECT = "\ufffc"
_TOKEN = re.compile(r"[^\s\u00a0\u200b\u2060]+")
_HANGUL = re.compile("[\u3131-\u318e\uac00-\ud7a3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_EOJEOL = re.compile("[\uac00-\ud7a3]{2,12}[.,)]?")  # of code; a longer one may be cut
_KANA = re.compile("[\u3041-\u30fa\u31f0-\u31ff]")
# no line ends in it (UAX #14, LB25 and LB29)
_WHOLE = re.compile("(?:[A-Za-z0-9_'\"]|(?<=[0-9])[.,]|[.,](?![0-9]))+")
_SLASHES = frozenset("/-")  # a line may end behind these
# no line begins or ends with these in any case (UAX #14, LB13 and LB14)
_NO_HEAD, _NO_END = frozenset(")]}.,:;!?/"), frozenset("([{")


@dataclass(slots=True)
class _Run:
    """A piece of text in the tree: what an element holds first, or what follows it."""

    element: Element | None
    is_tail: bool
    text: str
    in_cell: bool = False

    @property
    def is_raised(self) -> bool:
        """Tell whether it is a superscript, a subscript, or the mark of a footnote."""
        if self.element is None or self.is_tail:
            return False
        return self.element.tag in ("sup", "sub") or "footnote-ref" in tree.classes(self.element)


def join_eojeols(root: Element, line: float = LINE) -> None:
    """Put a joiner wherever a line could end inside an eojeol, across inline elements too.

    A line may still end behind `/` and `-`, and in an eojeol that is longer than `line` (em of the
    text) or, in a table, than any column: there klreq alone says where not. What klreq calls
    indivisible keeps its blanks as well, and a last eojeol of one or two syllables clings to the
    one before it (no widows). Of code, only lines that are too
    wide are joined; Chinese and Japanese stay as they are. Idempotent.
    """
    for runs in _flows(root):
        _join(runs, line)
    for turned in with_class(root, "span", TURNED):
        _join_code(turned)


def _join_code(line: Element) -> None:
    """Keep the eojeols of a line of code whole that is wider than its block; nothing else in it."""
    for element in line.iter():
        for name in ("text", "tail") if element is not line else ("text",):
            text = (getattr(element, name) or "").replace(JOINER, "")
            if _HANGUL.search(text):
                setattr(element, name, _EOJEOL.sub(lambda word: JOINER.join(word[0]), text))


def _flows(root: Element) -> Iterator[list[_Run]]:
    """Yield the text between two block boundaries, as runs; notes stand beside the text."""
    runs: list[_Run] = []
    cells = 0
    outer: list[list[_Run]] = []  # of the texts that notes stand in
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if tag in ("td", "th"):
            cells += 1 if event == "start" else -1
        if event == "start":
            is_foreign = _is_foreign(element)
            skipped = tag in SKIPPED or is_foreign
            is_picture = tag == "img" and MATHS in tree.classes(element)
            if is_picture or (is_foreign and tag in INLINE):
                runs.append(_Run(None, False, _OBJECT))
            elif tag == NOTE:
                outer.append(runs)
                runs = []
            elif skipped or tag not in INLINE:
                yield runs
                runs = []
            if skipped:
                walk.skip_subtree()
            elif element.text:
                runs.append(_Run(element, False, element.text, cells > 0))
        else:
            if tag not in INLINE and not (tag == "img" and MATHS in tree.classes(element)):
                yield runs
                runs = outer.pop() if tag == NOTE else []
            if element.tail and element is not root:
                runs.append(_Run(element, True, element.tail, cells > 0))
    yield runs


def _is_foreign(element: Element) -> bool:
    """Tell whether text is Chinese or Japanese: there a line may end anywhere (csswg 4285)."""
    return (element.get("lang") or "").lower().startswith(("zh", "ja"))


def _join(runs: Sequence[_Run], line: float) -> None:
    """Insert the joiners of one flow."""
    if not any(_HANGUL.search(run.text) for run in runs):
        return
    for run in runs:
        run.text = run.text.replace(JOINER, "")
    in_cell = any(run.in_cell for run in runs)
    raised: set[int] = set()
    length = 0
    for run in runs:
        if run.is_raised:
            raised.add(length)
        length += len(run.text)
    places = _places(
        "".join(run.text for run in runs), raised, min(line, CELL) if in_cell else line
    )
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.element is not None:
            _insert(run, [place - start for place in places if start <= place <= end])
        start = end


def _insert(run: _Run, places: list[int]) -> None:
    """Write the run back with joiners; a place at its edge belongs to its neighbour as well."""
    if not places:
        return
    pieces, last = [], 0
    for place in places:
        pieces.append(run.text[last:place])
        last = place
    joined = JOINER.join([*pieces, run.text[last:]])
    assert run.element is not None
    if run.is_tail:
        run.element.tail = joined
    else:
        run.element.text = joined


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
    ):
        return False
    if kind == next_kind == "latin":
        return before in ".," and behind.isdigit() and not word[at - 2 : at - 1].isdigit()
    if behind in NOT_AT_HEAD or before in NOT_AT_END or _OBJECT in (before, behind):
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
