"""A page that stands alone: nothing below the root makes a browser ask the network for anything.

Pictures are not this file's business: the Document has them as assets already.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline import tree
from pipeline.tree import Element

_PLAYERS = ("video", "audio", "iframe", "embed", "object")
_DROPPED = ("link", "script", "base", "meta", "noscript")
# attributes that fetch: HTML Standard, section 4.8, and the obsolete `background`
_FETCHING = ("srcset", "poster", "background", "imagesrcset", "ping", "sizes")
_ADDRESS = re.compile(r"url\((?!\s*[\"']?#)|image-set\(|@import", re.IGNORECASE)


def stand_alone(root: Element) -> None:
    """Make players links to what they would play, and drop what else would be fetched.

    A picture that is no asset counts as missing.
    """
    for element in list(root.iter(*_PLAYERS)):
        _link_instead(element)
    for element in list(root.iter(*_DROPPED)):
        tree.remove(element)
    for element in list(root.iter("style")):
        if _ADDRESS.search(element.text or ""):
            tree.remove(element)
    for element in root.iter(etree.Element):
        _forget_addresses(element)


def _forget_addresses(element: Element) -> None:
    """Take away the attributes that would be fetched."""
    for name in _FETCHING:
        element.attrib.pop(name, "")
    source = element.get("src", "")
    if source and not (element.tag == "img" and source.startswith(("asset:", "data:"))):
        del element.attrib["src"]  # `<input type=image>`, `<track>`
        if element.tag == "img":
            element.set("data-missing", "not an asset")
    style = element.get("style", "")
    if _ADDRESS.search(style):
        kept = (part for part in style.split(";") if not _ADDRESS.search(part))
        element.set("style", ";".join(kept))
    if element.tag in ("image", "use", "feImage"):
        for name in map(str, list(element.attrib)):
            if name.endswith("href") and not element.get(name, "").startswith(("#", "data:")):
                del element.attrib[name]


def _link_instead(element: Element) -> None:
    """Put a link in the place of a player; its own fallback text is lost, its address is not."""
    if element.getparent() is None:
        return
    inner = element.find("source")
    address = element.get("src") or element.get("data")
    address = address or (inner.get("src") if inner is not None else "") or ""
    if not re.match(r"https?://|/|[\w.]", address) or address.lower().startswith("javascript:"):
        tree.remove(element)
        return
    link = etree.Element("a", {"class": "embed", "href": address})
    link.text = element.get("title") or re.sub(r"\Ahttps?://", "", address)
    tree.replace(element, link)
