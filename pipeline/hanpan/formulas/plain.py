"""Formulas in letters, where a line of text is as good as a picture: `x² + 1`, `O(n log n)`.

Only signs in a row with plain superscripts and subscripts; anything else needs a picture.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy

from lxml import etree

from hanpan import tree
from hanpan.tree import Element

_ROWS = ("math", "semantics", "mrow", "mstyle", "mpadded")
_NOTES = ("annotation", "annotation-xml")
_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "‾": "\u0304",
    "˙": "\u0307",
    "→": "\u20d7",
}
_TIGHT = frozenset("()[]{}|‖!'′⌊⌋⌈⌉⟨⟩/.,;∂∇¬∀∃√°%&")
# functions of what follows, and products without a sign
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_SIGNED = frozenset("+-−±∓")  # a sign of a number where nothing stands before it
_GAP = "\u2009"  # behind `log` or `lim`, until a bracket follows
_RAISED = str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SHORT = 3  # signs above or below the bar of a fraction that is readable in a line


class NotPlain(ValueError):
    """The formula is more than signs in a row."""


def in_letters(formula: Element) -> Element | None:
    """Return a `<math>` as a `<span class="maths">` with letters, None where that is impossible."""
    span = etree.Element("span", {"class": "maths"})
    try:
        _write(formula, span, depth=0)
    except NotPlain:
        return None
    _trim(span)
    for part in span.iter():
        part.text, part.tail = _plain_blanks(part.text), _plain_blanks(part.tail)
    return span if tree.text_of(span).strip() else None


def text_with_formulas(element: Element) -> str | None:
    """Return the text of an element whose formulas are letters, None where one cannot be.

    Exponents and indices are Unicode's where it has them, else behind ^ and _: `x²`, `a_k`.
    """
    copy = deepcopy(element)
    copy.tail = None
    for formula in list(copy.iter("math")):
        span = in_letters(formula)
        if span is None:
            return None
        for part in span.iter("sup", "sub"):
            part.text = _in_a_line(tree.text_of(part), str(part.tag))
            del part[:]
        text, tail = tree.text_of(span), formula.tail
        formula.clear()
        formula.tag, formula.text, formula.tail = "span", text, tail
    return tree.text_of(copy)


def _in_a_line(text: str, tag: str) -> str:
    table, mark = (_RAISED, "^") if tag == "sup" else (_LOWERED, "_")
    if text and all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _plain_blanks(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text) if text else None


def _write(element: Element, into: Element, depth: int) -> None:
    tag = str(element.tag)
    if tag in _ROWS:
        for child in element:
            if child.tag not in _NOTES:
                _write(child, into, depth)
    elif tag in ("mi", "mn", "mtext", "ms"):
        _leaf(element, into)
    elif tag == "mo":
        _operator(element, into, depth)
    elif tag == "mspace":
        tree.append_text(into, " ")
    elif tag in ("msub", "msup", "msubsup"):
        _scripts(element, into, depth)
    elif tag in ("mfrac", "msqrt"):
        _short(element, into, depth)
    elif tag == "mover" and len(element) == 2:
        _accent(element, into)
    else:
        raise NotPlain(tag)


def _leaf(element: Element, into: Element) -> None:
    text = "".join(_upright(character) for character in element.text or "")
    if not _is_word(element):
        tree.append_text(into, text)
        return
    spaced = tree.text_of(into)[-1:].isalnum()
    tree.append_text(into, f" {text}{_GAP}" if spaced else f"{text}{_GAP}")


def _is_word(element: Element) -> bool:
    """Tell whether a leaf is `log`, `lim` or the like, which needs space around it."""
    return element.tag == "mi" and len(element.text or "") > 1


def _upright(character: str) -> str:
    """Return a letter of mathematical italics as an ordinary one, which every font has."""
    if ord(character) < 0x1D400 or "ITALIC" not in unicodedata.name(character, ""):
        return character
    return unicodedata.normalize("NFKC", character)


def _operator(element: Element, into: Element, depth: int) -> None:
    text = (element.text or "").strip().translate(_INVISIBLE)
    before = tree.text_of(into).rstrip(" ")
    if not text:
        return
    if text in "([{)]},;!":
        _trim(into, " " + _GAP if text in ")]},;!" else _GAP)
    if text in (",", ";"):
        tree.append_text(into, f"{text} ")
    elif text in _TIGHT or depth or (text in _SIGNED and _is_sign(before)):
        tree.append_text(into, text)
    else:
        _trim(into)
        tree.append_text(into, f" {text} ")


def _is_sign(before: str) -> bool:
    """Tell whether a plus or minus belongs to the number behind it."""
    return not before or before[-1] in "([{,;=<>≤≥≈∈+-−×·/|"


def _scripts(element: Element, into: Element, depth: int) -> None:
    """Write a base with its scripts; a script has no script of its own."""
    base, *scripts = element
    if depth or (base.tag == "mo" and (base.text or "") in "∑∏∫⋃⋂"):
        raise NotPlain(str(element.tag))
    _write(base, into, depth)
    _trim(into)
    is_word = any(_is_word(leaf) for leaf in base.iter())
    names = {"msub": ("sub",), "msup": ("sup",)}.get(str(element.tag), ("sub", "sup"))
    for name, script in zip(names, scripts, strict=True):
        if (text := _prime(script)) is not None:
            tree.append_text(into, text)
            continue
        small = etree.SubElement(into, name)
        _write(script, small, depth + 1)
        _trim(small)
    if is_word:
        tree.append_text(into, _GAP)


def _prime(script: Element) -> str | None:
    text = tree.text_of(script).strip()
    return text if text and set(text) <= set("′″‴'") else None


def _short(element: Element, into: Element, depth: int) -> None:
    """Write a fraction or a root of single numbers or letters in one line."""
    parts = [tree.text_of(part).strip() for part in element]
    plain = all(part.tag in (*_ROWS, "mi", "mn") for part in element)
    leaves = all(leaf.tag in (*_ROWS, "mi", "mn") for part in element for leaf in part.iter())
    if depth or not plain or not leaves or not all(0 < len(part) <= _SHORT for part in parts):
        raise NotPlain(str(element.tag))
    if element.tag == "msqrt":
        text = "√" + parts[0] if len(parts) == 1 else ""
    else:
        if any(len(part) > 1 and not part.isdigit() for part in parts):
            raise NotPlain("mfrac")
        text = "/".join(parts)
    if not text:
        raise NotPlain(str(element.tag))
    tree.append_text(into, text)


def _accent(element: Element, into: Element) -> None:
    base, accent = element
    character = (accent.text or "").strip()
    sign = (
        character
        if len(character) == 1 and unicodedata.combining(character)
        else _ACCENTS.get(character)
    )
    letter = "".join(map(_upright, (base.text or "").strip()))
    if sign is None or base.tag != "mi" or len(letter) != 1:
        raise NotPlain("mover")
    tree.append_text(into, unicodedata.normalize("NFC", letter + sign))


def _trim(into: Element, blanks: str = " " + _GAP) -> None:
    """Remove blanks at the end of what was written so far."""
    if len(into):
        into[-1].tail = (into[-1].tail or "").rstrip(blanks) or None
    else:
        into.text = (into.text or "").rstrip(blanks)
