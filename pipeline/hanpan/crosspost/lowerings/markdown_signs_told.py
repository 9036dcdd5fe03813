"""Signs of Markdown in text, for editors that read pasted text as Markdown (Tiptap's paste rules).

`**` and backticks in a sentence about Markdown would become markup and disappear. Nothing keeps
them without changing the text, so the report names the places. Code is left alone there.
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
_NO_TEXT = ("code", "pre", "math", "svg")


def markdown_signs_told(root: Element, lowering: Lowering) -> None:
    """Report each block with text between signs of Markdown; change nothing."""
    for block in root.iter(*BLOCKS):
        if block.tag != "pre" and _MARKED.search(_own_text(block)):
            lowering.lose("markdown-signs", at=block)


def _own_text(element: Element) -> str:
    """Return the text of an element without that of blocks and code in it."""
    parts = [element.text or ""]
    for child in element:
        is_other = child.tag in BLOCKS or child.tag in _NO_TEXT
        parts += [_CODE if is_other else _own_text(child), child.tail or ""]
    return "".join(parts)
