"""Lines of code on paper: short blocks stay whole, and what a line has too much hangs indented."""

from __future__ import annotations

import unicodedata

from lxml import etree

from hanpan import tree
from hanpan.transforms.code_line_marks import NUMBER
from hanpan.tree import Element

WHOLE = "whole"  # class of a frame that no page's end may part
TURNED = "turned"  # class of a line that is wider than the block
_SHORT = 12  # lines
GAP = 1.4  # em between the numbers of lines and the code
_HANG = 4  # columns by which the rest of a line stands further in than its beginning


def set_code_lines(root: Element, columns: float) -> None:
    """Mark the frames and lines of code below `root` that print sets by rules of their own.

    `columns` is how many letters of half an em a line has room for. Expects code highlighted with
    `line_safe`; text stays the same to the character. Idempotent.
    """
    for frame in root.iter("div"):
        code = frame.find("pre/code")
        if code is None or "highlight" not in tree.classes(frame):
            continue
        lines = tree.text_of(code).rstrip("\n").split("\n")
        if len(lines) <= _SHORT:
            tree.add_class(frame, WHOLE)
        numbered = [line for line in code if line.get(NUMBER)]
        if numbered:
            _number(numbered, columns)
        elif any(_columns(line) > columns for line in lines) and not _is_nested(code):
            _hang(code, columns)


def _number(lines: list[Element], columns: float) -> None:
    """Set lines in, so that their numbers have room at the left; idempotent."""
    gutter = len(lines[-1].get(NUMBER) or "") / 2 + GAP
    for line in lines:
        _set_in(line, tree.text_of(line), columns - 2 * gutter, gutter)


def _is_nested(code: Element) -> bool:
    """Tell whether an element in the code crosses the end of a line, or is a line already."""
    return any("\n" in tree.text_of(child) or TURNED in tree.classes(child) for child in code)


def _hang(code: Element, columns: float) -> None:
    """Rebuild the code with each long line in a span that hangs."""
    pieces: list[str | Element] = [code.text or ""]
    for child in list(code):
        pieces += [child, child.tail or ""]
        child.tail = None
        code.remove(child)
    code.text = None
    line = etree.Element("span")
    for piece in pieces:
        if not isinstance(piece, str):
            line.append(piece)
            continue
        for part in piece.splitlines(keepends=True):
            tree.append_text(line, part)
            if part.endswith("\n"):
                _add(code, line, columns)
                line = etree.Element("span")
    _add(code, line, columns)


def _add(code: Element, line: Element, columns: float) -> None:
    """Add a line to the code: as it is, or as a block of its own."""
    text = tree.text_of(line)
    if _columns(text) <= columns:
        tree.append_text(code, line.text)
        code.extend(list(line))
        return
    code.append(line)
    _set_in(line, text, columns, 0.0)


def _set_in(line: Element, text: str, columns: float, gutter: float) -> None:
    """Give a line its margin at the left (em), and a hanging indent where it is too long."""
    hang = 0.0
    if _columns(text) > columns:
        indent = _columns(text) - _columns(text.lstrip(" \t"))
        hang = (min(indent, columns / 2) + _HANG) / 2
        tree.add_class(line, TURNED)
    line.set("style", f"padding-left:{gutter + hang:g}em;text-indent:-{hang:g}em")


def _columns(line: str) -> int:
    """Return how wide a line is in D2Coding: a syllable is two letters wide."""
    text = line.rstrip("\n").expandtabs(4)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
