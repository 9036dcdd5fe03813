"""Runs of text that print sets by rules of their own: old Hangul, emoji."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.transforms.script_runs import EMOJI, OLD_HANGUL
from hanpan.transforms.select import with_class
from hanpan.tree import Element

# OLD_HANGUL: Pretendard has some of these letters but composes none: it draws dotted circles.
# EMOJI: Noto Color Emoji is drawn 1.3 em wide, and over what follows: print.css makes it smaller.
_JAMO = "[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]"
_DOTS = "[\u302e\u302f]"  # tone marks, which stand at a syllable from the same face only
_FINAL = "[\u11a8-\u11ff\ud7cb-\ud7ff]"
_PIECE = f"(?:{_JAMO}|[\uac00-\ud7a3](?={_DOTS}|{_FINAL}))"
# drawn in colour without being asked (emoji-data.txt, Emoji_Presentation), or with U+FE0F
_COLOURED = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201-\U0001f265"
    "\U0001f300-\U0001faff"
)
_TONE = "[\U0001f3fb-\U0001f3ff]"
_TAGS = "[\U000e0020-\U000e007f]*"
_ONE = f"(?:[{_COLOURED}]\ufe0f?{_TONE}?|[\u00a9-\u3299](?:\ufe0f{_TONE}?|{_TONE})){_TAGS}"
# a syllable of old Hangul, with its tone
_SYLLABLE = re.compile(
    "(?:[\u1100-\u115f\ua960-\ua97f]+[\u1160-\u11a7\ud7b0-\ud7c6]*|[\uac00-\ud7a3])"
    f"(?:{_FINAL})*{_DOTS}*|."
)
_CODE = ("code", "pre", "kbd", "samp", "tt")
_TONES = "\u302e\u302f"
CELL = "code-cell"  # class of a syllable that takes two cells of code, as wide as its font or not
_RUN = re.compile(
    f"(?P<jamo>{_PIECE}(?:{_PIECE}|{_DOTS})*)"
    f"|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d{_ONE}|\u200d[\u2640\u2642])*"
)


def mark_runs(root: Element) -> None:
    """Put each run of old Hangul, and each emoji, into a span of its class; idempotent."""
    if not _RUN.search(tree.text_of(root)):
        return
    for element in list(root.iter("*")):
        if element.tail and element is not root and _RUN.search(element.tail):
            parent = element.getparent()
            assert parent is not None
            pieces, element.tail = _pieces(element.tail), _before(element.tail)
            at = parent.index(element) + 1
            parent[at:at] = pieces
        if not element.text or element.tag in ("script", "style") or _is_marked(element):
            continue
        if _RUN.search(element.text):
            pieces, element.text = _pieces(element.text), _before(element.text)
            element[0:0] = pieces
    for span in with_class(root, "span", OLD_HANGUL):
        if any(outer.tag in _CODE for outer in span.iterancestors()):
            _part_cells(span)


def _is_marked(element: Element) -> bool:
    return not {OLD_HANGUL, EMOJI}.isdisjoint(tree.classes(element))


def _part_cells(span: Element) -> None:
    """Give each syllable of old Hangul in code a box of two cells."""
    cells = []
    for syllable in _SYLLABLE.findall(span.text or ""):
        cell = etree.Element("span", {"class": f"{CELL} toned" if syllable[-1] in _TONES else CELL})
        cell.text = syllable
        cells.append(cell)
    span.text = None
    span[0:0] = cells


def _before(text: str) -> str:
    """Return what stands before the first run."""
    run = _RUN.search(text)
    return text[: run.start()] if run else text


def _pieces(text: str) -> list[Element]:
    """Return a span for each run, with what follows it as its tail."""
    spans: list[Element] = []
    runs = list(_RUN.finditer(text))
    ends = [run.start() for run in runs[1:]] + [len(text)]
    for run, end in zip(runs, ends, strict=True):
        is_jamo = run["jamo"] is not None
        span = etree.Element("span", {"class": OLD_HANGUL if is_jamo else EMOJI})
        span.text = run[0]
        span.tail = text[run.end() : end] or None
        spans.append(span)
    return spans
