"""Code without colours, for editors that keep `<pre>` but no line ends or blanks within it."""

from __future__ import annotations

from lxml import etree

from hanpan.crosspost.code_lines import code_lines
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def code_plain(root: Element, lowering: Lowering) -> None:
    """Part the lines of each `<pre>` by `<br>`, and make its blanks ones that stay."""
    for pre in root.iter("pre"):
        lines = ["".join(text for text, _ in line) for line in code_lines(pre)]
        tail = pre.tail
        pre.clear()
        pre.tail = tail
        pre.text = lines[0]
        for line in lines[1:]:
            etree.SubElement(pre, "br").tail = line
