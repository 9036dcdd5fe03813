"""Formulas where MathML is not shown: in letters where possible, else as pictures.

`x² + 1` in letters can be read aloud, copied and searched; nine in ten formulas of posts are like
that. The others are drawn by MathJax and resvg; what cannot be drawn is its TeX, as code.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from hanpan.assets.diagrams import NotADiagram, as_png
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.formulas_written import replace_formulas, tex_code
from hanpan.crosspost.lowerings.pictures_public import FORMULA
from hanpan.transforms.maths_svg import SIZE, draw_formula, formula_face, tex_of
from hanpan.tree import Element

_SCALE = 2.0  # pixels of the PNG for one of CSS


def formulas_drawn(root: Element, lowering: Lowering) -> None:
    """Replace each `<math>` by letters, by an `<img>` with its TeX as alt, or by its TeX."""

    def draw(formula: Element) -> Element:
        new = _picture(formula, lowering)
        if new.tag == "code":
            lowering.undrawn[tex_of(formula)] = None
        lowering.lose("maths" if new.tag == "code" else "formula-picture", at=formula)
        return new

    replace_formulas(root, lowering, draw)


def _picture(formula: Element, lowering: Lowering) -> Element:
    """Return a formula as a picture, as code where it cannot be drawn."""
    face = formula_face(formula, lowering.files, lowering.document.meta.lang)
    drawn = draw_formula(formula, face)
    png = _png(drawn[0]) if drawn else b""
    if not drawn or not png:
        return tex_code(formula)
    _, width, depth = drawn
    size = width * SIZE, _height(drawn[0]) * SIZE
    image = lowering.draw("formula", tex_of(formula), png, *(max(1, round(s)) for s in size))
    if formula.get("display") != "block":
        image.set("class", FORMULA)
        image.set("style", f"vertical-align: {depth:.3f}em")
    return image


def _height(svg: bytes) -> float:
    """Return the height of a drawing in em."""
    box = (etree.fromstring(svg).get("viewBox") or "0 0 1 16").split()
    return float(box[3]) / SIZE


@lru_cache(maxsize=256)  # for all platforms of a post
def _png(svg: bytes) -> bytes:
    try:
        return as_png(svg, (), _SCALE)
    except NotADiagram:
        return b""
