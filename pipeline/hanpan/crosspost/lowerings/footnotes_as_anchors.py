"""Footnotes as HTML within Markdown: each card of the platform would number its own."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost import footnotes
from hanpan.crosspost.html_block import html_block
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def footnotes_as_anchors(root: Element, lowering: Lowering) -> None:
    """Mark references and notes as HTML with ids of their own; writers take `data-raw` as it is."""
    for place, number in footnotes.references(root):
        markup = f'<sup id="fnref-{number}"><a href="#fn-{number}">{number}</a></sup>'
        tree.replace(place, etree.Element("span", {"data-raw": markup}))
    for section in footnotes.sections(root):
        new = etree.Element("section", {"class": "footnotes"})
        etree.SubElement(new, "hr")
        items = etree.SubElement(new, "ol")
        for number, blocks in footnotes.notes(section):
            item = etree.SubElement(items, "li", {"id": f"fn-{number}"})
            item.extend(blocks)
            last = blocks[-1] if blocks[-1].tag == "p" else etree.SubElement(item, "p")
            tree.append_text(last, " ")
            etree.SubElement(last, "a", {"href": f"#fnref-{number}"}).text = "↩\ufe0e"
        new.set("data-raw", html_block(new))
        tree.replace(section, new)
