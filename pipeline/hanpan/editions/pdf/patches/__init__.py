"""What WeasyPrint and pydyf are made to do otherwise, and the insides of theirs that we build on.

One module for each; the form of its docstring is in `hanpan/insides.py`.
"""

from __future__ import annotations

from functools import lru_cache

from hanpan import insides
from hanpan.editions.pdf.patches import (
    baseline_grid,
    computed_styles,
    elements,
    font_subsets,
    footnotes,
    html_tree,
    image_cache,
    library_search,
    line_ends,
    line_overflow,
    line_starts,
    page_box,
    page_economy,
    page_references,
    pdf_writer,
    srgb_profile,
    table_heads,
    unused_styles,
    whole_paragraphs,
)

PATCHES: tuple[insides.Patch, ...] = (
    library_search,
    font_subsets,
    elements,
    line_starts,
    line_overflow,
    line_ends,
    whole_paragraphs,
    footnotes,
    page_references,
    pdf_writer,
    html_tree,
    image_cache,
    page_box,
    page_economy,
    baseline_grid,
    computed_styles,
    srgb_profile,
    table_heads,
    unused_styles,
)


@lru_cache(maxsize=1)
def apply() -> None:
    """Install all patches, once WeasyPrint is loaded. Raises BuildError where one does not fit."""
    insides.install(PATCHES)
