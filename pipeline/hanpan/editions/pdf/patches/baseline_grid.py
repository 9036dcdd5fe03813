"""The lines of both pages of a spread stand on one grid, in books.

What: `block_level_layout` begins a paragraph or a list of a book at the next line of the grid,
    which begins at the head of the text.
Why: what stands between paragraphs (headings, figures, code) has any height, and the lines behind
    it would be between those of the page across, and of the page behind, which shines through.
Upstream: https://github.com/Kozea/WeasyPrint/pull/930 (a way to look at the grid of lines)
Known: WeasyPrint 70.0
Delete when: WeasyPrint has CSS's line grid or `block-step`.
"""

from __future__ import annotations

from typing import Any

from hanpan.editions.pdf.economy.boxes import BODY, classes, line_height
from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.block:block_level_layout",
        "context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
        "fixed_boxes, adjoining_margins, first_letter_style, first_line_style, discard, max_lines",
        "6b8ad2cbf57702fa",
    ),
    KnownPart(WEASYPRINT, "weasyprint.layout.block:collapse_margin", "adjoining_margins"),
    KnownPart(WEASYPRINT, "weasyprint.text.line_break:strut", "style"),
)
_ON_GRID = frozenset(("p", "ul", "ol"))
_BACK = 0.25  # of a line by which a block rather begins higher than lower


def install() -> None:
    """Have the text of books stand on a grid."""
    from weasyprint.layout import block

    layout = block.block_level_layout

    def block_level_layout(
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool = True,
        absolute_boxes: Any = None,
        fixed_boxes: Any = None,
        adjoining_margins: Any = None,
        *others: Any,
    ) -> Any:
        is_begun = skip_stack is None and box.element_tag in _ON_GRID
        if is_begun and context.is_on_grid and _is_text(containing_block):
            margins = [*(adjoining_margins or ()), _margin(box)]
            above = 0.0 if page_is_empty else block.collapse_margin(margins)
            box.position_y += _missing(context, box, above)
        return layout(
            context,
            box,
            bottom_space,
            skip_stack,
            containing_block,
            page_is_empty,
            absolute_boxes,
            fixed_boxes,
            adjoining_margins,
            *others,
        )

    block.block_level_layout = block_level_layout


def _is_text(box: Any) -> bool:
    """Tell whether a box is the text of a chapter."""
    return hasattr(box, "element") and BODY in classes(box)


def _margin(box: Any) -> float:
    """Return what a block leaves above it, in px."""
    margin = box.style["margin_top"]
    return float(margin.value) if getattr(margin, "unit", "") == "px" else 0.0


def _missing(context: Any, box: Any, above: float) -> float:
    """Return how far a block is to move to a line of the grid, in px."""
    line = line_height(box)
    page = context.current_footnote_area.page
    if not line:
        return 0.0
    beyond = float(box.position_y + above - page.content_box_y()) % line
    return -beyond if beyond < _BACK * line else line - beyond
