"""Text that an editor will read as markup when it is pasted, told: seen in Tiptap 3.

It reads pasted text as Markdown, so `**` and backticks in a sentence about Markdown become markup
and disappear, backticks even in code; it makes links of addresses by itself, with the letters
behind them; and its code takes no links. Nothing prevents that without changing the text, so the
report names the places.
"""

from __future__ import annotations

import re

from hanpan.crosspost.blocks import BLOCKS
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_CODE = "\ufffc"  # in the place of what is no text
_MARKED = re.compile(
    r"(?<![^\s(])(?:\*\*[^*]+\*\*|\*[^*]+\*|__[^_]+__|_[^_]+_|~~[^~]+~~|==[^=]+==)|(?<!`)`[^`]+`(?!`)"
)
_IN_CODE = re.compile("(?<!`)`[^`]+`(?!`)")
_NO_TEXT = ("code", "pre", "math", "svg")


def markdown_signs_told(root: Element, lowering: Lowering) -> None:
    """Report text between signs of Markdown, addresses in text, and links of code."""
    for block in root.iter(*BLOCKS):
        if block.tag != "pre" and _MARKED.search(_own_text(block)):
            lowering.lose("markdown-signs", at=block)
    for code in root.iter("code"):
        if _IN_CODE.search(code.text or "") and next(code.iterancestors("pre"), None) is None:
            lowering.lose("markdown-signs", at=code)
        if next(code.iterancestors("a"), None) is not None:
            lowering.lose("linked-code", at=code)
    for link in root.iter("a"):
        is_address = re.match("https?://", link.text or "")
        if is_address and re.match(r"\w", link.tail or ""):
            lowering.lose("address-in-text", at=link)


def _own_text(element: Element) -> str:
    """Return the text of an element without that of blocks and code in it."""
    parts = [element.text or ""]
    for child in element:
        is_other = child.tag in BLOCKS or child.tag in _NO_TEXT
        parts += [_CODE if is_other else _own_text(child), child.tail or ""]
    return "".join(parts)
