"""Tables on a page of any width: where words may be cut, so that no edge cuts a table off.

A page of a book does not scroll everywhere, and its reader chooses the size of the type.
"""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.table_sizes import word_widths
from hanpan.tree import Element

_NARROW = 8.8  # em: a telephone in large type, less an eighth for faces wider than ours
# columns from which on: class, type, and padding at both sides of a cell in em, as in epub.css
_SETTINGS = ((8, "widest", 0.68, 0.4), (5, "wide", 0.8, 0.7), (0, "", 0.92, 1.2))
_CUT = 1.0  # em: what a column needs whose words may be cut


def fit_tables(root: Element) -> None:
    """Mark tables of many columns, and cells `cut` whose words may part at any letter.

    Those of the longest words are cut first, and no more columns than a narrow page makes needful:
    a column whose words stay whole is not squeezed for another's sake.
    """
    for table in root.iter("table"):
        columns: dict[int, tuple[float, list[Element]]] = {}
        for row in table.iter("tr"):
            index = 0
            for cell in row.iterchildren("td", "th"):
                longest, cells = columns.get(index, (0.0, []))
                columns[index] = max(longest, *word_widths(cell), 0.0), [*cells, cell]
                index += int(cell.get("colspan", 1))
        setting = next(setting for setting in _SETTINGS if len(columns) >= setting[0])
        _, name, size, padding = setting
        if name:
            tree.add_class(table, name)
        room = _NARROW / size - padding * len(columns)
        needed = sum(longest for longest, _ in columns.values())
        for longest, cells in sorted(columns.values(), key=_by_width, reverse=True):
            if needed <= room or longest <= _CUT:
                break
            needed -= longest - _CUT
            for cell in cells:
                tree.add_class(cell, "cut")


def _by_width(column: tuple[float, list[Element]]) -> float:
    return column[0]
