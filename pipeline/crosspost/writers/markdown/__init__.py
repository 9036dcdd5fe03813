"""Markdown from the tree: text that survives escaping, and emphasis that closes next to Hangul."""

from __future__ import annotations

from pipeline.crosspost.lowering import Lowering
from pipeline.crosspost.writers.markdown.blocks import write_blocks
from pipeline.tree import Element


def write_markdown(root: Element, lowering: Lowering) -> str:
    """Return the body in the dialect of the platform."""
    return "\n\n".join(write_blocks(root, lowering)) + "\n"
