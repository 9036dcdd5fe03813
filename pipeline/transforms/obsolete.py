"""Obsolete HTML (HTML Standard, section 16.2) as what took its place: `<center>`, `align`."""

from __future__ import annotations

import re

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.transforms.select import drop, with_attribute
from pipeline.tree import Element

# element -> what it is now, and its class; "" where only its contents stay
_NOW = {
    "center": ("div", "align-center"),
    "strike": ("del", ""),
    "tt": ("code", ""),
    "acronym": ("abbr", ""),
    "dir": ("ul", ""),
    "big": ("", ""),
    "font": ("", ""),
    "basefont": ("", ""),
    "blink": ("", ""),
    "marquee": ("", ""),
    "nobr": ("", ""),
    "noembed": ("", ""),
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\Z|[A-Za-z]{3,20}\Z")
_ALIGNED = frozenset("p div img h1 h2 h3 h4 h5 h6 table figure hr".split())
_SIDES = ("left", "center", "right")


def obsolete(root: Element, context: Context) -> None:
    """Write old elements and attributes in today's HTML."""
    for element in list(root.iter(*_NOW)):
        now, name = _NOW[element.tag]
        colour = (element.get("color") or "").strip()
        if element.tag == "font" and _COLOUR.match(colour):
            element.tag = "span"
            _style(element, f"color: {colour}")
        elif now:
            element.tag = now
            if name:
                tree.add_class(element, name)
        else:
            tree.unwrap(element)
    for element in with_attribute(root, "align"):
        side = drop(element, "align").strip().lower()
        if side in _SIDES and element.tag in _ALIGNED:
            tree.add_class(element, f"align-{side}")
        elif side in _SIDES and element.tag in ("td", "th", "tr"):
            _style(element, f"text-align: {side}")
    for anchor in with_attribute(root, "name"):
        name = drop(anchor, "name")
        if anchor.tag == "a" and not anchor.get("id"):
            anchor.set("id", name)


def _style(element: Element, declaration: str) -> None:
    before = (element.get("style") or "").strip().rstrip(";")
    element.set("style", f"{before}; {declaration}" if before else declaration)
