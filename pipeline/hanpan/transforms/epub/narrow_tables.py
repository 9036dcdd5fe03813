"""Tables on a page of any width: where they fold, and where words may be cut, so that no edge does.

A page of a book does not scroll everywhere, and its reader chooses the size of the type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from hanpan import tree
from hanpan.transforms.epub.break_places import LONG_IN_CELL, pieces
from hanpan.transforms.epub.folded_tables import can_fold, columns_of, fold, frame
from hanpan.transforms.scrollers import formula_length
from hanpan.transforms.select import drop
from hanpan.transforms.table_sizes import em_width
from hanpan.tree import Element

_NARROW = 8.8  # em: a telephone in large type, less an eighth for faces wider than ours
_WIDER = 1.125  # ... which a page of any width has to have room for
WIDE, WIDEST = "wide", "widest"  # classes of tables of many columns
_FROM = ((8, WIDEST), (5, WIDE), (0, ""))  # columns from which on
_CUT = 1.0  # em: what a column needs whose words may be cut
_CALM = 6.0  # em: a column of prose that is narrower has hardly two words a line
_CALM_OF_FEW, _FEW = 4.0, 3  # ... which a table of so many columns rather has than folds
_SIGN = 0.65  # em: a sign of a formula, with the gaps around operators
_BLOCKS = frozenset(("br", "p", "div", "li", "pre", "dt", "dd"))  # their text begins a line
_LONGEST = 18.0  # em: a longer word is cut on any page
_TURNS = re.compile(r"[\s\u200b]+|(?<=[/\-])(?=\w)")  # where browsers end a line by themselves


@dataclass(frozen=True, slots=True)
class TableType:
    """How a stylesheet sets tables of one class."""

    size: float  # em of the text
    padding: float  # em of the table, both sides of a cell


@dataclass(slots=True)
class _Column:
    """What the cells that begin in a column need, in em of the table."""

    longest: float = 0.0  # the longest word, or piece of one
    least: float = 0.0  # ... that a page may hold, or the longest formula
    whole: float = 0.0  # all words of a cell on one line
    cells: list[Element] = field(default_factory=list)

    def calm(self, prose: float) -> float:
        """Return a width that is pleasant to read: of prose, so many em are enough."""
        return max(self.least, min(self.whole, prose))


def fit_tables(root: Element, types: Mapping[str, TableType]) -> None:
    """Frame each table, and mark it with how it fits pages that are too narrow for it.

    It folds where it can. For reading systems in which nothing folds, cells are marked `cut` whose
    words may part at any letter: those of the longest words first, and no more columns than a
    narrow page makes needful, for a column whose words stay whole is not squeezed for another's
    sake. Cells with a word that no page holds are `long`: they part everywhere. `types` are by the
    classes "", WIDE and WIDEST.
    """
    for table in list(root.iter("table")):
        if WIDE in tree.classes(table):  # its author's word, for screens
            names = [one for one in tree.classes(table) if one != WIDE]
            drop(table, "class")
            for each in names:
                tree.add_class(table, each)
        columns = _columns(table)
        name = next(name for least, name in _FROM if len(columns) >= least)
        if name:
            tree.add_class(table, name)
        size, padding = types[name].size, types[name].padding * len(columns)
        _mark_cut(columns, _NARROW / size - padding)
        prose = _CALM_OF_FEW if len(columns) <= _FEW else _CALM
        width = (sum(column.calm(prose) for column in columns.values()) + padding) * size
        if width > _NARROW and can_fold(table):
            fold(table, width * _WIDER)
        if next(table.iterancestors("table"), None) is None:
            frame(table)


def _columns(table: Element) -> dict[int, _Column]:
    """Return the columns of a table; a cell that spans several has no say in their width."""
    columns: dict[int, _Column] = {}
    for at, wide, cell in columns_of(table):
        column = columns.setdefault(at, _Column())
        column.cells.append(cell)
        words = _TURNS.split(_text_of(cell))
        widths = [em_width(piece) for word in words for piece in pieces(word, LONG_IN_CELL)]
        longest = max(widths, default=0.0)
        if longest > _LONGEST:
            tree.add_class(cell, "long")
        if wide == 1:
            pictured = next(cell.iter("img", "svg"), None) is not None
            formulas = [_SIGN * formula_length(math) for math in cell.iter("math")]
            column.longest = max(column.longest, longest)
            column.least = max(column.least, min(longest, _LONGEST), *formulas)
            column.whole = max(column.whole, _CALM if pictured else sum(widths))
    return columns


def _text_of(cell: Element) -> str:
    """Return the text of a cell that breaks over lines: without formulas."""
    parts = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            parts.append((element.tail or "") if element is not cell else "")
        elif element.tag == "math":
            walk.skip_subtree()
        else:
            parts.append(f" {element.text or ''}" if element.tag in _BLOCKS else element.text or "")
    return "".join(parts)


def _mark_cut(columns: Mapping[int, _Column], room: float) -> None:
    """Mark the cells that have to be cut where the columns have so many em together."""
    needed = sum(column.longest for column in columns.values())
    for column in sorted(columns.values(), key=lambda column: column.longest, reverse=True):
        if needed <= room or column.longest <= _CUT:
            break
        needed -= column.longest - _CUT
        for cell in column.cells:
            tree.add_class(cell, "cut")
