"""Footnotes as HTML within Markdown: each card of the platform would number its own.

A writer of Markdown takes `data-raw` as it is, a writer of HTML the elements that bear it.
"""

from __future__ import annotations

from collections import Counter

from lxml import etree

from hanpan import tree
from hanpan.crosspost import footnotes
from hanpan.crosspost.html_block import html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def footnotes_as_anchors(root: Element, lowering: Lowering) -> None:
    """Give references and notes ids of their own, each once, and links to each other."""
    times: Counter[str] = Counter()
    for place, number in footnotes.references(root):
        times[number] += 1
        again = f"-{times[number]}" if times[number] > 1 else ""  # a note leads to the first
        mark = etree.Element("sup", {"id": f"fnref-{number}{again}"})
        etree.SubElement(mark, "a", {"href": f"#fn-{number}"}).text = number
        mark.set("data-raw", html_block(mark))
        tree.replace(place, mark)
    for section in footnotes.sections(root):
        new = etree.Element("section", {"class": "footnotes"})
        etree.SubElement(new, "hr")
        items = etree.SubElement(new, "ol")
        for number, blocks in footnotes.notes(section):
            item = etree.SubElement(items, "li", {"id": f"fn-{number}"})
            item.extend(blocks)
            if times[number]:  # else nothing is left that refers to it
                last = blocks[-1] if blocks[-1].tag == "p" else etree.SubElement(item, "p")
                tree.append_text(last, " ")
                etree.SubElement(last, "a", {"href": f"#fnref-{number}"}).text = "↩\ufe0e"
        new.set("data-raw", html_block(new))
        tree.replace(section, new)
