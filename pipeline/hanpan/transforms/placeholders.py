"""Placeholders: a picture that is out of reach becomes a label that says what it would show."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.labels import Labels
from hanpan.tree import Element


def placeholders(root: Element, lang: str = "ko") -> None:
    """Put a visible, named span in the place of each `<img data-missing>` below `root`.

    `lang` is the document's.
    """
    note = Labels(lang).missing_picture
    for img in list(root.iter("img")):
        if img.get("data-missing") is None:
            continue
        alt = " ".join((img.get("alt") or "").split())
        span = etree.Element("span", {"class": "missing-image", "role": "img"})
        span.set("aria-label", f"{alt} ({note})" if alt else note)
        span.text = f"{alt} ({note})" if alt else note
        tree.replace(img, span)
