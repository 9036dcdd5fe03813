"""Callouts with their kind in words: other sites have no stylesheet that adds it."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.labels import Labels
from hanpan.tree import Element

# what Minimal Mistakes, Chirpy and GitHub call a kind -> ours; other notices have no word
_KINDS = {
    "info": "note", "primary": "note", "note": "note", "success": "tip", "tip": "tip",
    "important": "important", "warning": "warning", "danger": "danger", "caution": "danger",
}  # fmt: skip
_WORDS = {
    "note": Labels.note,
    "tip": Labels.tip,
    "important": Labels.important,
    "warning": Labels.warning,
    "danger": Labels.danger,
}
_NAMED = re.compile(r"(?:notice|prompt|callout|admonition)(?:--?(\w+))?\Z")


def callouts_named(root: Element, lowering: Lowering) -> None:
    """Make each callout a `div.callout` with a class for its kind, and a first line that names it.

    Where the author's first words are the same, no line is added.
    """
    for element in list(root.iter("div", "p", "blockquote")):
        kind = _kind(element)
        if kind is None:
            continue
        if element.tag == "p":
            element = _put_in_box(element)
        element.tag = "div"
        title = element.find("div")
        if title is not None and "title" in tree.classes(title):
            tree.remove(title)  # GitHub's, in English
        element.set("class", f"callout callout-{kind}" if kind else "callout")
        word = _WORDS[kind].text(lowering.lang) if kind else ""
        if word and not tree.text_of(element).strip().casefold().startswith(word.casefold()):
            line = etree.Element("p", {"class": "callout-word"})
            etree.SubElement(line, "strong").text = word
            line.tail, element.text = element.text, None
            element.insert(0, line)


def _kind(element: Element) -> str | None:
    """Return a callout's kind, "" for one without a kind, None for anything else."""
    for name in tree.classes(element):
        match = _NAMED.match(name)
        if match:
            return _KINDS.get(match[1] or "", "")
        if name in _KINDS and element.tag == "div":
            title = element.find("div")
            if title is not None and "title" in tree.classes(title):
                return _KINDS[name]
    return None


def _put_in_box(paragraph: Element) -> Element:
    """Put a paragraph into a box of its own and return the box."""
    box = etree.Element("div")
    tree.replace(paragraph, box)
    paragraph.tail = None
    paragraph.attrib.pop("class", "")
    box.append(paragraph)
    return box
