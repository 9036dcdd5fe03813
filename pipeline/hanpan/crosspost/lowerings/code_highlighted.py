"""Code with its colours, in spans that never cross a line end."""

from __future__ import annotations

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.highlight import highlight
from hanpan.tree import Element


def code_highlighted(root: Element, lowering: Lowering) -> None:
    """Colour all code, and leave out the frame, whose label needs a stylesheet.

    Nothing is coloured where the platform or a setting says so.
    """
    if not lowering.code_colours:
        return
    highlight(root, line_safe=True, numbered=False)
    for frame in list(root.iter("div")):
        if "highlight" in tree.classes(frame) and len(frame) == 1 and frame[0].tag == "pre":
            tree.unwrap(frame)
    for pre in root.iter("pre"):
        pre.attrib.clear()
