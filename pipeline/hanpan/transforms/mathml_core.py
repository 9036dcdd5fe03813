"""What MathML 3 has and MathML Core has not, in words of Core: Chromium shows nothing of the rest.

Lines around and across a formula become borders and gradients, fences operators, added widths
padding. (https://www.w3.org/TR/mathml-core/, section 3; MathML 3, 3.3.6, 3.3.8 and 3.3.9.)
"""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.transforms.select import drop
from hanpan.tree import Element

_THICK = "0.06em"
_HALF = "0.03em"
_BOX = ("left", "right", "top", "bottom")
_SIDES: dict[str, tuple[str, ...]] = {
    **{side: (side,) for side in _BOX},
    **dict.fromkeys(("box", "roundedbox", "circle"), _BOX),
    "actuarial": ("top", "right"),
    "madruwb": ("bottom", "right"),
    "phasorangle": ("bottom",),
    "longdiv": ("top",),
}


def _diagonal(direction: str, where: str = "") -> str:
    """Return a line across a box, from corner to corner: CSS turns gradients so (Images 3, 3.1)."""
    stops = f"transparent calc(50% - {_HALF}),currentColor calc(50% - {_HALF})"
    stops += f",currentColor calc(50% + {_HALF}),transparent calc(50% + {_HALF})"
    return f"linear-gradient(to {direction},{stops}){where}"


def _bar(where: str) -> str:
    return f"linear-gradient(currentColor,currentColor) {where} no-repeat"


_UP = _diagonal("bottom right")
_ARROW_HEAD = (
    "linear-gradient(to bottom left,currentColor 50%,transparent 50%)"
    " 100% 0/0.35em 0.35em no-repeat"
)
_STRIKES: dict[str, tuple[str, ...]] = {
    "updiagonalstrike": (_UP,),
    "updiagonalarrow": (_ARROW_HEAD, _UP),
    "northeastarrow": (_ARROW_HEAD, _UP),
    "downdiagonalstrike": (_diagonal("bottom left"),),
    "horizontalstrike": (_bar(f"0 50%/100% {_THICK}"),),
    "verticalstrike": (_bar(f"50% 0/{_THICK} 100%"),),
    "phasorangle": (_diagonal("bottom right", " 0 0/0.6em 100% no-repeat"),),
}
_PADDING = {
    "circle": "0.3em 0.5em",
    "phasorangle": "0.1em 0.1em 0.1em 0.7em",
    "longdiv": "0.1em 0 0 0.1em",
    **dict.fromkeys(("box", "roundedbox"), "0.3em"),
}
_RADIUS = {"circle": "50%", "roundedbox": "0.3em"}
_ADDED = re.compile(r"([+-])([\d.]+)(em|ex|px|pt|)\Z")
_AT_RIGHT = re.compile(
    r"text-align:\s*right"
)  # which Chromium takes for "left" in a formula's cell
_LONG_BAR = "\u2015"  # what MathJax calls an overline
# what stands close and full-size above or below a letter (Core, 3.4.3: only where it is said)
_ACCENTS = frozenset("^ˆˇ~˜¯‾ˉ˙¨⃛⃜´ˊ`ˋ˘˚→←↔⇒⇐⟶⟵⇀↼⏞⏟⏜⏝⎴⎵_") | {_LONG_BAR}
_APPLIED = "\u2061"  # between a function and what it is applied to
_THIN = "0.1667em"
_SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts")
# relations, and what stands between two: the operator dictionary spaces them in scripts as well
_SPACED = frozenset("=≠<>≤≥≪≫∼≈≃≅≡∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦∣∥⊥+−-±∓×÷·∗∘∪∩∧∨⊕⊗∖,:;")
_OPENING, _CLOSING = frozenset("([{|‖⟨⌊⌈"), frozenset(")]}|‖⟩⌋⌉!")


def write_mathml_core(root: Element) -> None:
    """Write what Core has no word for in the formulas below `root` in words that it has."""
    for formula in root.iter("math"):
        for element in list(formula.iter("menclose")):
            _draw_lines(element)
        for element in list(formula.iter("mfenced")):
            _write_fences(element)
        for element in formula.iter("mpadded"):
            _pad(element)
        for element in formula.iter("mlabeledtr"):
            element.tag = "mtr"
        for cell in formula.iter("mtd"):
            if _AT_RIGHT.search(style := cell.get("style") or ""):
                cell.set("style", f"{style};text-align:-webkit-right")
        for element in formula.iter("mtable"):
            _close_edges(element)
        for element in formula.iter(*_SCRIPTED):
            _close_scripts(element)
        for element in formula.iter("mover", "munder", "munderover"):
            _mark_accents(element)
        for element in list(formula.iter("mo")):
            if element.text == _LONG_BAR:
                element.text = "\u203e"
            elif element.text == _APPLIED:
                _space_function(element)
            elif (element.text or "").isalpha() and len(element.text or "") > 1:  # lim
                _set_spaces(element, "0", _THIN)


def _mark_accents(element: Element) -> None:
    """Say of an accent that it is one: Chromium and WebKit shrink what stands above otherwise."""
    names = {"mover": ("accent",), "munder": ("accentunder",)}
    for mark, name in zip(
        list(element)[1:], names.get(str(element.tag), ("accentunder", "accent")), strict=False
    ):
        if mark.tag == "mo" and (mark.text or "").strip() in _ACCENTS:
            element.set(name, "true")


