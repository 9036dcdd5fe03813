"""Plain text: one paragraph a line, for editors that take nothing else, and for the clipboard."""

from __future__ import annotations

import re

from hanpan.crosspost.blocks import Node, nodes, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element, text_of


def write_text(root: Element, lowering: Lowering) -> str:
    """Return the body as text; paragraphs are parted by an empty line."""
    return plain_text(root)


def plain_text(root: Element) -> str:
    """Return HTML as text, as a clipboard holds it beside the HTML."""
    return "\n\n".join(block for block in _blocks(root) if block) + "\n"


def _blocks(element: Element) -> list[str]:
    blocks: list[str] = []
    for run in runs(element):
        if isinstance(run, list):
            blocks.append(_line(run))
        elif run.tag == "table":
            blocks.append("\n".join(_row(row) for row in run.iter("tr")))
        elif run.tag == "pre" or _is_code_box(run):
            blocks.append(_code(run))
        elif run.tag == "hr":
            blocks.append("-----")
        else:
            blocks += _blocks(run)
    return blocks


def _is_code_box(element: Element) -> bool:
    """Tell whether a div holds code, one div a line (see blocks_flattened)."""
    return element.tag == "div" and len(element) > 0 and all(e.tag == "div" for e in element)


def _row(row: Element) -> str:
    return "\t".join(" ".join(text_of(cell).split()) for cell in row)


def _code(element: Element) -> str:
    lines = [text_of(child) for child in element] if element.tag == "div" else [text_of(element)]
    return "\n".join(lines).replace("\u00a0", " ").rstrip("\n")


def _line(run: list[Node]) -> str:
    """Return inline contents as text; a `<br>` is a line end."""
    text = "".join(
        node.replace("\n", " ") if isinstance(node, str) else _inline(node) for node in run
    )
    lines = (re.sub(r"[ \t\r]+", " ", line).strip(" ") for line in text.split("\v"))
    return "\n".join(lines).strip(" \n")  # no-break blanks in front of a list's mark stay


def _inline(element: Element) -> str:
    if element.tag == "br":
        return "\v"
    if element.tag == "img":
        return f"[{element.get('alt') or element.get('src') or ''}]"
    return "".join(
        node.replace("\n", " ") if isinstance(node, str) else _inline(node)
        for node in nodes(element)
    )
