"""What a reader finds in HTML: the things that an editor must not lose of what is pasted."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import unquote

from hanpan import tree
from hanpan.tree import HEADINGS, Element

_BLANKS = re.compile(r"[\s\u00a0\u200b\u2060\ufeff]+")


def shape(html: str) -> dict[str, Any]:
    """Return words, headings, items of lists, code, cells of tables, pictures and links."""
    root = tree.parse(html)
    for caption in list(root.iter("caption")):  # an editor may show it below the table
        table = caption.getparent()
        if table is not None:
            tree.remove(caption)
            table.append(caption)
    for mark in root.iter("br"):
        mark.tail = "\n" + (mark.tail or "")
    return {
        "words": _squeezed(root),
        "headings": [(str(h.tag), _squeezed(h)) for h in root.iter(*HEADINGS) if _squeezed(h)],
        "items": [(_depth(item), _own_words(item)) for item in root.iter("li")],
        # of code within code the outer one: Lexical makes blocks of both <pre> and <code>
        "code": [
            _code(pre) for pre in root.iter("pre") if next(pre.iterancestors("pre"), None) is None
        ],
        "cells": [
            [[_squeezed(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
            for table in root.iter("table")
        ],
        "pictures": [img.get("src") for img in root.iter("img")],
        "links": [
            (unquote(a.get("href") or ""), _squeezed(a)) for a in root.iter("a") if a.get("href")
        ],
    }


def differences(ours: str, theirs: str) -> dict[str, tuple[Any, Any]]:
    """Return what differs between the shapes of two texts, by kind."""
    before, after = shape(ours), shape(theirs)
    return {kind: (before[kind], after[kind]) for kind in before if before[kind] != after[kind]}


def _squeezed(element: Element) -> str:
    text = unicodedata.normalize("NFC", tree.text_of(element))
    return _BLANKS.sub("", text)


def _own_words(item: Element) -> str:
    """Return the words of an item without those of lists in it."""
    lists = [inner for child in item.iterchildren() for inner in child.iter("ul", "ol")]
    words = _squeezed(item)
    for inner in lists:
        words = words.replace(_squeezed(inner), "", 1)
    return words


def _depth(item: Element) -> int:
    return sum(1 for _ in item.iterancestors("ul", "ol"))


def _code(pre: Element) -> str:
    """Return code to the blank; blanks that may not break are those that an editor needs."""
    return tree.text_of(pre).replace("\u00a0", " ").rstrip("\n")
