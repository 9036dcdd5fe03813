"""Formulas as their TeX source in code type: these platforms show no MathML."""

from __future__ import annotations

from lxml import etree

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.transforms.select import drop, with_class
from pipeline.tree import Element


def maths_as_tex(root: Element, lowering: Lowering) -> None:
    """Replace each `<math>` by its TeX annotation; what displays one is a paragraph then."""
    for frame in with_class(root, "div", "maths-display"):
        frame.tag = "p"
        drop(frame, "class")
    for formula in list(root.iter("math")):
        lowering.lose("maths", at=formula)
        code = etree.Element("code", {"class": "maths"})
        code.text = tex_of(formula)
        tree.replace(formula, code)


def tex_of(formula: Element) -> str:
    """Return the TeX source of a `<math>`, or its characters where it has none."""
    for note in formula.iter("annotation"):
        if note.get("encoding") == "application/x-tex":
            return " ".join((note.text or "").split())
    return " ".join(tree.text_of(formula).split())
