"""Inline drawings (SVG) as pictures: every editor takes a PNG, none keeps an `<svg>` of a post."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lxml import etree

from hanpan import tree
from hanpan.assets.diagrams import NotADiagram, as_png
from hanpan.assets.fonts import faces
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.svg import NotAnSvg, clean_svg, svg_size
from hanpan.assets.scripts import faces_for
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_SCALE = 2.0  # pixels of the PNG for one of CSS
_MOST_PIXELS = 16_000_000  # 64 MB in memory


def drawings_drawn(root: Element, lowering: Lowering) -> None:
    """Replace each `<svg>` by an `<img>`; one that cannot be drawn stays, and lint reports it."""
    for drawing in list(root.iter("svg")):
        if next(drawing.iterancestors("svg"), None) is not None:
            continue
        svg = clean_svg(etree.tostring(drawing, with_tail=False))
        words = tree.text_of(drawing)
        fonts = tuple(
            face.path for face in (*faces(lowering.files), *faces_for(words, lowering.files))
        )
        try:
            width, height = svg_size(svg)
        except (NotAnSvg, NotAPicture):
            continue
        png = _png(svg, fonts, min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5))
        if png:
            lowering.lose("drawing-picture", at=drawing)
            alt = _alt(drawing) or lowering.labels.picture
            tree.replace(drawing, lowering.draw("drawing", alt, png, width, height))


def _alt(drawing: Element) -> str:
    """Return the title of a drawing, else the words in it (SVG AAM 1.0)."""
    title = drawing.find("title")
    parts = [title] if title is not None else drawing.iter("text")
    label = drawing.get("aria-label") or " ".join(tree.text_of(part) for part in parts)
    return " ".join(label.split())


@lru_cache(maxsize=32)  # for all platforms of a post
def _png(svg: bytes, fonts: tuple[Path, ...], scale: float) -> bytes:
    try:
        return as_png(svg, fonts, scale)
    except NotADiagram:
        return b""
