"""The writers: a lowered tree -> the text of a body. A platform's data file names its own."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from html import escape

from hanpan import tree
from hanpan.crosspost.blocks import is_block
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.gutenberg import write_gutenberg
from hanpan.crosspost.writers.lexical import write_lexical
from hanpan.crosspost.writers.markdown import write_markdown
from hanpan.crosspost.writers.plain import write_text
from hanpan.crosspost.writers.share import write_little_text, write_share
from hanpan.transforms.element_numbers import strip_numbers
from hanpan.tree import Element


def write_html(root: Element, lowering: Lowering) -> str:
    """Return the body as HTML, each block on a line of its own."""
    lined = deepcopy(root)
    strip_numbers(lined)
    for block in lined:
        if not (block.tail or "").strip() and is_block(block):
            block.tail = "\n"
    return tree.inner_html(lined).strip() + "\n"


def write_page(root: Element, lowering: Lowering) -> str:
    """Return the body as a complete page that names its original, to be imported by URL."""
    meta = lowering.document.meta
    original = f'<link rel="canonical" href="{escape(meta.canonical_url)}">\n'
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(meta.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(meta.title)}</title>\n"
        f'<meta name="description" content="{escape(meta.excerpt)}">\n'
        f"{original if meta.canonical_url else ''}</head>\n<body>\n<article>\n"
        f"<h1>{escape(meta.title)}</h1>\n{write_html(root, lowering)}</article>\n</body>\n</html>\n"
    )


WRITERS: dict[str, Callable[[Element, Lowering], str]] = {
    "gutenberg": write_gutenberg,
    "html": write_html,
    "lexical": write_lexical,
    "little-text": write_little_text,
    "markdown": write_markdown,
    "page": write_page,
    "share": write_share,
    "text": write_text,
}
