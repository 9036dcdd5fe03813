"""Tight items: list items whose text is no paragraph, item by item, as kramdown has them."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.select import with_attribute
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element


def tight_items(root: Element, context: Context) -> None:
    """Take away the paragraphs of items that the dialect has marked.

    The last item of a list has no blank line behind it that means anything: it goes with the
    others.
    """
    lists: dict[Element, None] = {}
    tight: set[Element] = set()
    for mark in with_attribute(root, "data-tight"):
        item = next((outer for outer in mark.iterancestors() if outer.tag == "li"), None)
        tree.remove(mark)
        parent = item.getparent() if item is not None else None
        if item is not None and parent is not None:
            tight.add(item)
            lists[parent] = None
    for parent in lists:
        items = [item for item in parent if item.tag == "li"]
        first = [item for item in items[:-1] if item in tight or not _begins_with_text(item)]
        last = items[-1]
        if (last in tight or len(last) == 1) and (first or len(items) == 1):
            tight.add(last)
        else:
            tight.discard(last)
        for item in items:
            if item in tight and _begins_with_text(item):
                tree.unwrap(item[0])


def _begins_with_text(item: Element) -> bool:
    return len(item) > 0 and item[0].tag == "p" and not (item.text or "").strip()
