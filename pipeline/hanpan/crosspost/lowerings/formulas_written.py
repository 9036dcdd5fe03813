"""Formulas without MathML and pictures: in letters, or their TeX as code."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.formulas.plain import in_letters
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
        shown = otherwise(formula) if written is None else written
        tree.replace(formula, shown)
        if formula.get("display") == "block":
            _part_from_words(shown)


def _part_from_words(shown: Element) -> None:
    """Put a displayed formula on a line of its own, in a paragraph that has words beside it."""
    around, before, after = shown.getparent(), shown.getprevious(), shown.getnext()
    if around is None:
        return
    text = (around.text if before is None else before.tail) or ""
    if text.strip() or (before is not None and before.tag != "br"):
        shown.addprevious(etree.Element("br"))  # lxml moves no tail of what is before
    if (shown.tail or "").strip() or (after is not None and after.tag != "br"):
        line_end = etree.Element("br")
        line_end.tail, shown.tail = (shown.tail or "").lstrip(), None
        around.insert(around.index(shown) + 1, line_end)


def tex_code(formula: Element) -> Element:
    """Return a formula's TeX as code."""
    code = etree.Element("code", {"class": "maths"})
    code.text = tex_of(formula)
    return code
