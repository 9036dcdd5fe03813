"""Where the pages of a PDF begin: read off the boxes that WeasyPrint has set on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hanpan.editions.page_starts import AT, BLOCKS, UNCOUNTED, PageStart, letters
from hanpan.editions.pdf.laid_out.page_numbers import page_label
from hanpan.editions.pdf.patches.page_box import page_box


def page_starts(document: Any, in_front: int) -> Iterator[PageStart]:
    """Yield where each page of WeasyPrint's document begins; the first `in_front` are roman.

    A page is left out that has nothing of a leaf, or on which a leaf's own contents or index go on:
    in an EPUB that would be the page before.
    """
    reader = _Reader()
    before: tuple[str, int] | None = None
    for number, page in enumerate(document.pages, 1):
        start = reader.start_of(page_box(page))
        if start and start != before:
            yield PageStart(page_label(number, in_front), *start)
        before = start or before


class _Reader:
    """What has been read of a document so far."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure.boxes import FootnoteAreaBox, MarginBox, ReplacedBox

        self._picture, self._beside = ReplacedBox, (FootnoteAreaBox, MarginBox)
        self._letters: Counter[str] = Counter()  # of each block
        self._last = ("", 0)  # the end of what was read last
        self._leaves: set[str] = set()
        self._heads: set[int] = set()  # of tables: they are printed again on the next page
        self._start: tuple[str, int] | None = None

    def start_of(self, page: Any) -> tuple[str, int] | None:
        """Read a page; return where it begins, None where nothing of a leaf stands on it."""
        self._start = None
        heads = set(self._heads)
        for box in page.children:
            if not isinstance(box, self._beside):
                self._read(box, "", False, heads)
        return self._start

    def _read(self, box: Any, place: str, is_counted: bool, heads: set[int]) -> None:
        """Read a box within `place`; text that belongs to no block of the body is not counted."""
        tag = box.element_tag or ""
        if "::" in tag or tag in UNCOUNTED:
            return
        if own := box.element is not None and box.element.get(AT):
            place, is_counted = own, True
        elif tag in BLOCKS:
            is_counted = False
        elif tag == "thead":
            if id(box.element) in heads:
                return
            self._heads.add(id(box.element))
        for child in box.children:
            self._read(child, place, is_counted, heads)
        count = letters(getattr(box, "text", ""))
        if place and (count or isinstance(box, self._picture)):
            self._reach(place, is_counted)
            if is_counted and count:
                self._letters[place] += count
                self._last = place, self._letters[place]

    def _reach(self, place: str, is_counted: bool) -> None:
        """Note what is come to: a block, a leaf's beginning, or what the layout has behind it."""
        if is_counted:
            self._last = place, self._letters[place]
        elif place not in self._leaves:
            self._last = place, 0
        self._leaves.add(place)
        self._start = self._start or self._last
