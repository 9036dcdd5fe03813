"""Markdown from the tree: text that is escaped, and emphasis that closes next to Hangul."""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.markdown.blocks import write_blocks
from hanpan.tree import Element


def write_markdown(root: Element, lowering: Lowering) -> str:
    """Return the body in the dialect of the platform."""
    return "\n\n".join(write_blocks(root, lowering)) + "\n"
