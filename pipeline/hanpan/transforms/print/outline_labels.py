"""Outline labels: the plain text of each heading, for the PDF's outline and its running title."""

from __future__ import annotations

from hanpan.tree import HEADINGS, Element

LABEL = "data-outline"


def label_headings(root: Element) -> None:
    """Keep each heading's text in `data-outline`, before joiners go into it.

    A formula or picture in a heading is named by its alt text.
    """
    for heading in root.iter(*HEADINGS):
        pieces = [heading.text or ""]
        for element in heading.iterdescendants():
            if element.tag == "img":
                pieces.append(element.get("alt") or "")
            elif isinstance(element.tag, str):
                pieces.append(element.text or "")
            pieces.append(element.tail or "")
        heading.set(LABEL, " ".join("".join(pieces).split()))
