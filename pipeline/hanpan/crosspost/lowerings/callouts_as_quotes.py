"""Callouts as quotes, for editors without boxes: their first words name them."""

from __future__ import annotations

from hanpan.crosspost.blocks import is_callout
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def callouts_as_quotes(root: Element, lowering: Lowering) -> None:
    """Make each box of `callouts_named` a `<blockquote>`."""
    for box in list(root.iter("div")):
        if is_callout(box):
            lowering.lose("callout", at=box)
            box.tag = "blockquote"
            box.attrib.clear()
