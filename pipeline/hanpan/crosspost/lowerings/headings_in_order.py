"""Headings that begin at h2 and skip no level: the platform prints the title as h1."""

from __future__ import annotations

from lxml import etree

from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.levels import close_level_gaps
from hanpan.tree import HEADINGS, Element


def headings_in_order(root: Element, lowering: Lowering) -> None:
    """Close gaps in the heading levels below `root`; what is too deep is a paragraph in bold."""
    close_level_gaps(root)
    deepest = lowering.platform.body.deepest
    for heading in [e for e in root.iter(*HEADINGS) if int(str(e.tag)[1]) > deepest]:
        lowering.lose("heading", at=heading)
        strong = etree.Element("strong")
        strong.text, heading.text = heading.text, None
        strong.extend(list(heading))
        heading.append(strong)
        heading.tag = "p"
