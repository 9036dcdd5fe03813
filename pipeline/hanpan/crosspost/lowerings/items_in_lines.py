"""List items without paragraphs, for editors that would run those of one item together."""

from __future__ import annotations

from lxml import etree

from hanpan.crosspost.blocks import add_copies, nodes, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def items_in_lines(root: Element, lowering: Lowering) -> None:
    """Write the paragraphs of each list item as its text, parted by line breaks."""
    for item in [item for item in root.iter("li") if item.find("p") is not None]:
        new = etree.Element("li")
        is_text = False  # what came last
        for run in list(runs(item)):
            if not isinstance(run, list) and run.tag != "p":
                run.tail = None
                new.append(run)
                is_text = False
                continue
            if is_text:
                etree.SubElement(new, "br")
                etree.SubElement(new, "br")
            add_copies(new, run if isinstance(run, list) else nodes(run))
            is_text = True
        item.text, item[:] = new.text, list(new)
