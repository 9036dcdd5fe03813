"""Footnotes as [1] and a list at the end, without anchors."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost import footnotes
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def footnotes_as_list(root: Element, lowering: Lowering) -> None:
    """Write the numbers as [1] into the text and before the notes."""
    sections = footnotes.sections(root)
    if not sections:
        return
    references = footnotes.references(root)
    lowering.lose("footnotes", at=references[0][0] if references else sections[0])
    for place, number in references:
        mark = etree.Element("span", {"class": "footnote-number"})
        mark.text = f"[{number}]"
        tree.replace(place, mark)
    for section in sections:
        _write_list(section, lowering)


def _write_list(section: Element, lowering: Lowering) -> None:
    """Make `<ol>` of notes a heading line and paragraphs that begin with their number."""
    new = etree.Element("div", {"class": "footnotes"})
    etree.SubElement(new, "hr")
    title = etree.SubElement(new, "p", {"class": "footnotes-title"})
    etree.SubElement(title, "strong").text = lowering.labels.notes
    for number, blocks in footnotes.notes(section):
        first = blocks[0]
        first.text = f"[{number}] {(first.text or '').lstrip()}"
        first.set("class", "footnote")
        new.extend(blocks)
    tree.replace(section, new)
