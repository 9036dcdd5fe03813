"""No pictures in the text, for a share, which is text and one picture at most."""

from __future__ import annotations

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def pictures_left_out(root: Element, lowering: Lowering) -> None:
    """Remove each picture, and its frame with the caption."""
    for frame in list(root.iter("figure")):
        if next(frame.iter("img"), None) is not None:
            lowering.lose("pictures-left-out", at=frame)
            tree.remove(frame)
    for img in list(root.iter("img", "svg")):
        lowering.lose("pictures-left-out", at=img)
        tree.remove(img)
