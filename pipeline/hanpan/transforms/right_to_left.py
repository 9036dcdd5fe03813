"""Right-to-left text: blocks that begin with Arabic or Hebrew run, and are set, from the right."""

from __future__ import annotations

import re
import unicodedata

from hanpan import tree
from hanpan.tree import Element

_RTL = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# fmt: off
_BLOCKS = (
    "caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "summary",
    "td", "th",
)
# fmt: on


def set_directions(root: Element) -> None:
    """Give `dir="rtl"` to each block of text whose first letter is written from right to left.

    That is how Unicode finds a paragraph's direction (UAX #9, P2). What has a `dir` keeps it.
    """
    if not _RTL.search(tree.text_of(root)):
        return
    for block in root.iter(*_BLOCKS):
        if block.get("dir") is None and _begins_from_right(block):
            block.set("dir", "rtl")


def _begins_from_right(block: Element) -> bool:
    return is_from_right(tree.text_of(block))


def is_from_right(text: str) -> bool:
    """Tell whether the first letter of a text is written from right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
