"""Namespaces: SVG and MathML as an XML page names them; a body says them by their elements."""

from __future__ import annotations

from hanpan.transforms.select import drop
from hanpan.tree import Element

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XLINK = "http://www.w3.org/1999/xlink"


def name_spaces(root: Element) -> None:
    """Declare the namespaces of drawings and formulas; references become XLink's (SVG 1.1)."""
    for tag, namespace in (("svg", SVG), ("math", MATHML)):
        for element in root.iter(tag):
            if next(element.iterancestors(tag), None) is None:
                element.set("xmlns", namespace)
    for svg in root.iter("svg"):
        for element in svg.iter("*"):
            href = drop(element, "href")
            if href:
                element.set(f"{{{XLINK}}}href", href)
