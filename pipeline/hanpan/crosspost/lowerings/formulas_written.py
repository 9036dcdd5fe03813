"""Formulas without MathML and pictures: in letters, or their TeX as code."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from hanpan import tree
from hanpan.crosspost.formulas import in_letters
from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.maths_svg import tex_of
from hanpan.transforms.select import drop, with_class
from hanpan.tree import Element


def formulas_written(root: Element, lowering: Lowering) -> None:
    """Replace each `<math>` by letters where possible, else by its TeX."""

    def as_tex(formula: Element) -> Element:
        lowering.lose("maths", at=formula)
        return tex_code(formula)

    replace_formulas(root, lowering, as_tex)


def replace_formulas(
    root: Element, lowering: Lowering, otherwise: Callable[[Element], Element]
) -> None:
    """Replace each `<math>` by letters where possible, else by the result of `otherwise`."""
    for frame in with_class(root, "div", "maths-display"):
        frame.tag = "p"
        drop(frame, "class")
    for formula in list(root.iter("math")):
        written = in_letters(formula)
        if written is not None:
            lowering.lose("formula-letters", at=formula)
        tree.replace(formula, otherwise(formula) if written is None else written)


def tex_code(formula: Element) -> Element:
    """Return a formula's TeX as code."""
    code = etree.Element("code", {"class": "maths"})
    code.text = tex_of(formula)
    return code
