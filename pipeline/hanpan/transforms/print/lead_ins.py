"""Lead-ins: a sentence that announces the block behind it (`다음은 …:`) stays with that block."""

from __future__ import annotations

from hanpan import tree
from hanpan.tree import Element

LEAD_IN = "lead-in"  # class of a paragraph that no page's end parts from what follows
_LONGEST = 90  # letters
_BLOCKS = frozenset(("table", "figure", "pre", "ul", "ol", "dl"))
_SENTENCE_ENDS = ".?!。"


def mark_lead_ins(root: Element) -> None:
    """Mark the paragraphs that lead to a figure, a table, a list or code; idempotent.

    Those that end with a colon, and those of one short sentence.
    """
    for paragraph in root.iter("p"):
        block = paragraph.getnext()
        if block is None or (paragraph.tail or "").strip() or not _is_block(block):
            continue
        if paragraph.find(".//img") is not None:
            continue
        text = " ".join(tree.text_of(paragraph).split())
        if not text or len(text) > _LONGEST:
            continue
        inner = sum(text.count(f"{sign} ") for sign in _SENTENCE_ENDS)
        is_list = block.tag in ("ul", "ol", "dl")
        if text.endswith((":", "：")) or (not inner and not is_list):
            tree.add_class(paragraph, LEAD_IN)


def _is_block(element: Element) -> bool:
    """Tell whether an element is set as a block that is announced."""
    if element.tag in _BLOCKS or "highlight" in tree.classes(element):
        return True
    is_alone = not tree.text_of(element).strip()
    return element.tag in ("p", "div") and is_alone and element.find(".//img") is not None
