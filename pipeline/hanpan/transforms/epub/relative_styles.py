"""Relative styles: what authors said of looks, as far as a reader may choose the size of all."""

from __future__ import annotations

import re

from hanpan.transforms.select import with_attribute
from hanpan.tree import Element

_ABSOLUTE = re.compile(r"\d(?:px|pt)|\b(?:max-)?height:")


def relative_styles(root: Element) -> None:
    """Drop the declarations of `style` attributes that name lengths in pixels, or heights."""
    for element in with_attribute(root, "style"):
        parts = (element.get("style") or "").split("; ")
        kept = "; ".join(part for part in parts if not _ABSOLUTE.search(part))
        if kept:
            element.set("style", kept)
        else:
            del element.attrib["style"]
