"""Numbers of the body's elements, and their lines in the author's file, for reports.

The tree knows no lines (pandoc gives none). The letters of each element are looked for behind those
of the element before it: signs, marks and markup between letters do not matter then. What is not
found takes the line of what is before or around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain, islice
from urllib.parse import unquote

from hanpan.transforms.maths_svg import tex_of
from hanpan.tree import HEADINGS, Element

NUMBER = "data-element"
_LONGEST = 24  # letters of a text that are looked for
_SURE = 8  # letters that are no chance
_NEAR = 600  # letters behind the last place in which fewer are believed
_FAR = 200_000  # letters behind the last place in which any are believed
_BESIDE = 40  # elements before one that are asked for their number
_WITHIN = 100  # elements within each of them
_SPOKEN = frozenset((
    "p", *HEADINGS, "li", "dt", "dd", "td", "th", "pre", "summary",
    "figcaption", "caption", "ruby", "sup", "sub", "kbd", "mark", "details",
))  # fmt: skip


def number_elements(root: Element) -> None:
    """Give the elements of a document's body that have letters their number, as `data-element`."""
    for number, (element, _) in enumerate(_elements(root)):
        element.set(NUMBER, str(number))


def number_of(element: Element | None) -> int | None:
    """Return an element's number: its own, else that of what is in it, before it or around it."""
    while element is not None:
        before = islice(element.itersiblings(preceding=True), _BESIDE)
        for candidate in chain((element,), before):
            number = candidate.get(NUMBER) or _number_within(candidate)
            if number:
                return int(number)
        element = element.getparent()
    return None


def _number_within(element: Element) -> str | None:
    """Return the number of the first element within that has one; only the first few are asked."""
    within = islice(element.iterdescendants(), _WITHIN)
    return next((number for inner in within if (number := inner.get(NUMBER))), None)


def strip_numbers(root: Element) -> None:
    """Remove the numbers: they are no part of what is published."""
    for element in root.iter():
        element.attrib.pop(NUMBER, "")


def lines_of_elements(root: Element, source: str, first: int = 1) -> tuple[int | None, ...]:
    """Return the line of each element that `number_elements` counts.

    `source` is what stands below the front matter, and `first` the number of its first line.
    """
    lines = [_letters(line) for line in source.split("\n")]
    ends = list(accumulate(len(line) for line in lines))
    text, at = "".join(lines), 0
    elements = list(_elements(root))
    known: dict[Element, int] = {}
    for element, letters in elements:
        place = _place(text, letters, at)
        if place >= 0:
            at = place
            known[element] = bisect_right(ends, at) + first
    lines_of = _lines_around(root, known)
    return tuple(lines_of[element] for element, _ in elements)


def _lines_around(root: Element, known: dict[Element, int]) -> dict[Element, int | None]:
    """Return the line of each element: its own, else that of what is in it, before or around it."""
    within: dict[Element, int] = {}
    for element, line in reversed(known.items()):
        within.update(dict.fromkeys((element, *element.iterancestors()), line))
    lines: dict[Element, int | None] = {}
    for element in root.iter():
        before = element.getprevious()
        near = before if before is not None else element.getparent()
        lines[element] = within.get(element) or (None if near is None else lines.get(near))
    return lines


def _place(text: str, letters: str, start: int) -> int:
    """Return where letters stand behind `start`, -1 where nowhere or only by chance."""
    far = start + (_FAR if len(letters) >= _SURE else _NEAR)
    return text.find(letters, start, far)


def _elements(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield the elements that have letters, with the letters by which the source knows them."""
    for element in root.iter():
        letters = _letters_of(element)
        if letters:
            yield element, letters


def _letters_of(element: Element) -> str:
    if element.tag == "img":
        source = unquote((element.get("data-src") or "").rpartition("/")[2])
        return _letters(element.get("alt") or "")[:_LONGEST] or _letters(source)[:_LONGEST]
    if element.tag == "math":
        return _letters(tex_of(element))[:_LONGEST]
    if element.tag not in _SPOKEN:
        return ""
    texts = (element.text, *(child.tail for child in element))
    known = (_letters(text or "")[:_LONGEST] for text in texts)
    return next((letters for letters in known if len(letters) > 1), "") or _first_letters(element)


def _first_letters(element: Element) -> str:
    """Return the letters that an element begins with, where they stand in an element within it."""
    for inner in element.iterdescendants():
        letters = _letters(inner.text or "")[:_LONGEST] if isinstance(inner.tag, str) else ""
        if len(letters) > 1:
            return letters
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
