"""Lines of the author's file for the elements of a body, so that a report can name them.

The tree knows no lines (pandoc gives none). The letters of each element are looked for behind those
of the element before it: signs, marks and markup between letters do not matter then. What is not
found has no line of its own, and takes that of what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from urllib.parse import unquote

from hanpan.transforms.maths_svg import tex_of
from hanpan.tree import Element

LINE = "data-line"
_LONGEST = 24  # letters of a text that are looked for
_SURE = 8  # letters that are no chance
_NEAR = 600  # letters behind the last place in which fewer are believed
_SPOKEN = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "pre", "summary",
    "figcaption", "caption", "ruby", "sup", "sub", "kbd", "mark", "details",
))  # fmt: skip


def mark_lines(root: Element, source: str, first: int = 1) -> None:
    """Give the elements below `root` that are found in `source` their line, as `data-line`.

    `source` is what stands below the front matter, and `first` the number of its first line.
    """
    lines = [_letters(line) for line in source.split("\n")]
    ends = list(accumulate(len(line) for line in lines))
    text, at = "".join(lines), 0
    for element in root.iter():
        said = _said(element)
        if not said:
            continue
        found = _place(text, said, at)
        if found >= 0:
            at = found
            element.set(LINE, str(bisect_right(ends, at) + first))


def line_of(element: Element | None) -> int | None:
    """Return the line of an element: its own, else that of what it stands in, or before it."""
    while element is not None:
        near = [element, *element.itersiblings(preceding=True)]
        for candidate in near:
            said = candidate.get(LINE) or next(
                (e.get(LINE) for e in candidate.iterdescendants() if e.get(LINE)), None
            )
            if said:
                return int(said)
        element = element.getparent()
    return None


def _place(text: str, said: str, start: int) -> int:
    """Return where letters stand behind `start`, -1 where nowhere or only by chance."""
    far = len(text) if len(said) >= _SURE else start + _NEAR
    return text.find(said, start, far)


def _said(element: Element) -> str:
    """Return letters by which an element is known in the source, "" where it has none."""
    if element.tag == "img":
        source = unquote((element.get("data-src") or "").rpartition("/")[2])
        return _letters(element.get("alt") or "")[:_LONGEST] or _letters(source)[:_LONGEST]
    if element.tag == "math":
        return _letters(tex_of(element))[:_LONGEST]
    if element.tag not in _SPOKEN:
        return ""
    texts = (element.text, *(child.tail for child in element))
    known = (_letters(text or "")[:_LONGEST] for text in texts)
    return next((said for said in known if len(said) > 1), "") or _first_letters(element)


def _first_letters(element: Element) -> str:
    """Return the letters that an element begins with, where they stand in an element within it."""
    for inner in element.iterdescendants():
        said = _letters(inner.text or "")[:_LONGEST] if isinstance(inner.tag, str) else ""
        if len(said) > 1:
            return said
    return ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def strip_lines(root: Element) -> None:
    """Take the lines off again: they are nobody else's business."""
    for element in root.iter():
        element.attrib.pop(LINE, "")
