"""Last pages: what is changed where a part ends with a page that is hardly begun.

Its lines go back to the pages before it, which get one line more each, with paragraphs set closer
where that saves a line and, if that is not enough, with smaller figures. Else it gets lines: the
pages before it have one less, and a little more between their blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hanpan.editions.pdf.economy.boxes import (
    BODY,
    classes,
    end_of,
    is_turned,
    large_pictures,
    pictures_of,
)
from hanpan.editions.pdf.economy.changes import BoxChange, respace, shrink

STUB = 0.16  # of a page's height: a last page that is less full is a stub
SMALLER = 0.8  # of their size, of the figures of a part
_CLOSER, _LOOSER = 0.8, 1.2  # of what is empty between blocks
_SPARE = 1.0  # lines that blocks at a page's end may leave
_SAVED = 0.8  # lines that closer paragraphs and blocks save on a page, about
_MOST = 12  # pages of a part that are made again


@dataclass(frozen=True, slots=True)
class EndPlan:
    """How the last pages of a part are made again."""

    pages: int  # how many, the last one counted
    lines: int  # by which each of them but the last is longer
    is_close: bool = False  # whether paragraphs are set in as few lines as they can be
    change: BoxChange = field(default_factory=lambda: BoxChange([]))


def is_stub(page: Any) -> bool:
    """Tell whether a page is hardly begun."""
    if is_turned(page):
        return False
    return (end_of(page) - float(page.content_box_y())) / float(page.height) < STUB


def plans(pages: Sequence[Any], part: Any, line: float) -> Iterator[EndPlan]:
    """Yield what may repair the end of a part whose pages these are: at most two ways.

    `part` is its box in the document, `line` the height of a line.
    """
    last = pages[-1]
    height = float(last.height)
    lines = (end_of(last) - float(last.content_box_y())) / line
    others = pages[-_MOST:-1]
    figures = _figures(others, part)
    gain = sum(height for _, height in figures) * (1 - SMALLER) / line
    count = math.ceil((lines + _SPARE) / (1 + _SAVED))
    if count <= len(others):
        count = min(len(others), count + 1)
        yield EndPlan(
            count + 1, 1, is_close=True, change=_respaced(pages[-count - 1 :], part, _CLOSER)
        )
    elif lines <= len(others) * (1 + _SAVED) + gain:
        values = [*_respaced(pages, part, _CLOSER).values, *shrink(figures, SMALLER).values]
        yield EndPlan(len(others) + 1, 1, is_close=True, change=BoxChange(values))
    missing = math.ceil(STUB * height / line - lines)
    if missing <= len(others):
        looser = _respaced(pages[-missing - 1 :], part, _LOOSER)
        yield EndPlan(missing + 1, -1, change=looser)


def _respaced(pages: Sequence[Any], part: Any, factor: float) -> BoxChange:
    """Return the change that leaves less or more between the blocks that are on some pages."""
    shown = {id(one.element) for page in pages for one in page.children[0].descendants()}
    blocks = [
        child
        for one in (part, *part.descendants())
        if BODY in classes(one)
        for child in one.children
        if id(child.element) in shown
    ]
    return respace(blocks, factor)


def _figures(pages: Sequence[Any], part: Any) -> list[tuple[Any, float]]:
    """Return the figures of some pages: the boxes of the document, and their heights there."""
    heights = {id(one.element): float(one.height) for page in pages for one in large_pictures(page)}
    if not heights:
        return []
    return [
        (one, heights[id(one.element)]) for one in pictures_of(part) if id(one.element) in heights
    ]
