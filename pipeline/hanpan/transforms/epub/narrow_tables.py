"""Tables on a page of any width: where words may be cut, so that no edge cuts a table off.

A page of a book does not scroll everywhere, and its reader chooses the size of the type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hanpan import tree
from hanpan.transforms.table_sizes import word_widths
from hanpan.tree import Element

_NARROW = 8.8  # em: a telephone in large type, less an eighth for faces wider than ours
WIDE, WIDEST = "wide", "widest"  # classes of tables of many columns
_FROM = ((8, WIDEST), (5, WIDE), (0, ""))  # columns from which on
_CUT = 1.0  # em: what a column needs whose words may be cut


@dataclass(frozen=True, slots=True)
class TableType:
    """How a stylesheet sets tables of one class."""

    size: float  # em of the text
    padding: float  # em of the table, both sides of a cell


def fit_tables(root: Element, types: Mapping[str, TableType]) -> None:
    """Mark tables of many columns, and cells `cut` whose words may part at any letter.

    Those of the longest words are cut first, and no more columns than a narrow page makes needful:
    a column whose words stay whole is not squeezed for another's sake. `types` are by the classes
    "", WIDE and WIDEST.
    """
    for table in root.iter("table"):
        columns: dict[int, tuple[float, list[Element]]] = {}
        for row in table.iter("tr"):
            index = 0
            for cell in row.iterchildren("td", "th"):
                longest, cells = columns.get(index, (0.0, []))
                columns[index] = max(longest, *word_widths(cell), 0.0), [*cells, cell]
                index += int(cell.get("colspan", 1))
        name = next(name for least, name in _FROM if len(columns) >= least)
        if name:
            tree.add_class(table, name)
        room = _NARROW / types[name].size - types[name].padding * len(columns)
        needed = sum(longest for longest, _ in columns.values())
        for longest, cells in sorted(columns.values(), key=_by_width, reverse=True):
            if needed <= room or longest <= _CUT:
                break
            needed -= longest - _CUT
            for cell in cells:
                tree.add_class(cell, "cut")


def _by_width(column: tuple[float, list[Element]]) -> float:
    return column[0]
