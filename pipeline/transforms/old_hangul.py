"""Old Hangul: conjoining jamo and tone marks, in a face that composes them into syllables."""

from __future__ import annotations

import re

from lxml import etree

from pipeline import tree
from pipeline.tree import Element

CLASS = "old-hangul"
# Pretendard has some of these letters but composes none: it draws dotted circles
_RUN = re.compile(
    "[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+(?:[\u302e\u302f\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+)*"
)


def mark_old_hangul(root: Element) -> None:
    """Put each run of old Hangul below `root` into `<span class="old-hangul">`; idempotent."""
    if not _RUN.search(tree.text_of(root)):
        return
    for element in list(root.iter("*")):
        if CLASS in tree.classes(element):
            continue
        if element.tail and element is not root and _RUN.search(element.tail):
            parent = element.getparent()
            assert parent is not None
            pieces, element.tail = _pieces(element.tail), _before(element.tail)
            at = parent.index(element) + 1
            parent[at:at] = pieces
        if element.text and element.tag not in ("script", "style") and _RUN.search(element.text):
            pieces, element.text = _pieces(element.text), _before(element.text)
            element[0:0] = pieces


def _before(text: str) -> str:
    """Return what stands before the first run."""
    found = _RUN.search(text)
    return text[: found.start()] if found else text


def _pieces(text: str) -> list[Element]:
    """Return a span for each run, with what follows it as its tail."""
    spans: list[Element] = []
    runs = list(_RUN.finditer(text))
    ends = [run.start() for run in runs[1:]] + [len(text)]
    for run, end in zip(runs, ends, strict=True):
        span = etree.Element("span", {"class": CLASS, "lang": "ko"})
        span.text = run[0]
        span.tail = text[run.end() : end] or None
        spans.append(span)
    return spans
