"""Code line by line, for editors that keep neither `<pre>` nor blanks."""

from __future__ import annotations

import re

from hanpan.tree import Element

_NBSP = "\u00a0"
Line = list[tuple[str, str]]  # texts, each with the class of its colour or ""


def code_lines(pre: Element) -> list[Line]:
    """Return the lines of a `<pre>`, blanks that would collapse as no-break spaces."""
    lines: list[Line] = [[]]
    for text, name in _pieces(pre, ""):
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append([])
            if part:
                begun = any(before.strip(" " + _NBSP) for before, _ in lines[-1])
                lines[-1].append((_hard_blanks(part, begun), name))
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def _pieces(element: Element, name: str) -> list[tuple[str, str]]:
    """Return the text of code in pieces, each with the class of its innermost span."""
    pieces = [(element.text or "", name)]
    for child in element:
        if child.tag == "br":
            pieces.append(("\n", ""))
        pieces += _pieces(child, child.get("class") or name if child.tag == "span" else name)
        pieces.append((child.tail or "", name))
    return pieces


def _hard_blanks(text: str, begun: bool) -> str:
    """Keep runs of blanks, and all blanks before the first character of a line."""
    text = text.expandtabs(4)
    text = re.sub(r" {2,}", lambda match: _NBSP * len(match[0]), text)
    return text if begun else re.sub(r"^ +", lambda match: _NBSP * len(match[0]), text)
