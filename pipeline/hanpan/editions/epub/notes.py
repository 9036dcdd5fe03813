"""Footnotes of an EPUB: asides that reading systems pop up, in the file of their reference.

EPUB 3.3 Structural Semantics: `noteref` points to an `aside` of type `footnote`. Where nothing pops
up, the notes stand at the end of the file, with links there and back.
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.sound.elements import PHRASING
from hanpan.tree import Element

OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"


def take_notes(root: Element) -> list[Element]:
    """Mark the references to notes; take the notes out of `root` and return them as asides."""
    for link in root.iter("a"):
        if link.get("role") == "doc-noteref" or "footnote-ref" in tree.classes(link):
            link.set(TYPE, "noteref")
            link.set("role", "doc-noteref")
    notes: list[Element] = []
    for section in list(root.iter("section")):
        if "footnotes" not in tree.classes(section):
            continue
        items = [item for listed in section.findall("ol") for item in listed.findall("li")]
        for number, note in enumerate(items, start=1):
            tree.remove(note)
            _make_aside(note, number)
        notes += items
        for rest in (*section.findall("ol"), *section.findall("hr")):
            tree.remove(rest)
        if not len(section) and not (section.text or "").strip():
            tree.remove(section)  # what an author wrote beside the notes stays
    return notes


def _make_aside(note: Element, number: int) -> None:
    """Make a list item an aside that begins with its number."""
    note.tag, note.tail = "aside", "\n"
    note.set(TYPE, "footnote")
    note.set("role", "doc-footnote")
    first = note[0] if len(note) and note[0].tag == "p" else None
    if first is None:
        first = etree.Element("p")
        first.text, note.text = note.text, None
        while len(note) and note[0].tag in PHRASING:  # a heading, rule or table stands below
            first.append(note[0])
        note.insert(0, first)
    first.text = f"{number}. {(first.text or '').lstrip()}"
    for link in note.iter("a"):
        if "footnote-back" in tree.classes(link) or link.get("role") == "doc-backlink":
            link.set("role", "doc-backlink")


def put_notes(notes: list[Element], parts: list[Element]) -> None:
    """Put each note at the end of the part that refers to it first; the last takes the others."""
    home: dict[str, int] = {}
    for at, part in enumerate(parts):
        _remember_references(part, at, home)
    sections: dict[int, Element] = {}
    for note in notes:
        at = home.get(f"#{note.get('id')}", len(parts) - 1)
        if at not in sections:
            sections[at] = etree.SubElement(parts[at], "section", {"class": "footnotes"})
            sections[at].set(TYPE, "footnotes")
            sections[at].set("role", "doc-endnotes")
        sections[at].append(note)
        _remember_references(note, at, home)


def _remember_references(element: Element, at: int, home: dict[str, int]) -> None:
    for link in element.iter("a"):
        if link.get(TYPE) == "noteref":
            home.setdefault(link.get("href") or "", at)
