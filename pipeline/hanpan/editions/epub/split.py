"""Splitting a long chapter into files, at its top-level headings.

Reading systems lay out a whole file before they show its first page, and some refuse long ones.
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.tree import HEADINGS, Element

LONG = 10_000  # characters of text: about twelve pages of a book; one blog post of fifteen
_LEAST = 2_000  # ... of a file: less would leave most of its last page empty


def split(root: Element) -> list[Element]:
    """Return the parts of a chapter, each in a `<div>`: `root` itself where it is not long.

    A part begins at a top-level heading; sections too short for a file stay with their neighbours.
    """
    level = _top_level(root)
    if not level or len(tree.text_of(root)) <= LONG:
        return [root]
    parts = [etree.Element("div")]
    parts[0].text = root.text
    size = 0
    for child in list(root):
        if size >= _LEAST and child.tag in HEADINGS[:level]:
            parts.append(etree.Element("div"))
            size = 0
        size += len(tree.text_of(child)) + len(child.tail or "")
        parts[-1].append(child)
    if size < _LEAST and len(parts) > 1:
        parts[-2].extend(parts.pop())
    return parts


def _top_level(root: Element) -> int:
    """Return the level, 1 to 6, down to which there are two headings or more; 0 without such."""
    levels = [HEADINGS.index(str(child.tag)) + 1 for child in root if child.tag in HEADINGS]
    return sorted(levels)[1] if len(levels) > 1 else 0


def join_links(pages: dict[str, Element]) -> None:
    """Have links to ids in another of the pages name its file; `pages` are trees by file name."""
    home = {
        str(element.get("id")): name
        for name, page in pages.items()
        for element in page.iterfind(".//*[@id]")
    }
    for name, page in pages.items():
        for link in page.iter("a"):
            href = link.get("href") or ""
            other = home.get(href[1:], name) if href.startswith("#") else name
            if other != name:
                link.set("href", f"{other}{href}")
