"""Pictures by their public address; without one, a numbered mark where the file is to go.

Where `hanpan publish` uploads pictures, an address that never resolves stands for the file, and
publishing replaces it by the server's own.
"""

from __future__ import annotations

from lxml import etree

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.tree import Element

# of a picture's attributes; what platforms make of srcset, loading and the like is not known
_KEPT = ("alt", "width", "height", "style", "title")


def pictures_public(root: Element, lowering: Lowering) -> None:
    """Replace `asset:ID` by an address that everybody can load, or by a mark."""
    formats = lowering.platform.picture_formats
    for img in list(root.iter("img")):
        picture = lowering.pictures.get((img.get("src") or "").removeprefix("asset:"))
        if picture is None:
            continue
        if formats and picture.media_type not in formats:
            lowering.lose("picture-format", picture.file, at=img)
        address = picture.url or (picture.placeholder if lowering.platform.upload else "")
        if address:
            kept = {name: img.get(name, "") for name in _KEPT if img.get(name)}
            img.attrib.clear()
            for name, value in {"src": address, "alt": picture.alt, **kept}.items():
                img.set(name, value)
        else:
            lowering.lose("picture-mark", at=img)
            mark = etree.Element("span", {"class": "picture-mark"})
            mark.text = picture.mark(lowering.korean)
            tree.replace(img, mark)
