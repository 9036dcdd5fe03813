"""Ids: unique in the page, without blanks and colons, and NFC."""

from __future__ import annotations

import re
import unicodedata

from pipeline.transforms.context import Context
from pipeline.transforms.select import with_attribute
from pipeline.tree import Element

_NOT_IN_ID = re.compile(r"[\s:#%?&\"'<>\\/]+")


def ids(root: Element, context: Context) -> None:
    """Make every id one that HTML and addresses agree on; a second of a kind gets a number."""
    taken: set[str] = set()
    drawn: set[str] = set()
    for element in with_attribute(root, "id"):
        if any(outer.tag == "svg" for outer in element.iterancestors()):
            drawn.add(element.get("id") or "")  # a drawing refers to its own ids
            continue
        name = clean_id(element.get("id") or "")
        if not name:
            del element.attrib["id"]
            continue
        number, unique = 0, name
        while unique in taken or unique in drawn:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique)
        element.set("id", unique)


def clean_id(name: str) -> str:
    """Return an id, or the fragment that names it, in the one form that bodies use."""
    return _NOT_IN_ID.sub("-", unicodedata.normalize("NFC", name.strip()))
