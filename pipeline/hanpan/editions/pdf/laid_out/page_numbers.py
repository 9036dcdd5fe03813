"""Page numbers in the text: written in once the pages are set, before they are drawn.

CSS's `target-counter` would have WeasyPrint set pages twice, and a leader of dots would be read out
dot by dot: together half as long again as the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hanpan.editions.pdf.patches.page_box import page_box
from hanpan.transforms.print.joiners import JOINER

TARGET = "data-page-of"  # the id whose page an element is to show
BEGIN = "data-pages-begin"  # the id from whose page on pages count from 1; in front they are roman
IN_LINE = "page-of"  # the class of an element in a line of text: not flush with its list's edge
_SELECTED = "span"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))


def number_pages(document: Any, root: Any) -> int:
    """Write the page of its target into each element below `root` that has a TARGET.

    `document` is WeasyPrint's, set on pages; `root` is its tree. Return how
    many pages there are in front of the first that is numbered 1.
    """
    wanted = sum(1 for span in root.iter(_SELECTED) if span.get(TARGET))
    if not wanted:
        return 0
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    begin = next((element.get(BEGIN) for element in root.iter() if element.get(BEGIN)), "")
    in_front = pages.get(begin, 1) - 1
    labels = {anchor: page_label(number, in_front) for anchor, number in pages.items()}
    for page in document.pages:
        for holder in _holders(page_box(page)):
            if _is_holder(holder):
                _write(holder, labels.get(holder.element.get(TARGET), ""))
                wanted -= 1
            else:
                wanted -= _write_in_line(holder, labels)
        if wanted <= 0:
            break
    return in_front


def label_pages(pdf: Any, in_front: int) -> None:
    """Tell viewers what stands on the pages of a pydyf.PDF (ISO 32000-1, 12.4.2)."""
    import pydyf

    if in_front:
        roman, arabic = (pydyf.Dictionary({"S": style}) for style in ("/r", "/D"))
        numbers = pydyf.Array([0, roman, in_front, arabic])
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def page_label(number: int, in_front: int) -> str:
    """Return what stands on a page, `number` counted from 1 through all of them."""
    if number > in_front:
        return str(number - in_front)
    roman = ""
    for value, letters in (*_ROMAN, (1, "i")):
        roman += letters * (number // value)
        number %= value
    return roman


def _holders(box: Any) -> Iterator[Any]:
    """Yield the boxes to write into: elements that have a TARGET.

    Lines of text, where one stands in line.
    """
    from weasyprint.formatting_structure.boxes import LineBox

    if _is_holder(box) or (
        isinstance(box, LineBox) and any(_is_in_line(inner) for inner in box.descendants())
    ):
        yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _holders(child)


def _is_holder(box: Any) -> bool:
    return (
        box.element is not None and box.element_tag == _SELECTED and bool(box.element.get(TARGET))
    )


def _is_in_line(box: Any) -> bool:
    """Tell whether a box is a holder in a line; the text in one has its element, and is none."""
    return (
        bool(box.children)
        and _is_holder(box)
        and IN_LINE in (box.element.get("class") or "").split()
    )


def _write(box: Any, number: str) -> None:
    """Put a number into a box that holds room for it."""
    for child in box.children:
        if hasattr(child, "pango_layout"):
            _set_text(child, number)


def _set_text(text: Any, number: str) -> None:
    held = text.text.replace(JOINER, "")
    text.width *= len(number) / len(held)  # the figures are tabular
    text.text = text.pango_layout.text = number
    if not number.isdigit():
        text.width = _width_of(text)


def _width_of(text: Any) -> float:
    """Return how wide a text is: roman numbers have no width in common."""
    from weasyprint.text.line_break import line_size

    text.pango_layout.reactivate(text.style)  # as WeasyPrint does to draw it
    line, _ = text.pango_layout.get_first_line()
    width: float = line_size(line, text.style)[0]
    text.pango_layout.deactivate()
    return width


def _write_in_line(line: Any, labels: dict[str, str]) -> int:
    """Put the numbers of a line into their places, and close up what follows; return how many."""
    holders = [box for box in line.descendants() if _is_in_line(box)]
    grown: dict[Any, float] = {}  # a text -> by how much it is wider now
    for holder in holders:
        for text in holder.children:
            if hasattr(text, "pango_layout"):
                before = text.width
                _set_text(text, labels.get(holder.element.get(TARGET), ""))
                grown[text] = text.width - before
    if any(grown.values()):
        _settle(line, grown)
    return len(holders)


def _settle(line: Any, grown: dict[Any, float]) -> None:
    """Move what follows a number that has another width; a justified line stays as long as it is.

    WeasyPrint keeps the spacing of a text's blanks in the box, and uses it when it draws.
    """
    texts = [box for box in line.descendants() if hasattr(box, "pango_layout")]
    blanks = sum(map(_blanks, texts))
    is_justified = any(text.justification_spacing for text in texts)
    _move(line, 0.0, -sum(grown.values()) / blanks if blanks and is_justified else 0.0, grown)


def _blanks(text: Any) -> int:
    """Return how many blanks of a text a justified line spreads."""
    return int(text.text.count(" ") + text.text.count("\u00a0"))


def _move(box: Any, ahead: float, spacing: float, grown: dict[Any, float]) -> float:
    """Move a box of a line and widen its blanks; return how far what follows is to move."""
    from weasyprint.formatting_structure.boxes import InlineBox, LineBox

    if not box.is_in_normal_flow():
        return ahead
    if hasattr(box, "pango_layout"):
        box.position_x += ahead
        box.justification_spacing += spacing
        box.pango_layout.justification_spacing = box.justification_spacing
        box.width += spacing * _blanks(box)
        return ahead + grown.get(box, 0.0) + spacing * _blanks(box)
    if not isinstance(box, InlineBox | LineBox):
        box.translate(ahead, 0)
        return ahead
    start = ahead
    for child in box.children:
        ahead = _move(child, ahead, spacing, grown)
    box.width += ahead - start
    if isinstance(box, InlineBox):
        box.position_x += start
    return ahead
