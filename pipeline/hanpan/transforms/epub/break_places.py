"""Places in long words where a line may end: behind `_ . / (`, before the capitals of a name.

A screen of a telephone in large type holds ten syllables, and `spring.datasource.url` is longer.
A browser that has no place cuts a word between any two letters. `<wbr>` leaves nothing in what is
copied, and none of it shows where the line has room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from hanpan.transforms.table_sizes import em_width
from hanpan.tree import Element

LONG = 7.0  # em of running text: what is shorter goes to the next line whole
LONG_IN_CELL = 6.0  # ... in a table, whose columns are narrower
LONG_IN_CODE = 12.0  # ... in a block of code: its type is small
_WORD = re.compile(r"\S+")
_PLACE = re.compile(
    r"(?<=[/(,:;=&?#@|+~\\])(?=[\w\"'])"  # behind a mark that is followed by a word
    r"|(?<=\w_)(?=\w)|(?<=\w\.)(?=[^\W\d_])"  # a point in a number is none
    r"|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"  # someName, XMLReader
    r"|(?=%E[A-D]%)"  # a syllable of an address, escaped
)
_LEAST = 3  # characters of a piece: no line has less of a word
_KEPT = frozenset(  # what shows no text, or its own way
    ("head", "svg", "math", "ruby", "script", "style", "textarea", "select")
)
_INLINE = frozenset(  # what does not part a word
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strong "
    "sub sup time tt u var".split()
)
_LONG = {"td": LONG_IN_CELL, "th": LONG_IN_CELL, "pre": LONG_IN_CODE}  # elsewhere LONG


@dataclass(frozen=True, slots=True)
class _Text:
    """The text in front of an element's children, or its tail."""

    of: Element
    is_tail: bool
    text: str


@dataclass(slots=True)
class _Run:
    """Texts that stand on a line together; `long` is em."""

    long: float
    texts: list[_Text] = field(default_factory=list)


def pieces(word: str, long: float) -> list[str]:
    """Return the pieces of a word wider than `long` em, between which a line may end."""
    if em_width(word) <= long:
        return [word]
    parts = [""]
    for piece in _PLACE.split(word):
        if len(parts[-1]) < _LEAST:
            parts[-1] += piece
        else:
            parts.append(piece)
    if len(parts) > 1 and len(parts[-1]) < _LEAST:
        rest = parts.pop()
        parts[-1] += rest
    return parts


def mark_break_places(root: Element) -> None:
    """Put `<wbr/>` between the pieces of the long words of a page, in the page's namespace."""
    space = etree.QName(root).namespace
    mark = f"{{{space}}}wbr" if space else "wbr"
    for run in _runs(root):
        start, places = 0, _places("".join(text.text for text in run.texts), run.long)
        for text in run.texts if places else ():
            end = start + len(text.text)
            _put_marks(text, [at - start for at in places if start < at <= end], mark)
            start = end


def _runs(root: Element) -> list[_Run]:
    """Return the texts of a page by the lines that they may share."""
    longs, runs = [LONG], [_Run(LONG)]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = etree.QName(element).localname
        if name not in _INLINE:
            if event == "start":
                longs.append(_LONG.get(name, longs[-1]))
            else:
                longs.pop()
            runs.append(_Run(longs[-1]))
        if event == "end":
            runs[-1].texts.append(_Text(element, True, element.tail or ""))
        elif name in _KEPT:
            walk.skip_subtree()
        else:
            runs[-1].texts.append(_Text(element, False, element.text or ""))
    return runs


def _places(text: str, long: float) -> list[int]:
    """Return the places in a text, each between two letters."""
    places = []
    for word in _WORD.finditer(text):
        at = word.start()
        for piece in pieces(word[0], long)[:-1]:
            at += len(piece)
            places.append(at)
    return places


def _put_marks(text: _Text, places: list[int], mark: str) -> None:
    """Put marks into a text, at so many letters from its start."""
    marks = []
    for start, end in pairwise((*places, len(text.text))):
        marks.append(etree.Element(mark))
        marks[-1].tail = text.text[start:end]
    if not marks:
        return
    if text.is_tail:
        text.of.tail = None  # what is added next would come before it
    for between in reversed(marks):
        if text.is_tail:
            text.of.addnext(between)
        else:
            text.of.insert(0, between)
    if text.is_tail:
        text.of.tail = text.text[: places[0]]
    else:
        text.of.text = text.text[: places[0]]
