"""Folded text, unfolded below its summary in bold."""

from __future__ import annotations

from lxml import etree

from hanpan.crosspost.lowering import Lowering
from hanpan.tree import HEADINGS, Element


def details_opened(root: Element, lowering: Lowering) -> None:
    """Make each `<details>` a `<div>`, and its `<summary>` a bold paragraph."""
    for details in list(root.iter("details")):
        lowering.lose("details", at=details)
        details.tag = "div"
        details.attrib.clear()
        for summary in details.findall("summary"):
            _bold(summary)
    for summary in list(root.iter("summary")):
        _bold(summary)


def _bold(summary: Element) -> None:
    strong = etree.Element("strong")
    strong.text, summary.text = summary.text, None
    for child in list(summary):
        if str(child.tag) in (*HEADINGS, "p", "div", "strong", "b"):
            child.tag = "span"
        strong.append(child)
    summary.append(strong)
    summary.tag = "p"
    summary.set("class", "summary")
