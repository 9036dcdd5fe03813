"""Ids: unique in the page, without blanks and colons, and NFC."""

from __future__ import annotations

import re
import unicodedata

from hanpan.transforms.select import attributes, html_elements, inline_drawings, with_class
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

_REFERENCE = re.compile(r"#([^\s\"')]+)")
_NOT_IN_ID = re.compile(r"[\s:#%?&\"'<>\\/]+")


def ids(root: Element, context: Context) -> None:
    """Make every id one that HTML and addresses agree on; a second of a kind gets a number."""
    taken: dict[str, int] = {}
    notes = _of_notes(root)  # first: marks lead to notes, whatever else has their ids
    for element in (*notes, *(each for each in html_elements(root) if each not in notes)):
        if element.get("id") is None:
            continue
        name = clean_id(element.get("id") or "")
        if name:
            unique = _unique(name, taken)
            if unique != name:
                _report_duplicate(name, unique, taken[name], context)
            element.set("id", unique)
        else:
            del element.attrib["id"]
    for svg in inline_drawings(root):
        _renumber(svg, taken)


def _of_notes(root: Element) -> dict[Element, None]:
    """Return the notes and their marks, whose ids are ours."""
    notes = (
        item
        for section in with_class(root, "section", "footnotes")
        for part in section.findall("ol")
        for item in part.findall("li")
    )
    return dict.fromkeys((*notes, *with_class(root, "a", "footnote-ref")))


def _report_duplicate(name: str, unique: str, times: int, context: Context) -> None:
    """Report an id that the author wrote twice; ids made from equal headings are numbered."""
    written = (f'id="{name}"', f"id='{name}'", f"id={name}", f"{{#{name}", f"{{: #{name}")
    lines = [line for literal in written for line in context.places.lines(literal)]
    if len(lines) > times:
        message = f"the id `{name}` is used again here and became `{unique}`"
        remedy = "Change one of the two; links lead to the first."
        context.report("id-duplicate", "warning", message, sorted(lines)[times], remedy)


def _unique(name: str, taken: dict[str, int]) -> str:
    """Return `name`, with a number where it is taken, and take it."""
    unique = name
    while unique in taken:
        taken[name] += 1
        unique = f"{name}-{taken[name]}"
    taken[unique] = 0
    return unique


def _renumber(svg: Element, taken: dict[str, int]) -> None:
    """Make the ids of a drawing unique in the page; what refers to them in it follows."""
    renamed: dict[str, str] = {}
    for element in svg.iter("*"):
        name = element.get("id")
        if name is None:
            continue
        renamed[name] = _unique(clean_id(name) or "drawing", taken)
        element.set("id", renamed[name])
    if all(name == now for name, now in renamed.items()):
        return
    for element in svg.iter("*"):
        for name, value in attributes(element):
            if name != "id" and "#" in value:
                element.set(name, _REFERENCE.sub(lambda f: "#" + renamed.get(f[1], f[1]), value))


def clean_id(name: str) -> str:
    """Return an id, or the fragment that names it, in the one form that bodies use."""
    return _NOT_IN_ID.sub("-", unicodedata.normalize("NFC", name.strip()))
