"""Inline drawings (SVG) as pictures: every editor takes a PNG, none keeps an `<svg>` of a post."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.svg import NotAnSvg, clean_svg, svg_size
from hanpan.assets.pictures.svg_words import name_of_drawing
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.pictures import drawing_fonts, raster
from hanpan.transforms.select import inline_drawings
from hanpan.tree import Element


def drawings_drawn(root: Element, lowering: Lowering) -> None:
    """Replace each `<svg>` by an `<img>`; one that cannot be drawn stays, and lint reports it."""
    for drawing in inline_drawings(root):
        svg = clean_svg(etree.tostring(drawing, with_tail=False))
        try:
            size = svg_size(svg)
        except (NotAnSvg, NotAPicture):
            continue
        png = raster(svg, drawing_fonts(tree.text_of(drawing), lowering.files), *size)
        if png:
            lowering.lose("drawing-picture", at=drawing)
            alt = name_of_drawing(drawing) or lowering.labels.picture
            tree.replace(drawing, lowering.draw("drawing", alt, png, *size))
