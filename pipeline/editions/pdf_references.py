"""Page numbers behind links to other chapters: on paper a link is no more than a colour."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.editions.pdf_contents import IN_LINE, TARGET
from pipeline.transforms.chapter_links import CROSS
from pipeline.transforms.select import with_class
from pipeline.tree import Element


def page_holder(target: str, digits: int) -> Element:
    """Return the element that is to show the page of an id, of about so many digits."""
    holder = etree.Element("span", {"class": IN_LINE, TARGET: target})
    holder.text = "0" * digits
    return holder


def print_references(
    root: Element, digits: Mapping[str, int], words: str, *, is_korean: bool
) -> None:
    """Put the page in brackets behind each link to a chapter; `words` has {} for the number.

    `digits` tells about how many figures the page of a chapter has.
    """
    before, _, behind = words.partition("{}")
    for link in with_class(root, "a", CROSS):
        target = (link.get("href") or "")[1:]
        holder = page_holder(target, digits.get(target.partition("-")[0], 2))
        reference = etree.Element("span", {"class": "page-reference"})
        reference.text = f"({before}" if is_korean else f" ({before}"
        reference.append(holder)
        holder.tail = f"{behind})"
        reference.tail, link.tail = link.tail, None
        link.addnext(reference)
