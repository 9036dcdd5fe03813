"""Lists without lists inside, for editors that know one level: inner items begin with a dash."""

from __future__ import annotations

from lxml import etree

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.tree import Element

_MARKS = ("– ", "· ")


def lists_one_deep(root: Element, lowering: Lowering) -> None:
    """Move the items of inner lists behind the item that they stand in."""
    for outer in list(root.iter("ul", "ol")):
        if next(outer.iterancestors("li"), None) is None:
            items = [item for item in outer if item.tag == "li"]
            for item in items:
                _unfold(item, item, 0, lowering)


def _unfold(item: Element, after: Element, depth: int, lowering: Lowering) -> Element:
    """Move the items of lists in `item` behind `after`; return the last one moved."""
    for inner in [child for child in item.iter("ul", "ol") if _item_of(child) is item]:
        lowering.lose("nested-list", at=inner)
        for number, child in enumerate([c for c in inner if c.tag == "li"], 1):
            mark = f"{number}. " if inner.tag == "ol" else _MARKS[min(depth, 1)]
            moved = child
            moved.tail = None
            _begin_with(moved, mark)
            after.addnext(moved)
            after = _unfold(moved, moved, depth + 1, lowering)
        tree.remove(inner)
    return after


def _item_of(element: Element) -> Element | None:
    return next(element.iterancestors("li"), None)


def _begin_with(item: Element, mark: str) -> None:
    first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    span = etree.Element("span")
    span.text = mark
    span.tail, first.text = (first.text or "").lstrip(), None
    first.insert(0, span)
    tree.unwrap(span)
