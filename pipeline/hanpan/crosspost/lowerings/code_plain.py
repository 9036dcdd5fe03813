"""Code without colours, for editors that keep `<pre>` but no line ends or blanks within it."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.code_lines import code_lines
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def code_plain(root: Element, lowering: Lowering) -> None:
    """Part the lines of each `<pre>` by `<br>`, and make its blanks ones that stay.

    They stand in a `<code>` where the platform has one: to CKEditor and Ghost, a `<pre>` without it
    is a paragraph.
    """
    for pre in root.iter("pre"):
        names = [n for code in pre.iter("code") for n in tree.classes(code)]
        lines = ["".join(text for text, _ in line) for line in code_lines(pre)]
        tail = pre.tail
        pre.clear()
        pre.tail = tail
        kept = lowering.platform.body.tags
        code = etree.SubElement(pre, "code") if not kept or "code" in kept else pre
        if names and lowering.platform.body.keeps_class(names[0]):
            code.set("class", names[0])
        code.text = lines[0]
        for line in lines[1:]:
            etree.SubElement(code, "br").tail = line
