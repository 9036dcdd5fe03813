"""Footnotes in the syntax of a Markdown dialect: [^1] in the text, the notes after it."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost import footnotes
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

NOTE = "data-note"  # on the element of a note: its number


def footnotes_as_marks(root: Element, lowering: Lowering) -> None:
    """Mark references and notes for the Markdown writer."""
    for place, number in footnotes.references(root):
        tree.replace(place, etree.Element("span", {"data-raw": f"[^{number}]"}))
    for section in footnotes.sections(root):
        new = etree.Element("div", {"class": "footnotes"})
        for number, blocks in footnotes.notes(section):
            etree.SubElement(new, "div", {NOTE: number}).extend(blocks)
        tree.replace(section, new)
