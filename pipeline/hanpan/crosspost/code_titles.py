"""Titles of code blocks in HTML: a line in bold above the block, as in Markdown without titles."""

from __future__ import annotations

from lxml import etree

from hanpan.transforms.select import drop
from hanpan.tree import Element


def write_titles(root: Element) -> None:
    """Put the title of each block of code in front of it; idempotent."""
    for pre in list(root.iter("pre")):
        title = " ".join(drop(pre, "data-title").split())
        if title:
            paragraph = etree.Element("p")
            etree.SubElement(paragraph, "strong").text = title
            pre.addprevious(paragraph)
