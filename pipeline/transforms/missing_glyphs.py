"""Characters that no font has, as a sign: PDF/UA-1 forbids the glyph .notdef (7.21.8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

from pipeline import tree
from pipeline.tree import Element

SIGN = "□"  # U+25A1, in Noto Sans KR
_DRAWN = ("data-lang", "data-running")  # attributes that the stylesheets draw
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


def sign_missing(root: Element, missing: Callable[[str], Collection[str]]) -> None:
    """Replace each character that `missing` returns of the tree's text by SIGN; drop controls.

    Reading has told the author already which characters these are, and where.
    """
    attributes = [element.get(name) or "" for element in root.iter("*") for name in _DRAWN]
    absent = set(missing(tree.text_of(root) + "".join(attributes)))
    table = {ord(char): SIGN for char in absent if unicodedata.category(char)[0] != "M"}
    table.update({ord(char): "" for char in absent if unicodedata.category(char)[0] == "M"})
    for element in root.iter("*"):
        for name in ("text", "tail"):
            said = getattr(element, name)
            if said:
                mended = _CONTROLS.sub("", said).translate(table)
                if mended != said:
                    setattr(element, name, mended)
        for name in _DRAWN if table else ():
            if element.get(name):
                element.set(name, (element.get(name) or "").translate(table))
