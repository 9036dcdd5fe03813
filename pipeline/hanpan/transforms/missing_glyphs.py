"""Characters that no font has, as their code points: PDF/UA-1 forbids .notdef (7.21.8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

from hanpan import tree
from hanpan.tree import Element

_DRAWN = ("data-lang", "data-running")  # attributes that the stylesheets draw
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


def sign_of(char: str) -> str:
    """Return what stands for a character that no font has."""
    return "" if unicodedata.category(char)[0] == "M" else f"[U+{ord(char):04X}]"


def sign_missing(root: Element, missing: Callable[[str], Collection[str]]) -> None:
    """Replace each character that `missing` returns of the tree's text by `[U+12000]`.

    Marks that would combine, and controls, are dropped.

    The reading has already reported these characters, with their lines.
    """
    attributes = [element.get(name) or "" for element in root.iter("*") for name in _DRAWN]
    absent = set(missing(tree.text_of(root) + "".join(attributes)))
    table = {ord(char): sign_of(char) for char in absent}
    for element in root.iter("*"):
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text:
                signed = _CONTROLS.sub("", text).translate(table)
                if signed != text:
                    setattr(element, name, signed)
        for name in _DRAWN if table else ():
            if element.get(name):
                element.set(name, (element.get(name) or "").translate(table))


def sign_missing_in_svg(data: bytes, missing: Callable[[str], Collection[str]]) -> bytes:
    """Return an SVG (UTF-8, as `clean_svg` leaves it) with signs for what has no font."""
    text = data.decode("utf-8", errors="replace")
    absent = set() if text.isascii() else set(missing(text))
    return (
        text.translate({ord(char): sign_of(char) for char in absent}).encode() if absent else data
    )
