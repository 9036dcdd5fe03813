"""Holes: what is changed where a page ends high because the next block finds no room on it.

In this order: a picture gets smaller, down to 75 %; the block floats, with what leads to it, behind
one or two paragraphs that follow, or some more if they are short; the pictures of the page get
smaller with it; a table or a block of code is parted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hanpan.editions.pdf.economy.boxes import (
    BODY,
    NextBlock,
    classes,
    end_of,
    foot_of,
    large_pictures,
    natural_height,
    pictures_of,
    text_of,
)
from hanpan.editions.pdf.economy.changes import SMALLEST, BoxChange, part, reorder, shrink
from hanpan.transforms.print.lead_ins import LEAD_IN
from hanpan.transforms.table_sizes import TURNED
from hanpan.tree import HEADINGS

HOLE = 0.27  # of a page's height, empty at its foot
_FARTHEST, _FAR = 4, 300  # paragraphs behind which a block floats; letters, if more than two
_TWO = 2
_BEYOND = 8  # blocks with which a page is filled before a turned table
_NEAR = 12  # blocks in front of one that are looked through for pictures
_LEADS = 4  # blocks that lead to one: headings, lead-ins
_AROUND = 2.6  # em around a picture
_LETTERS = 40  # of a line, about
_SPARE = 2.0  # px
# what speaks of a block that stands above, or of what has just been shown
_BACKWARD = re.compile(
    r"\s*[\[(\"'“‘*]*(?:이|그|저|위|앞|해당|여기|보시|보면|결과|캡[처쳐]|화면|그림|표|사진|출력|실행"
    r"|this|that|these|those|here|above|as |so |the (?:above|figure|table|result|output|image))",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"(?:^|\s)위(?:의|에|에서|와|처럼|쪽)?\s|바로 앞|\babove\b", re.IGNORECASE)


def hole_of(page: Any) -> float:
    """Return which share of a page is empty above its foot or its notes."""
    return (foot_of(page) - end_of(page)) / float(page.height) if page.height else 0.0


def remedies(page: Any, following: NextBlock, line: float) -> Iterator[BoxChange]:
    """Yield what may fill a hole, to be tried one after the other; `line` is a line's height."""
    blocks = following.children
    leads = _count_leads(blocks)
    block = blocks[leads]
    room = foot_of(page) - end_of(page) - sum(_height(one, line) for one in blocks[:leads])
    shrunk = list(_shrinking(page, following, block, room, line))
    yield from shrunk[:1]
    yield from (order.change for order in orders(following))
    yield from shrunk[1:]
    if _can_part(block):
        yield part(block)


def _count_leads(blocks: Sequence[Any]) -> int:
    """Return how many blocks lead to the one behind them."""
    leads = 0
    while leads < min(_LEADS, len(blocks) - 1) and _leads(blocks[leads]):
        leads += 1
    return leads


def _leads(box: Any) -> bool:
    """Tell whether a block stays with the one behind it."""
    return box.element_tag in HEADINGS or LEAD_IN in classes(box)


def _height(box: Any, line: float) -> float:
    """Return about how much a heading or a lead-in takes."""
    lines = math.ceil(len(text_of(box)) / _LETTERS)
    return line * (lines + (2.2 if box.element_tag in HEADINGS else 0.6))


def _shrinking(
    page: Any, following: NextBlock, block: Any, room: float, line: float
) -> Iterator[BoxChange]:
    """Yield how pictures get smaller: that of the block alone, then all on the page with it."""
    pictures = pictures_of(block)
    if not pictures or block.element_tag == "table":
        return
    width = float(page.width)
    heights = [natural_height(one, width) for one in pictures]
    height = sum(heights)
    if not height or len(pictures) > 1:
        return
    room -= line * (_AROUND / 1.7 + math.ceil(len(text_of(block)) / _LETTERS)) + _SPARE
    own = list(zip(pictures, heights, strict=True))
    factor = room / height
    if SMALLEST <= factor < 1:
        yield shrink(own, factor)
    others = list(_beside(page, following))
    factor = 1 - (height - room) / (height + sum(high for _, high in others))
    if others and SMALLEST <= factor < 1:
        yield shrink([*own, *others], factor)


def _beside(page: Any, following: NextBlock) -> Iterator[tuple[Any, float]]:
    """Yield the pictures in front of a block that are on the page, and their heights there.

    They are the boxes of the document, of which those on the page are copies.
    """
    heights = {id(one.element): float(one.height) for one in large_pictures(page)}
    before = following.parent.children[max(0, following.at - _NEAR) : following.at]
    for picture in (one for block in before for one in pictures_of(block)):
        if height := heights.get(id(picture.element)):
            yield picture, height


@dataclass(frozen=True, slots=True)
class BlockOrder:
    """Another order of blocks: `end` of them stand before the one that floats."""

    change: BoxChange
    end: int


def orders(following: NextBlock) -> Iterator[BlockOrder]:
    """Yield the orders in which more and more following paragraphs stand before a block.

    What leads to it goes with it; a heading stays, for it is also that of the paragraphs.
    """
    blocks, before = following.children, list(following.parent.children[: following.at])
    leads = _count_leads(blocks)
    block = blocks[leads]
    is_turned = TURNED in classes(block)
    if BODY not in classes(following.parent):
        return
    if not (is_turned or pictures_of(block) or block.element_tag == "table"):
        return
    stay = max((at + 1 for at in range(leads) if blocks[at].element_tag in HEADINGS), default=0)
    moving, behind = blocks[stay : leads + 1], blocks[leads + 1 :]
    passed = 0
    has_text = is_turned and not (stay or following.headings)
    for count, box in enumerate(behind[: _BEYOND if is_turned else _FARTHEST], 1):
        if is_turned and has_text and box.element_tag in HEADINGS:
            continue  # what is on a page of its own may be behind the beginning of a section
        if not _can_pass(box, is_first=count == 1, is_turned=is_turned):
            break
        if count > _TWO and not is_turned and passed > _FAR:
            break
        passed += len(text_of(box))
        has_text = is_turned
        order = [*before, *blocks[:stay], *behind[:count], *moving, *behind[count:]]
        yield BlockOrder(reorder(following.parent, order), stay + count)


def _can_pass(box: Any, *, is_first: bool, is_turned: bool) -> bool:
    """Tell whether a block may stand before one that it follows."""
    is_list = is_turned and box.element_tag in ("ul", "ol")
    if not (box.element_tag == "p" or is_list) or pictures_of(box) or _leads(box):
        return False
    text = text_of(box).strip()
    if (len(text) < _LETTERS and not is_list) or _ABOVE.search(text):
        return False
    return not (is_first and _BACKWARD.match(text))


def _can_part(block: Any) -> bool:
    """Tell whether a block is whole that need not be."""
    if block.element_tag not in ("table", "div") or pictures_of(block):
        return False
    return "whole" in classes(block) or any("whole" in classes(one) for one in block.descendants())
