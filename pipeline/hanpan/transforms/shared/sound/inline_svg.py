"""Inline SVG that draws, and does nothing else."""

from __future__ import annotations

import re

from lxml import etree

from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.svg import check
from hanpan.assets.pictures.svg_words import write_words
from hanpan.transforms.select import attributes, inline_drawings
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element, remove, text_of, unwrap

# The elements of SVG 2 that draw. Left out: those that run, move, fetch, restyle or hold HTML.
_DRAWING = frozenset(
    """circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
    feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence filter g line linearGradient marker mask
    path pattern polygon polyline radialGradient rect stop svg switch symbol text textPath title
    tspan use view""".split()
)
_REFUSED = ("on", "data-", "aria-", "xml", "role", "tabindex", "markdown")
_REMEDY = "Draw it with less, or put a picture in its place."
_FOREIGN = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@import|expression\(", re.IGNORECASE)


def inline_svg(root: Element, context: Context) -> None:
    """Take away what is not drawn; references stay within the drawing, links become its text.

    HTML becomes text of the drawing.
    """
    for svg in inline_drawings(root):
        for switch in svg.iter("switch"):  # one of its children is shown
            others = (child for child in switch if child.tag != "foreignObject")
            context.replaced.extend(text_of(child) for child in others)
        write_words(svg)
        for element in list(svg.iter(etree.Element)):
            if element.tag == "a":
                unwrap(element)
            elif element.tag not in _DRAWING:
                remove(element)
                context.leave_out(f"<{element.tag}>", f"<{element.tag}")
            else:
                _clean(element, context)
        try:
            check(svg)
        except NotAPicture as error:
            message = f"a drawing {error.reason}, so it was left out"
            place = context.place_of(svg, "<svg")
            context.report("image-broken", "warning", message, place, _REMEDY)
            remove(svg)


def _clean(element: Element, context: Context) -> None:
    """Drop event handlers, data attributes and references that lead out of the picture."""
    for name, value in attributes(element):
        low = name.lower()
        if low in ("href", "xlink-href"):
            del element.attrib[name]
            if value.startswith("#"):
                element.set("href", value)
        elif low.startswith(_REFUSED) or _FOREIGN.search(value):
            del element.attrib[name]
            if low.startswith("on"):
                context.leave_out(f"{name} handler", f"{name}=")
