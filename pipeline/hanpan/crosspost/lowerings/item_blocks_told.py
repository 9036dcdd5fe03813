"""List items that hold more than text and lists, for editors whose items cannot: told.

Tiptap 3 (ProseMirror) empties an item that begins with code; what was in it follows the list.
"""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.tree import HEADINGS, Element

_BLOCKS = ("pre", "table", "blockquote", "figure", "hr", *HEADINGS)


def item_blocks_told(root: Element, lowering: Lowering) -> None:
    """Report each item with such a block; change nothing."""
    for item in root.iter("li"):
        if any(child.tag in _BLOCKS for child in item):
            lowering.lose("item-block", at=item)
