"""Page numbers of a contents list: written in once the pages are set, before they are drawn.

CSS's `target-counter` would have WeasyPrint set pages twice, and a leader of dots would be read out
dot by dot: together half as long again as the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TARGET = "data-page-of"  # the id whose page an element is to show
BLANK = "00"  # what holds the place of a number: as wide as most are
_SELECTED, _BLOCK = "span", "li"


def number_pages(document: Any, root: Any) -> None:
    """Write the page of its target into each element below `root` that has a TARGET.

    `document` is WeasyPrint's, set on pages; `root` is the tree that it was made of.
    """
    wanted = sum(1 for span in root.iter(_SELECTED) if span.get(TARGET))
    if not wanted:
        return
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    for page in document.pages:
        for holder, edge in _holders(page._page_box, 0):
            _write(holder, str(pages.get(holder.element.get(TARGET), "")), edge)
            wanted -= 1
        if wanted <= 0:
            return


def _holders(box: Any, edge: float) -> Iterator[tuple[Any, float]]:
    """Yield the boxes of the elements that have a TARGET, and where their blocks end (pixels)."""
    from weasyprint.formatting_structure.boxes import BlockBox

    if box.element is not None and box.element.get(TARGET) and box.element_tag == _SELECTED:
        yield box, edge
        return
    if box.element_tag == _BLOCK and isinstance(box, BlockBox):
        edge = box.content_box_x() + box.width
    for child in getattr(box, "children", ()):
        yield from _holders(child, edge)


def _write(box: Any, number: str, edge: float) -> None:
    """Put a number into a box that holds BLANK, flush with the right edge of its block."""
    for child in box.children:
        if hasattr(child, "pango_layout"):
            child.width *= len(number) / len(BLANK)  # the figures are tabular
            child.position_x = edge - child.width
            child.text = child.pango_layout.text = number
