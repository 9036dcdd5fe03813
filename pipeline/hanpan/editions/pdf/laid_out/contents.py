"""What stands on the pages, by leaf: read off the boxes before they are drawn (issue 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from hanpan.conservation import Shown, TableSize
from hanpan.editions.page_starts import AT
from hanpan.editions.pdf.patches.page_box import page_box
from hanpan.transforms.maths_svg import SOURCE
from hanpan.transforms.print.joiners import JOINER

_REPEATED = ("thead", "tfoot")  # they are printed again where their table goes on
# classes of what print puts into lines, even between a word and its particle
_ADDED = frozenset(("link-mark", "link-address", "page-reference", "footnote-ref"))
_CELLS = ("td", "th")


def contents_by_leaf(document: Any, formula: str, others: Collection[str]) -> dict[str, Shown]:
    """Return what each leaf of WeasyPrint's document shows on its pages.

    `formula` begins the addresses of pictures that are formulas; `others` are those of pictures
    that are no part of a body.
    """
    reader = _Reader(formula, others)
    for page in document.pages:
        reader.read_page(page_box(page))
    return {name: leaf.shown() for name, leaf in reader.leaves.items()}


@dataclass(slots=True)
class _Parts:
    """The elements of a table that are on pages, each once, by their identity."""

    rows: set[int] = field(default_factory=set)
    cells: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)

    def size(self) -> TableSize:
        return TableSize(len(self.rows), len(self.cells), len(self.filled))


@dataclass(slots=True)
class _Leaf:
    """What is known of a leaf so far; its notes are apart, so that they part no paragraph."""

    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: dict[int, _Parts] = field(default_factory=dict)
    pictures: int = 0
    formulas: int = 0
    undrawn: set[int] = field(default_factory=set)  # formulas that stand as their TeX

    def shown(self) -> Shown:
        text = "\n".join(("".join(self.texts), "".join(self.notes))).replace(JOINER, "")
        tables = tuple(table.size() for table in self.tables.values())
        return Shown(text, tables, self.pictures, self.formulas + len(self.undrawn))


class _Reader:
    """What has been read of a document so far."""

    def __init__(self, formula: str, others: Collection[str]) -> None:
        from weasyprint.formatting_structure.boxes import FootnoteAreaBox, MarginBox, ReplacedBox

        self._picture, self._margin, self._notes = ReplacedBox, MarginBox, FootnoteAreaBox
        self._formula, self._others = formula, others
        self.leaves: dict[str, _Leaf] = defaultdict(_Leaf)
        self._heads: set[int] = set()
        self._new_heads: set[int] = set()
        self._tables: list[_Parts] = []  # around what is read

    def read_page(self, page: Any) -> None:
        """Read all of a page but its margins."""
        self._heads |= self._new_heads
        self._new_heads = set()
        for box in page.children:
            if not isinstance(box, self._margin):
                self._read(box, "", is_note=isinstance(box, self._notes))

    def _read(self, box: Any, leaf: str, *, is_note: bool) -> bool:
        """Read a box within a leaf; tell whether anything is in it."""
        tag, element = box.element_tag or "", box.element
        if "::" in tag:
            return False
        if element is not None:
            if element.get("class") in _ADDED:
                return False
            if place := element.get(AT):
                leaf = place.partition("/")[0]
        if tag in _REPEATED:
            if id(element) in self._heads:
                return False
            self._new_heads.add(id(element))
        if isinstance(box, self._picture):
            self._count_picture(element, leaf)
            return True
        if text := getattr(box, "text", ""):
            parts = self.leaves[leaf]
            (parts.notes if is_note else parts.texts).append(text)
            return not text.isspace()
        if tag == "code" and element is not None and element.get("class") == SOURCE:
            self.leaves[leaf].undrawn.add(id(element))
        is_table = tag == "table" and element is not None
        if is_table:
            self._tables.append(self.leaves[leaf].tables.setdefault(id(element), _Parts()))
        is_filled = False
        for child in getattr(box, "children", ()):
            is_filled |= self._read(child, leaf, is_note=is_note)
        if is_table:
            self._tables.pop()
        elif self._tables and element is not None:
            self._count_part(tag, id(element), is_filled=is_filled)
        return is_filled

    def _count_part(self, tag: str, identity: int, *, is_filled: bool) -> None:
        table = self._tables[-1]
        if tag == "tr":
            table.rows.add(identity)
        elif tag in _CELLS:
            table.cells.add(identity)
            if is_filled:
                table.filled.add(identity)

    def _count_picture(self, element: Any, leaf: str) -> None:
        source = "" if element is None else element.get("src") or ""
        if source.startswith(self._formula):
            self.leaves[leaf].formulas += 1
        elif source not in self._others:
            self.leaves[leaf].pictures += 1
