"""The footnotes of a body: references and notes, for lowerings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from hanpan import tree
from hanpan.tree import Element


class Note(NamedTuple):
    """A footnote: its number, and its blocks without the link back."""

    number: str
    blocks: list[Element]


def sections(root: Element) -> list[Element]:
    """Return the sections that hold footnotes."""
    return [e for e in root.iter("section") if "footnotes" in tree.classes(e)]


def references(root: Element) -> list[tuple[Element, str]]:
    """Return the element that refers to each footnote, with its `<sup>`, and the number.

    That is the note's own: a site may let what is shown begin with another than 1.
    """
    marks = []
    for link in list(root.iter("a")):
        target = re.match(r"#fn-?(\d+)", link.get("href") or "")
        if not target or not _is_reference(link):
            continue
        parent = link.getparent()
        around = parent is not None and parent.tag == "sup" and len(parent) == 1
        in_text = parent if around and parent is not None else link
        marks.append((in_text, target[1]))
    return marks


def _is_reference(link: Element) -> bool:
    return "footnote-ref" in tree.classes(link)


def notes(section: Element) -> Iterator[Note]:
    """Yield the notes of a section in order, without their links back."""
    for link in list(section.iter("a")):
        if re.match(r"#fnref-?", link.get("href") or ""):
            _remove_back_link(link)
    items = [item for item in section.iter("li") if not _is_inside_note(item, section)]
    for number, item in enumerate(items, 1):
        match = re.fullmatch(r"fn-?(\d+)", item.get("id") or "")
        yield Note(match[1] if match else str(number), _blocks(item))


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


def _is_inside_note(item: Element, section: Element) -> bool:
    """Tell whether an `<li>` belongs to a list inside a note."""
    above = item.getparent()
    while above is not None and above is not section:
        if above.tag == "li":
            return True
        above = above.getparent()
    return False


def _blocks(note: Element) -> list[Element]:
    """Return the contents of a note as blocks, the first one a paragraph."""
    if len(note) and note[0].tag == "p" and not (note.text or "").strip():
        return list(note)
    first = etree.Element("p")
    first.text = note.text
    first.extend(list(note))
    return [first]
