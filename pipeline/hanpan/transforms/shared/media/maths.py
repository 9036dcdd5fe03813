"""Maths: MathML that a validator accepts; what cannot be drawn is shown as TeX, and reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from hanpan import tree
from hanpan.formulas.engine import NotAFormula
from hanpan.formulas.reading import begin_post, read_tex
from hanpan.transforms.maths_svg import draw_formula, formula_face, tex_of
from hanpan.transforms.select import attributes
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.media.equations import in_prose, numbered
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
_SILENT = frozenset("code pre math annotation script style mtext mi mo mn".split())
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
    "width": r"[+-]?[\d.]+(em|ex|px|pt|%)?",
    "height": r"[+-]?[\d.]+(em|ex|px|pt|%)?",
}


def maths(root: Element, context: Context) -> None:
    """Leave sound MathML of each formula, and its TeX as code where it cannot be drawn."""
    by_mathjax = _read_tex(root, context)
    for formula in list(root.iter("math")):
        if formula.getparent() is None:
            continue
        for extra in list(formula.iter("annotation-xml")):
            tree.remove(extra)
        if all(_is_sound(element) for element in formula.iter(etree.Element)):
            for element in formula.iter(etree.Element):
                _clean(element)
            if formula not in by_mathjax:
                _report_undrawn(formula, context)
        else:
            tex = formula.get("alttext") or " ".join(tree.text_of(formula).split())
            _show_source(formula, tex, context)
    for paragraph in list(root.iter("p")):
        if _is_displayed(paragraph):  # as kramdown has it: no paragraph around a display
            paragraph.tag = "div"
            tree.add_class(paragraph, "maths-display")


def _read_tex(root: Element, context: Context) -> set[Element]:
    """Replace what pandoc made of TeX, or left as it was, by what MathJax makes of it; return that.

    Where MathJax cannot read a formula that pandoc could, pandoc's stays.
    """
    formulas = [(element, tex) for element in root.iter("span", "math") if (tex := _tex(element))]
    if not formulas:
        return set()
    prose = " ".join(text for _, _, text in _prose(root))
    texts, numbers = numbered([tex for _, tex in formulas], prose)
    begin_post()
    made_here: set[Element] = set()
    for (element, written), tex in zip(formulas, texts, strict=True):
        is_block = element.get("display") == "block" or "display" in tree.classes(element)
        try:
            formula = read_tex(tex, is_block=is_block)
        except NotAFormula as error:
            if element.tag == "span":
                _show_source(element, written, context, str(error))
            continue
        if formula is None:  # it only defines something
            _leave_out(element)
        else:
            tree.replace(element, formula)
            made_here.add(formula)
    for element, name, text in _prose(root) if numbers else ():
        setattr(element, name, in_prose(text, numbers))
    return made_here


def _report_undrawn(formula: Element, context: Context) -> None:
    """Report MathML of others that print and payloads will show as its source."""
    if draw_formula(formula, formula_face(formula, context.files, context.lang)) is None:
        message = "a formula cannot be drawn: print and payloads show its source"
        place = context.place_of(formula, tex_of(formula))
        context.report("math", "warning", message, place, "Write it as TeX that MathJax supports.")


def _tex(element: Element) -> str:
    """Return a formula's TeX: of pandoc's MathML, or of what it could not read; "" of none."""
    if element.tag == "span":
        shown = tree.text_of(element) if "math" in tree.classes(element) else ""
        return shown.strip("$").strip()
    note = element.find("semantics/annotation")
    is_tex = note is not None and note.get("encoding") == "application/x-tex"
    return (note.text or "").strip() if note is not None and is_tex else ""


def _leave_out(element: Element) -> None:
    """Remove a formula that shows nothing, and the paragraph that had nothing else."""
    parent = element.getparent()
    tree.remove(element)
    if parent is not None and parent.tag == "p" and not len(parent) and not tree.text_of(parent):
        tree.remove(parent)


def _prose(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield the texts outside of formulas and code that may refer to an equation."""
    for element in root.iter(etree.Element):
        if element.tag not in _SILENT and element.text and "ref{" in element.text:
            yield element, "text", element.text
        if element.tail and "ref{" in element.tail:
            yield element, "tail", element.tail


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


def _show_source(formula: Element, source: str, context: Context, reason: str = "") -> None:
    """Show a formula as code: a reader sees TeX, not half of it as prose."""
    code = etree.Element("code", {"class": "tex"})
    code.text = source
    tree.replace(formula, code)
    shown = source if len(source) <= 80 else f"{source[:79]}…"
    because = f" ({reason})" if reason else ""
    message = f"the formula `{shown}` cannot be drawn and is shown as TeX{because}"
    # what the dialect may have changed in it is left out of the search
    place = context.place_of(code, source, max(re.split(r"[\s_\\{}*]+", source), key=len))
    context.report("math", "warning", message, place, "Use commands that MathJax supports.")


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
