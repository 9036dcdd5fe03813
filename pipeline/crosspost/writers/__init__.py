"""The writers: a lowered tree -> the text of a body. A platform's data file names its own."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from pipeline import tree
from pipeline.crosspost.blocks import is_block
from pipeline.crosspost.lowering import Lowering
from pipeline.crosspost.writers.gutenberg import write_gutenberg
from pipeline.crosspost.writers.lexical import write_lexical
from pipeline.crosspost.writers.markdown import write_markdown
from pipeline.crosspost.writers.plain import write_text
from pipeline.tree import Element


def write_html(root: Element, lowering: Lowering) -> str:
    """Return the body as HTML, each block on a line of its own."""
    lined = deepcopy(root)
    for block in lined:
        if not (block.tail or "").strip() and is_block(block):
            block.tail = "\n"
    return tree.inner_html(lined).strip() + "\n"


WRITERS: dict[str, Callable[[Element, Lowering], str]] = {
    "gutenberg": write_gutenberg,
    "html": write_html,
    "lexical": write_lexical,
    "markdown": write_markdown,
    "text": write_text,
}
