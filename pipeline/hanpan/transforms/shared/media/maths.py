"""Maths: MathML that a validator accepts; what cannot be drawn is shown as TeX, and reported."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.transforms.select import attributes, with_class
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.sound.styles import safe_style
from hanpan.tree import Element

_TOKENS = frozenset("mi mn mo ms mtext mspace".split())
# The presentation elements of MathML 3 with how many parts each must have; None: any number.
_PARTS: dict[str, int | None] = {
    **dict.fromkeys("mrow msqrt mstyle merror mpadded mphantom menclose mtable math".split()),
    **dict.fromkeys("mtr mlabeledtr mtd mfenced maction mmultiscripts".split()),
    **dict.fromkeys("mfrac mroot msub msup munder mover".split(), 2),
    **dict.fromkeys("msubsup munderover".split(), 3),
    **dict.fromkeys(("none", "mprescripts"), 0),
}
_ATTRIBUTES = frozenset(
    """display class mathvariant mathcolor mathbackground mathsize dir form fence separator
    lspace rspace stretchy symmetric maxsize minsize largeop movablelimits accent accentunder
    linethickness bevelled numalign denomalign open close separators notation displaystyle
    scriptlevel width height depth voffset align rowalign columnalign rowspacing columnspacing
    rowlines columnlines frame framespacing equalrows equalcolumns side rowspan columnspan
    subscriptshift superscriptshift encoding alttext linebreak""".split()
)
_VALUES = {
    "dir": "ltr|rtl",
    "display": "block|inline",
    "rowspan": r"\d+",
    "columnspan": r"\d+",
    "width": r"[\d.]+(em|ex|px|pt|%)?",
    "height": r"[\d.]+(em|ex|px|pt|%)?",
}


def maths(root: Element, context: Context) -> None:
    """Leave sound MathML, and code in the place of each formula that pandoc or browsers refuse."""
    for span in with_class(root, "span", "math"):  # what pandoc could not read
        _show_source(span, tree.text_of(span).strip("$").strip(), context)
    for formula in list(root.iter("math")):
        if formula.getparent() is None:
            continue
        for extra in list(formula.iter("annotation-xml")):
            tree.remove(extra)
        if all(_is_sound(element) for element in formula.iter(etree.Element)):
            for element in formula.iter(etree.Element):
                _clean(element)
        else:
            tex = formula.get("alttext") or " ".join(tree.text_of(formula).split())
            _show_source(formula, tex, context)
    for paragraph in list(root.iter("p")):
        if _is_displayed(paragraph):  # as kramdown has it: no paragraph around a display
            paragraph.tag = "div"
            tree.add_class(paragraph, "maths-display")


def _is_displayed(paragraph: Element) -> bool:
    """Tell whether a paragraph holds formulas on lines of their own, and nothing else."""
    return (
        len(paragraph) > 0
        and not (paragraph.text or "").strip()
        and all(
            child.tag == "math"
            and child.get("display") == "block"
            and not (child.tail or "").strip()
            for child in paragraph
        )
    )


def _clean(element: Element) -> None:
    """Drop the attributes that MathML does not have. Browsers align columns by style only."""
    for name, value in attributes(element):
        style = safe_style(value) if name == "style" else ""
        if style:
            element.set(name, style)
        elif name not in _ATTRIBUTES or not re.fullmatch(_VALUES.get(name, "(?s).*"), value):
            del element.attrib[name]


def _show_source(formula: Element, source: str, context: Context) -> None:
    """Show a formula as code: a reader sees TeX, not half of it as prose."""
    code = etree.Element("code", {"class": "tex"})
    code.text = source
    tree.replace(formula, code)
    shown = source if len(source) <= 80 else f"{source[:79]}…"
    message = f"the formula `{shown}` cannot be drawn and is shown as TeX"
    # what the dialect may have changed in it is left out of the search
    place = context.place_of(code, source, max(re.split(r"[\s_\\{}*]+", source), key=len))
    context.report("math", "warning", message, place, "Use commands that pandoc supports.")


def _is_sound(element: Element) -> bool:
    """Tell whether an element is MathML and has the parts that it must have."""
    tag, parent = str(element.tag), element.getparent()
    if tag == "annotation":
        return not len(element) and _is_element(parent, "semantics")
    if tag in _TOKENS:
        return not len(element)
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    if tag == "semantics":
        return len(element) > 0 and element[0].tag != "annotation"
    if tag not in _PARTS or (tag == "math" and _is_inside(element)):
        return False
    wanted = _PARTS[tag]
    if tag in ("mtr", "mlabeledtr"):
        return _is_element(parent, "mtable") and all(child.tag == "mtd" for child in element)
    if tag == "mtd":
        return _is_element(parent, "mtr") or _is_element(parent, "mlabeledtr")
    if tag == "mtable":
        return all(child.tag in ("mtr", "mlabeledtr") for child in element)
    return wanted is None or len(element) == wanted


def _is_element(element: Element | None, tag: str) -> bool:
    return element is not None and element.tag == tag


def _is_inside(element: Element) -> bool:
    return any(up.tag in ("math", "svg") for up in element.iterancestors())
