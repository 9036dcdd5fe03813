"""Which elements are blocks, and what is inside an element, for writers that rebuild a body."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from hanpan import tree
from hanpan.tree import HEADINGS, Element

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", *HEADINGS,
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
))  # fmt: skip
Node = str | Element


def is_block(element: Element) -> bool:
    """Tell whether an element is a block, or holds one."""
    return element.tag in BLOCKS or has_blocks(element)


def has_blocks(element: Element) -> bool:
    """Tell whether any element below this one is a block."""
    return next(element.iterdescendants(*BLOCKS), None) is not None


def nodes(element: Element) -> list[Node]:
    """Return the texts and elements directly inside `element`, in order."""
    inside: list[Node] = [element.text or ""]
    for child in element:
        inside += [child, child.tail or ""]
    return inside


def runs(element: Element) -> Iterator[Element | list[Node]]:
    """Return the blocks inside `element`, and the inline nodes between them as lists."""
    run: list[Node] = []
    for node in nodes(element):
        if isinstance(node, str) or not is_block(node):
            run.append(node)
            continue
        if says_something(run):
            yield run
        run = []
        yield node
    if says_something(run):
        yield run


def says_something(run: list[Node]) -> bool:
    """Tell whether inline nodes are more than blanks."""
    return any(node.strip(" \t\r\n") if isinstance(node, str) else True for node in run)


def paragraph_of(run: list[Node]) -> Element:
    """Return a `<p>` of copies of inline nodes."""
    paragraph = etree.Element("p")
    add_copies(paragraph, run)
    return paragraph


def add_copies(element: Element, run: list[Node]) -> None:
    """Put copies of inline nodes at the end of an element."""
    for node in run:
        if isinstance(node, str):
            tree.append_text(element, node)
        else:
            copy = deepcopy(node)
            copy.tail = None
            element.append(copy)


def is_callout(element: Element) -> bool:
    """Tell whether an element is a callout, as the lowering `callouts_named` writes it."""
    return "callout" in tree.classes(element)
