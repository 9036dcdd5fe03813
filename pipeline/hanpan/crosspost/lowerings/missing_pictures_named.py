"""Pictures that were not found: a visible mark that says what they would show."""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.placeholders import placeholders
from hanpan.tree import Element


def missing_pictures_named(root: Element, lowering: Lowering) -> None:
    """Put a named mark in the place of each picture that is out of reach."""
    for img in root.iter("img"):
        if img.get("data-missing") is not None:
            lowering.lose("picture-missing", at=img)
    placeholders(root, lowering.lang)
    for span in root.iter("span"):
        if span.get("class") == "missing-image":
            span.text = f"[{span.text}]"
            span.attrib.pop("role", "")
            span.attrib.pop("aria-label", "")
