"""Headings of a page: each has a link to its own address."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.tree import HEADINGS, Element


def anchor_headings(root: Element, label: str) -> None:
    """Put a link to itself at the end of each heading that has an id.

    The link has no text, so that the body's text stays as it is: its mark comes from the
    stylesheet, its name from `label`, in which `{}` stands for the heading's words.
    """
    for heading in root.iter(*HEADINGS):
        name = heading.get("id")
        if name and not any(up.tag in ("a", "summary") for up in heading.iterancestors()):
            text = " ".join(tree.text_of(heading).split())
            link = etree.SubElement(heading, "a", {"class": "heading-anchor", "href": f"#{name}"})
            link.set("aria-label", label.replace("{}", text))
