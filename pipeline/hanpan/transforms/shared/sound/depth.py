"""Depth: no element nested deeper than XML parsers, style sheets and readers can follow."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.shared.context import Context
from hanpan.tree import Element

# libxml2 reads 256 levels, layout engines and writers recurse; real posts have less than 20, and
# repairing a list may double what is here
MAX_DEPTH = 60


def depth(root: Element, context: Context) -> None:
    """Take away elements below MAX_DEPTH levels, and keep what is in them."""
    level = 0
    deep: list[Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if event == "start" and level > MAX_DEPTH:
            deep.append(element)
    if deep:
        message = (
            f"{len(deep)} elements are nested more than {MAX_DEPTH} levels deep and were flattened"
        )
        remedy = "Look for tags or quotes that are never closed."
        context.report("nesting", "warning", message, context.places.above(deep[0]), remedy)
    for element in reversed(deep):
        tree.unwrap(element)
