"""Footnotes as [1] and a list at the end, without anchors."""

from __future__ import annotations

import re

from lxml import etree

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.tree import Element


def footnotes_as_list(root: Element, lowering: Lowering) -> None:
    """Write the numbers as [1] into the text and before the notes."""
    sections = [e for e in root.iter("section") if "footnotes" in tree.classes(e)]
    if not sections:
        return
    first = next((e for e in root.iter("a") if "footnote-ref" in tree.classes(e)), sections[0])
    lowering.lose("footnotes", at=first)
    for link in list(root.iter("a")):
        href = link.get("href") or ""
        if re.match(r"#fnref-?", href):
            _remove_back_link(link)
        elif re.match(r"#fn-?", href) and "footnote-ref" in tree.classes(link):
            _number(link)
    for section in sections:
        _listed(section, lowering)


def _number(link: Element) -> None:
    number = tree.text_of(link).strip().strip("[]")
    mark = etree.Element("span", {"class": "footnote-number"})
    mark.text = f"[{number}]"
    parent = link.getparent()
    if parent is not None and parent.tag == "sup" and len(parent) == 1:
        link = parent
    tree.replace(link, mark)


def _remove_back_link(link: Element) -> None:
    parent = link.getparent()
    tree.remove(link)
    if parent is None:
        return
    last = parent[-1] if len(parent) else None
    if last is None:
        parent.text = (parent.text or "").rstrip() or None
    else:
        last.tail = (last.tail or "").rstrip() or None


def _listed(section: Element, lowering: Lowering) -> None:
    """Make `<ol>` of notes a heading line and paragraphs that begin with their number."""
    new = etree.Element("div", {"class": "footnotes"})
    etree.SubElement(new, "hr")
    title = etree.SubElement(new, "p", {"class": "footnotes-title"})
    etree.SubElement(title, "strong").text = "각주" if lowering.korean else "Notes"
    for number, note in enumerate(section.iter("li"), 1):
        if note.getparent() is not None and _inside_note(note, section):
            continue
        _note(new, note, _number_of(note, number))
    tree.replace(section, new)


def _inside_note(item: Element, section: Element) -> bool:
    """Tell whether an `<li>` belongs to a list inside a note."""
    above = item.getparent()
    while above is not None and above is not section:
        if above.tag == "li":
            return True
        above = above.getparent()
    return False


def _number_of(note: Element, default: int) -> str:
    found = re.fullmatch(r"fn-?(\d+)", note.get("id") or "")
    return found[1] if found else str(default)


def _note(into: Element, note: Element, number: str) -> None:
    first = note[0] if len(note) and note[0].tag == "p" and not (note.text or "").strip() else None
    if first is None:
        first = etree.Element("p")
        first.text = note.text
        for child in list(note):
            first.append(child)
        blocks = [first]
    else:
        blocks = list(note)
    first.text = f"[{number}] {(first.text or '').lstrip()}"
    first.set("class", "footnote")
    into.extend(blocks)
