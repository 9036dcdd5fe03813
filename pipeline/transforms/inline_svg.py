"""Inline SVG: its namespace, no scripts or foreign parts, and ids of its own."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.transforms.word_set import word_set
from pipeline.tree import Element, remove, unwrap

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XLINK = "http://www.w3.org/1999/xlink"
FOREIGN = {"svg": SVG, "math": MATHML}
# The elements of SVG 2 that draw. Left out: those that run, move, fetch or hold HTML.
_DRAWING = word_set("""
    circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
    feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence filter g line linearGradient marker mask
    metadata path pattern polygon polyline radialGradient rect stop style svg switch symbol text
    textPath title tspan use view""")


def plain_names(root: Element) -> None:
    """Take namespaces off tags and say them as plain `xmlns` attributes, as text will have them."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace:
            element.tag = name.localname
    for element in root.iter(*FOREIGN):
        if not any(parent.tag in FOREIGN for parent in element.iterancestors()):
            element.set("xmlns", FOREIGN[str(element.tag)])
    etree.cleanup_namespaces(root)


def is_foreign(element: Element) -> bool:
    """Tell whether an element is SVG or MathML, or inside."""
    return element.tag in FOREIGN or any(up.tag in FOREIGN for up in element.iterancestors())


def sound_svg(root: Element) -> None:
    """Take away what SVG must not do in a book, and make its ids its own."""
    taken = {
        element.get("id", "") for element in root.iter(etree.Element) if not is_foreign(element)
    }
    for svg in [element for element in root.iter("svg") if element.get("xmlns")]:
        for element in list(svg.iter(etree.Element)):
            if element.getparent() is None:
                continue
            if element.tag == "a":
                unwrap(element)
            elif element.tag not in _DRAWING:
                remove(element)
            else:
                _sound_attributes(element)
        _own_ids(svg, taken)


def _sound_attributes(element: Element) -> None:
    """Drop event handlers, data attributes and references that lead out of the picture."""
    for name, value in list(element.attrib.items()):
        low = str(name).lower()
        if low.startswith(("on", "data-", "aria-", "xml", "role", "tabindex")) and low != "xmlns":
            del element.attrib[name]
        elif low in ("href", "xlink-href", f"{{{XLINK}}}href"):
            del element.attrib[name]
            if str(value).startswith("#"):
                element.set(f"{{{XLINK}}}href", value)
        elif re.search(r"url\(\s*['\"]?(?!['\"]?#)", str(value)):
            del element.attrib[name]


def _own_ids(svg: Element, taken: set[str]) -> None:
    """Rename ids that the page has already, and what refers to them inside this picture."""
    renamed: dict[str, str] = {}
    for element in svg.iter(etree.Element):
        identity = element.get("id")
        if identity is None:
            continue
        fresh, number = identity, 2
        while fresh in taken or re.search(r"\s|^$", fresh):
            fresh = f"{re.sub(r'[^A-Za-z0-9_.-]', '', identity) or 'svg'}-{number}"
            number += 1
        taken.add(fresh)
        element.set("id", fresh)
        if fresh != identity:
            renamed[identity] = fresh
    if not renamed:
        return
    known = re.compile("#(" + "|".join(re.escape(name) for name in renamed) + r")(?![\w.-])")

    def follow(text: str) -> str:
        return known.sub(lambda found: "#" + renamed[found[1]], text)

    for element in svg.iter(etree.Element):
        for name, value in element.attrib.items():
            element.set(name, follow(str(value)))
        if element.tag == "style" and element.text:
            element.text = follow(element.text)
