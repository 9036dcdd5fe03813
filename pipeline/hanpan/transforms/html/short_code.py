"""Short names in code that stay in one piece: browsers break `keep-all` at its hyphen."""

from __future__ import annotations

from hanpan import tree
from hanpan.tree import Element

_MOST = 24  # characters, some 180 pixels: half of a telephone's column


def mark_short_code(root: Element) -> None:
    """Give each inline `<code>` of one short word the class "short"."""
    for code in root.iter("code"):
        parent, text = code.getparent(), tree.text_of(code)
        is_inline = parent is not None and parent.tag != "pre"
        if is_inline and len(text) <= _MOST and len(text.split()) == 1:
            tree.add_class(code, "short")
