"""Inline MathML that a validator takes; a formula that is broken becomes its own text."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.transforms.word_set import word_set
from pipeline.tree import Element, replace, text_of

_TOKENS = word_set("mi mn mo ms mtext mspace")
# The presentation elements of MathML 3 with how many parts each must have; None: any number.
_PARTS: dict[str, int | None] = {
    **dict.fromkeys(word_set("mrow msqrt mstyle merror mpadded mphantom menclose mtable math")),
    **dict.fromkeys(word_set("mtr mlabeledtr mtd mfenced maction mmultiscripts")),
    **dict.fromkeys(word_set("mfrac mroot msub msup munder mover"), 2),
    **dict.fromkeys(word_set("msubsup munderover"), 3),
    **dict.fromkeys(("none", "mprescripts"), 0),
}
_ATTRIBUTES = word_set("""
    xmlns display class id mathvariant mathcolor mathbackground mathsize dir form fence separator
    lspace rspace stretchy symmetric maxsize minsize largeop movablelimits accent accentunder
    linethickness bevelled numalign denomalign open close separators notation displaystyle
    scriptlevel width height depth voffset align rowalign columnalign rowspacing columnspacing
    rowlines columnlines frame framespacing equalrows equalcolumns side rowspan columnspan
    subscriptshift superscriptshift encoding alttext linebreak""")
_VALUES = {
    "dir": "ltr|rtl",
    "display": "block|inline",
    "rowspan": r"\d+",
    "columnspan": r"\d+",
    "width": r"[\d.]+(em|ex|px|pt|%)?",
    "height": r"[\d.]+(em|ex|px|pt|%)?",
}


def sound_maths(root: Element) -> None:
    """Drop what MathML does not have; put text in the place of formulas that it cannot be."""
    for formula in list(root.iter("math")):
        if formula.getparent() is None:
            continue
        if all(_is_sound(element) for element in formula.iter(etree.Element)):
            for element in formula.iter(etree.Element):
                for name, value in element.attrib.items():
                    wanted = _VALUES.get(str(name), "")
                    if name not in _ATTRIBUTES or not re.fullmatch(wanted or "(?s).*", str(value)):
                        del element.attrib[name]
        else:
            text = etree.Element("code" if formula.get("alttext") else "span")
            text.text = formula.get("alttext") or " ".join(text_of(formula).split())
            replace(formula, text)


def _is_sound(element: Element) -> bool:
    """Tell whether an element is MathML and has the parts that it must have."""
    tag, parent = str(element.tag), element.getparent()
    if tag in ("annotation", "annotation-xml"):
        return tag == "annotation" and not len(element) and _named(parent, "semantics")
    if tag in _TOKENS:
        return not len(element)
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    if tag == "semantics":
        return len(element) > 0 and element[0].tag != "annotation"
    if tag not in _PARTS or (tag == "math" and _named_above(element)):
        return False
    wanted = _PARTS[tag]
    if tag in ("mtr", "mlabeledtr"):
        return _named(parent, "mtable") and all(child.tag == "mtd" for child in element)
    if tag == "mtd":
        return _named(parent, "mtr") or _named(parent, "mlabeledtr")
    if tag == "mtable":
        return all(child.tag in ("mtr", "mlabeledtr") for child in element)
    return wanted is None or len(element) == wanted


def _named(element: Element | None, tag: str) -> bool:
    return element is not None and element.tag == tag


def _named_above(element: Element) -> bool:
    return any(up.tag in ("math", "svg") for up in element.iterancestors())
