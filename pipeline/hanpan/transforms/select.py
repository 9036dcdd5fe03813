"""Selecting elements in document order, as lists: the tree may change while they are walked."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.tree import Element


def html_elements(root: Element) -> list[Element]:
    """Return the elements below `root` that are neither SVG nor MathML, nor inside.

    Not by XPath: it sorts what it finds, which takes minutes where thousands are siblings.
    """
    drawn: set[Element] = set()
    for outer in root.iter("svg", "math"):
        if outer not in drawn:
            drawn.update(outer.iter())
    return [element for element in root.iterdescendants(etree.Element) if element not in drawn]


def inline_drawings(root: Element) -> list[Element]:
    """Return the `<svg>`s below `root` that are in no other."""
    return [svg for svg in root.iter("svg") if next(svg.iterancestors("svg"), None) is None]


def with_attribute(root: Element, name: str) -> list[Element]:
    """Return the elements below `root` that have an attribute."""
    return [element for element in root.iterfind(f".//*[@{name}]")]


def with_class(root: Element, tag: str, name: str) -> list[Element]:
    """Return the elements below `root` of a tag that have a class."""
    return [element for element in root.iter(tag) if name in tree.classes(element)]


def attributes(element: Element) -> list[tuple[str, str]]:
    """Return names and values of an element's attributes."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def drop(element: Element, *names: str) -> str:
    """Take attributes away; return the value of the last that was there, or ""."""
    value = ""
    for name in names:
        if name in element.attrib:
            value = element.get(name) or ""
            del element.attrib[name]
    return value
