"""Wrapping: what an element may not hold, put into elements that it may."""

from __future__ import annotations

from lxml import etree

from hanpan.tree import Element, append_text


def holds_only(parent: Element, allowed: tuple[str, ...]) -> bool:
    """Tell whether all in `parent` may stand there; blanks between its parts may."""
    if (parent.text or "").strip():
        return False
    return all(node.tag in allowed and not (node.tail or "").strip() for node in parent)


def wrap_others(parent: Element, allowed: tuple[str, ...], tag: str) -> None:
    """Wrap each run of text and elements that `parent` may not hold in a new element `tag`."""
    if holds_only(parent, allowed):
        return
    nodes = list(parent)
    run: Element | None = None
    if (parent.text or "").strip():
        run = etree.Element(tag)
        run.text, parent.text = parent.text, None
        parent.insert(0, run)
    for node in nodes:
        tail, node.tail = node.tail, None
        if node.tag in allowed:
            run = None
        else:
            if run is None:
                run = etree.Element(tag)
                node.addprevious(run)
            run.append(node)
        if run is not None:
            append_text(run, tail)
        elif (tail or "").strip():
            run = etree.Element(tag)
            run.text = tail
            node.addnext(run)
        else:
            node.tail = tail
