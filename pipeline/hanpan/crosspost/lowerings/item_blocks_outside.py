"""Lists parted at what their items cannot hold: code, tables, pictures.

Ghost's editor takes those out of a pasted list and puts them behind it, so that the text is in
another order. So it does with text that follows an inner list in its item.
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import Node, add_copies, paragraph_of, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_LISTS = ("ul", "ol")


def item_blocks_outside(root: Element, lowering: Lowering) -> None:
    """Put such blocks between the parts of their list; what follows one in its item, too."""
    lists = [one for one in root.iter("ul", "ol") if next(one.iterancestors("li"), None) is None]
    for outer in lists:
        if _holds_blocks(outer):
            lowering.lose("item-block", at=outer)
            parts = etree.Element("div")
            parts.extend(_parts(outer))
            tree.replace(outer, parts)
            tree.unwrap(parts)


def _holds_blocks(element: Element) -> bool:
    """Tell whether a list, or one in it, has an item with more than text and then lists."""
    for item in element.iterchildren("li"):
        after_list = False
        for run in runs(item):
            if _is_outside(run) or (after_list and not _is_list(run)):
                return True
            after_list = after_list or _is_list(run)
    return False


def _is_list(run: Element | list[Node]) -> bool:
    return not isinstance(run, list) and run.tag in _LISTS


def _is_outside(run: Element | list[Node]) -> bool:
    if isinstance(run, list):
        return any(not isinstance(node, str) and _has_picture(node) for node in run)
    if run.tag in _LISTS:
        return _holds_blocks(run)
    return run.tag != "p" or _has_picture(run)


def _has_picture(element: Element) -> bool:
    return next(element.iter("img"), None) is not None


def _parts(outer: Element) -> list[Element]:
    """Return a list as lists without such blocks, and the blocks between them, in order."""
    parts: list[Element] = []
    current: Element | None = None  # the list that takes items, until a block comes
    start = outer.get("start") or ""
    items = [item for item in outer if item.tag == "li"]
    for number, item in enumerate(items, int(start) if start.isdigit() else 1):
        place: Element | None = None  # the item that takes text, and lists behind it
        for position, run in enumerate(list(runs(item))):
            is_behind = place is not None and len(place) and _is_list(place[-1])
            if _is_outside(run) or (is_behind and not _is_list(run)):
                current = place = None
                parts += _blocks(run)
            elif place is None and position:
                parts += _blocks(run)
            else:
                if current is None:
                    current = etree.Element(str(outer.tag))
                    parts.append(current)
                    if outer.tag == "ol" and number > 1:
                        current.set("start", str(number))
                if place is None:
                    place = etree.SubElement(current, "li")
                _add(place, run)
    return parts


def _blocks(run: Element | list[Node]) -> list[Element]:
    if isinstance(run, list):
        return [paragraph_of(run)]
    run.tail = None
    return _parts(run) if run.tag in _LISTS else [run]


def _add(item: Element, run: Element | list[Node]) -> None:
    if isinstance(run, list):
        add_copies(item, run)
    else:
        run.tail = None
        item.append(run)
