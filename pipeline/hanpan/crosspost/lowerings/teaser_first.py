"""The teaser as the first picture, which platforms show in their lists."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def teaser_first(root: Element, lowering: Lowering) -> None:
    """Put the teaser above the body, unless settings want it only in the platform's field."""
    put_teaser(root, lowering, usual="first")


def put_teaser(root: Element, lowering: Lowering, *, usual: str) -> None:
    """Put the teaser, or the cover drawn instead, above the body, unless it is already there.

    `usual` is the default of the setting `teaser`. As a cover it is left out where the platform has
    a field for it and it has an address.
    """
    teaser = lowering.teaser
    if teaser is None or _begins_with(root, f"asset:{teaser.key}"):
        return
    is_sent = lowering.platform.cover and (teaser.url or lowering.platform.upload)
    if is_sent and (lowering.settings.teaser or usual) == "cover":
        return
    place = etree.Element("p", {"class": "teaser"})
    etree.SubElement(place, "img", {"src": f"asset:{teaser.key}", "alt": teaser.alt})
    place.tail, root.text = root.text, None
    root.insert(0, place)


def _begins_with(root: Element, source: str) -> bool:
    """Tell whether the body's first thing is this picture."""
    first = next(root.iter("img"), None)
    if first is None or first.get("src") != source:
        return False
    while (parent := first.getparent()) is not None:
        before = (parent.text or "") + "".join(
            tree.text_of(e) + (e.tail or "") for e in first.itersiblings(preceding=True)
        )
        if before.strip():
            return False
        first = parent
    return True