def _close_edges(table: Element) -> None:
    """Take the padding off the edges of a table without lines: its brackets have their own.

    Core pads every cell by 0.4 em at both sides; TeX puts space between columns alone.
    """
    if any(table.get(name) for name in ("frame", "columnlines", "rowlines")):
        return
    for row in table.iter("mtr"):
        cells = [cell for cell in row if cell.tag == "mtd"]
        if row.getparent() is table and cells:
            for cell, edge in ((cells[0], "padding-left:0"), (cells[-1], "padding-right:0")):
                style = cell.get("style") or ""
                if edge not in style.replace(" ", ""):
                    cell.set("style", f"{style};{edge}" if style else edge)


def _close_scripts(element: Element) -> None:
    """Take the spaces from around operators in scripts, as TeX does (TeXbook, chapter 18)."""
    for script in list(element)[1:]:
        for operator in script.iter("mo"):
            if (operator.text or "").strip() in _SPACED and operator is not script:
                _set_spaces(operator, "0", "0")


def _draw_lines(element: Element) -> None:
    """Make of `menclose` a row with lines; a root stays one."""
    notations = dict.fromkeys((drop(element, "notation") or "longdiv").split())
    drop(element, "style")  # what older browsers are told of a box
    element.tag = "mrow"
    if "radical" in notations:
        element.tag = "msqrt"
        return
    sides = dict.fromkeys(side for name in notations for side in _SIDES.get(name, ()))
    strikes = dict.fromkeys(line for name in notations for line in _STRIKES.get(name, ()))
    styles = [f"border-{side}:{_THICK} solid" for side in sides]
    styles += [f"border-radius:{_RADIUS[name]}" for name in notations if name in _RADIUS]
    padding = next((_PADDING[name] for name in notations if name in _PADDING), "")
    if not padding and sides:
        padding = "0.2em"
    styles += [f"padding:{padding}"] if padding else []
    styles += [f"background:{','.join(strikes)}"] if strikes else []
    if styles:
        element.set("style", ";".join(styles))
    if "longdiv" in notations:
        _put_bracket_before(element)


def _put_bracket_before(element: Element) -> None:
    """Put the bracket of a long division before what is divided."""
    row = etree.Element("mrow")
    tree.replace(element, row)
    bracket = etree.SubElement(row, "mo", {"stretchy": "true", "lspace": "0", "rspace": "0"})
    bracket.text = ")"
    row.append(element)


def _write_fences(element: Element) -> None:
    """Make of `mfenced` a row with its brackets and commas as operators."""
    marks = {"open": "(", "close": ")", "separators": ","}
    opened, closed, separators = (
        "".join(element.get(name, usual).split()) for name, usual in marks.items()
    )
    drop(element, *marks)
    element.tag = "mrow"
    parts = list(element)
    for at, part in enumerate(parts[:-1] if separators else ()):
        sign = separators[min(at, len(separators) - 1)]
        part.addnext(_operator(sign, "separator"))
    if opened:
        element.insert(0, _operator(opened, "fence"))
    if closed:
        element.append(_operator(closed, "fence"))


def _operator(text: str, kind: str) -> Element:
    operator = etree.Element("mo", {kind: "true"})
    operator.text = text
    return operator


def _space_function(applied: Element) -> None:
    """Set a function apart from the letters around it, as TeX does (TeXbook, chapter 18)."""
    function, argument = applied.getprevious(), applied.getnext()
    if argument is not None and not _begins_with(argument, _OPENING):
        applied.set("lspace", "0")
        applied.set("rspace", _THIN)
    before = function.getprevious() if function is not None else None
    if (
        function is not None
        and before is not None
        and (before.tag != "mo" or before.text in _CLOSING)
    ):
        function.addprevious(etree.Element("mspace", {"width": _THIN}))


def _set_spaces(operator: Element, before: str, behind: str) -> None:
    for name, width in (("lspace", before), ("rspace", behind)):
        operator.set(name, operator.get(name, width))


def _begins_with(element: Element, signs: frozenset[str]) -> bool:
    first = element
    while first.tag == "mrow" and len(first):
        first = first[0]
    return first.tag == "mo" and first.text in signs


def _pad(element: Element) -> None:
    """Make padding of what a formula's part is to be wider and higher by; less is left out."""
    added: dict[str, float] = {}
    unit = "em"
    for name in ("width", "height", "depth"):
        match = _ADDED.match(element.get(name) or "")
        if match:
            added[name] = float(f"{match[1]}{match[2]}")
            unit = match[3] or unit
            del element.attrib[name]
    if "width" in added:
        shift = re.fullmatch(r"([\d.]+)(em|ex|px|pt|)", drop(element, "lspace") or "0")
        left = min(float(shift[1]) if shift else 0.0, max(added["width"], 0.0))
        added |= {"left": left, "right": added["width"] - left}
    sides = [max(added.get(name, 0.0), 0.0) for name in ("height", "right", "depth", "left")]
    if any(sides):
        padding = "padding:" + " ".join(f"{side:g}{unit}" for side in sides)
        element.set("style", ";".join(filter(None, (element.get("style"), padding))))
