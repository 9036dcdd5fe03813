"""Tables that fold: on a screen too narrow for its columns, each row becomes a list of its cells.

A stylesheet does it, where the reading system knows container queries; elsewhere, and where there
is room, a table is a table. What folds keeps its roles (ARIA 1.2, 5.3.3): browsers forget that a
table is one whose rows are blocks. The names of columns stand before the cells then.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hanpan import tree
from hanpan.tree import Element

FOLDS = "folds"  # class of a table that folds
LABELS = "labels"  # class of a row whose cells name columns
OPENING = "opening"  # ... of a cell of the first column, which says what a row is about
FRAME = "table-frame"  # class of the block around a table, whose width counts
FOLD = "fold-"  # ... and of the table, followed by the width in em below which it folds
FOLD_WIDTHS = range(10, 66, 2)  # em: widths below which tables fold
_LONGEST = 60  # characters of a label
_SPAN = 100  # columns or rows of a cell that count
_SHOWN = ("img", "svg", "math", "a", "input")  # what a label cannot say
_CELLS = ("td", "th")


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table; tables within it have their own."""
    rows: list[Element] = []
    for part in table:
        rows += [part] if part.tag == "tr" else part.iterchildren("tr")
    return rows


def columns_of(table: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield each cell with the column where it begins and how many it spans, row by row."""
    reaching: dict[int, int] = {}  # column -> rows to come of a cell that spans several
    for row in rows_of(table):
        column, below = 0, {at: left - 1 for at, left in reaching.items() if left > 1}
        for cell in row.iterchildren(*_CELLS):
            while column in reaching:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            yield column, wide, cell
            if high > 1:
                below.update(dict.fromkeys(range(column, column + wide), high - 1))
            column += wide
        reaching = below


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or ""
    return min(int(value), _SPAN) if value.isdecimal() and int(value) else 1


def frame(table: Element) -> None:
    """Put a table into a block of its own, as wide as the text around it."""
    block = etree.Element("div", {"class": FRAME})
    tree.replace(table, block)
    table.tail = None
    block.append(table)


def can_fold(table: Element) -> bool:
    """Tell whether rows of a table make sense as lists: it is no layout, and nothing is nested."""
    return (
        (table.get("role") or "table") == "table"
        and next(table.iterdescendants("table"), None) is None
        and next(table.iterancestors("table"), None) is None
        and bool(rows_of(table))
    )


def fold(table: Element, width: float) -> None:
    """Let a table fold on a page narrower than `width` em of its text."""
    heads = frozenset(_heads(table))
    names = _names(table, heads)
    if any(len(name) > _LONGEST for name in names.values()):
        return
    tree.add_class(table, FOLDS)
    below = next((step for step in FOLD_WIDTHS if step >= width), FOLD_WIDTHS[-1])
    tree.add_class(table, f"{FOLD}{below}")
    _name_roles(table, heads)
    for column, _, cell in columns_of(table):
        if column == 0:
            tree.add_class(cell, OPENING)
        name = names.get(column)
        if name and cell.getparent() not in heads:
            cell.set("data-label", name)
    if not any(next(row.iter(*_SHOWN), None) is not None for row in heads):
        for row in heads:
            tree.add_class(row, LABELS)


def _heads(table: Element) -> Iterator[Element]:
    """Yield the rows that name columns: those of the head, else the first ones of heads alone."""
    rows = rows_of(table)
    head = table.find("thead")
    if head is not None:
        heads = [row for row in rows if row.getparent() is head]
    else:
        heads = rows[:1] if len(rows[0]) > 1 and all(map(_may_name, rows[0])) else []
        heads = heads if any(cell.tag == "th" for row in heads for cell in row) else []
    if len(heads) < len(rows):
        yield from heads


def _may_name(cell: Element) -> bool:
    return cell.tag == "th" or not tree.text_of(cell).strip()


def _names(table: Element, heads: frozenset[Element]) -> dict[int, str]:
    """Return what the head says of each column; of several rows, one after the other."""
    names: dict[int, list[str]] = {}
    for column, wide, cell in columns_of(table):
        if cell.getparent() in heads:
            text = " ".join(tree.text_of(cell).split())
            for at in range(column, column + wide):
                texts = names.setdefault(at, [])
                if text and text not in texts:
                    texts.append(text)
    return {column: " · ".join(texts) for column, texts in names.items()}


def _name_roles(table: Element, heads: frozenset[Element]) -> None:
    """Say in roles what the elements say as long as they are a table."""
    table.set("role", "table")
    for group in table.iterchildren("thead", "tbody", "tfoot"):
        group.set("role", "rowgroup")
    for row in rows_of(table):
        row.set("role", "row")
        for cell in row.iterchildren(*_CELLS):
            is_name = row in heads or cell.get("scope") in ("col", "colgroup")
            head = "columnheader" if is_name else "rowheader"
            cell.set("role", head if cell.tag == "th" else "cell")
