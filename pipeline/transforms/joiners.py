"""Eojeols that no line end splits: U+2060 WORD JOINER between the letters, for print alone.

WeasyPrint has no `word-break: keep-all`, and Pango breaks between any two syllables. The joiner has
no glyph, so neither the page nor its text shows it (measured: facts on Korean, 2.3). It must never
reach HTML, EPUB or a payload.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pipeline import tree
from pipeline.tree import Element

JOINER = "\u2060"
_ZWJ = "\u200d"  # makes one emoji of two
LONGEST = 40  # a longer token may break anywhere: rather that than a line that runs off the page
# fmt: off
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var",
))
# fmt: on
SKIPPED = frozenset(("pre", "script", "style", "svg", "math", "textarea"))
MATHS = "maths"  # class of a formula's picture, to which a particle clings as to a word
_OBJECT = "\ufffc"  # stands for such a picture in the text
_TOKEN = re.compile(r"[^\s\u00a0\u200b\u2060]+")
_HANGUL = re.compile("[\u3131-\u318e\uac00-\ud7a3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_ADDRESS = re.compile(r"://|^www\.|@\w+\.")
_SLASHES = frozenset("/-\u2013")  # a line may end behind these


@dataclass(slots=True)
class _Run:
    """A piece of text in the tree: what an element holds first, or what follows it."""

    element: Element | None
    is_tail: bool
    text: str


def join_eojeols(root: Element) -> None:
    """Put a joiner wherever a line could end inside an eojeol, across inline elements too.

    A line may still end behind `/` and `-`; addresses, code blocks and tokens of more than 40
    characters are left alone. A last eojeol of one or two syllables clings to the one before it
    (klreq: no widows). Idempotent.
    """
    for runs in _flows(root):
        _join(runs)


def _flows(root: Element) -> Iterator[list[_Run]]:
    """Yield the text between two block boundaries, as runs."""
    runs: list[_Run] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start":
            skipped = tag in SKIPPED or _is_foreign(element)
            if tag == "img" and MATHS in tree.classes(element):
                runs.append(_Run(None, False, _OBJECT))
            elif skipped or tag not in INLINE:
                yield runs
                runs = []
            if skipped:
                walk.skip_subtree()
            elif element.text:
                runs.append(_Run(element, False, element.text))
        else:
            if tag not in INLINE and not (tag == "img" and MATHS in tree.classes(element)):
                yield runs
                runs = []
            if element.tail and element is not root:
                runs.append(_Run(element, True, element.tail))
    yield runs


def _is_foreign(element: Element) -> bool:
    """Tell whether text is Chinese or Japanese: there a line may end anywhere (csswg 4285)."""
    return (element.get("lang") or "").lower().startswith(("zh", "ja"))


def _join(runs: list[_Run]) -> None:
    """Insert the joiners of one flow."""
    text = "".join(run.text for run in runs)
    if JOINER in text or not _HANGUL.search(text):
        return
    places = _places(text)
    if not places:
        return
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


def _places(text: str) -> list[int]:
    """Return the offsets in `text` before which a joiner goes, in order."""
    places: list[int] = []
    tokens = list(_TOKEN.finditer(text))
    for token in tokens:
        word = token[0]
        if 1 < len(word) <= LONGEST and _HANGUL.search(word) and not _ADDRESS.search(word):
            offset = token.start()
            places.extend(offset + at for at in range(1, len(word)) if _may_join(word, at))
        elif _OBJECT in word and len(word) > 1:
            places.extend(token.start() + at for at in _beside_objects(word))
    if len(tokens) > 3 and _is_short(tokens[-1][0]) and len(tokens[-2][0]) <= LONGEST:
        # UAX #14, LB11: no break before a word joiner, not even behind a space
        places.append(tokens[-1].start())
    return sorted(places)


def _may_join(word: str, at: int) -> bool:
    """Tell whether a joiner may stand between the letters before and behind `at`."""
    before, behind = word[at - 1], word[at]
    if before in _SLASHES and at > 2 and at < len(word) - 1:
        return False
    kind, next_kind = _kind(before), _kind(behind)
    if next_kind == "mark" or before == _ZWJ or kind == next_kind == "jamo":
        return False
    return not (kind == next_kind == "latin")


def _beside_objects(word: str) -> list[int]:
    """Return the offsets on both sides of each formula in a word without Hangul."""
    return [at for at in range(1, len(word)) if _OBJECT in (word[at - 1], word[at])]


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    """Sort a character: what a joiner before it would tear apart, and where no line ends anyway."""
    code = ord(letter)
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
    """Tell whether a word is one or two syllables with their punctuation, or just an emoji."""
    if any(letter.isascii() and letter.isalnum() for letter in word):
        return False
    return len(_HANGUL.findall(word)) <= 2 and len(word) <= 5
