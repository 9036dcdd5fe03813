"""Missing pictures: a visible mark that tells what they would show."""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.placeholders import placeholders
from hanpan.tree import Element


def missing_pictures_named(root: Element, lowering: Lowering) -> None:
    """Replace each missing picture by a mark with its name."""
    for img in root.iter("img"):
        if img.get("data-missing") is not None:
            lowering.lose("picture-missing", at=img)
    placeholders(root, lowering.lang)
    for span in root.iter("span"):
        if span.get("class") == "missing-image":
            span.text = f"[{span.text}]"
            span.attrib.pop("role", "")
            span.attrib.pop("aria-label", "")
