"""Shown: the letters that a reader of a tree sees, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hanpan.conservation.letters import letters
from hanpan.tree import Element

_UNSEEN = frozenset(("script", "style", "template", "head", "title"))


def shown_letters(root: Element, elsewhere: str = "") -> str:
    """Return the letters below `root`: texts, what stands for pictures, and formulas as TeX.

    `elsewhere` is what is shown at a place that is not known.
    """
    return letters("".join((*_texts(root), "\n", elsewhere)))


def _texts(root: Element) -> Iterator[str]:
    for event, element in (walk := etree.iterwalk(root, events=("start", "end"))):
        if event == "end":
            yield element.tail or ""
        elif element.tag == "math":
            notes = [annotation.text or "" for annotation in element.iter("annotation")]
            yield from notes or map(str, element.itertext())  # MathML of the author's own
            walk.skip_subtree()
        elif element.tag == "img":
            yield element.get("alt") or ""
        elif element.tag in _UNSEEN or "footnote-ref" in (element.get("class") or ""):
            walk.skip_subtree()
        else:
            yield element.get("data-title") or ""
            yield element.text or ""
