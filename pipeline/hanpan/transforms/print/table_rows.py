"""Rows of tables as PDF/UA-1 asks for them: even, and some of them in a body."""

from __future__ import annotations

from lxml import etree

from hanpan.tree import Element, remove

_MOST = 1000  # columns or rows that a cell may say it spans


def head_something(root: Element) -> None:
    """Make the head and the foot of a table without other rows its bodies (7.2-6, 7.2-37).

    Groups without rows go: such a body is set with another in it.
    """
    for table in root.iter("table"):
        groups = list(table.iterchildren("thead", "tbody", "tfoot"))
        for empty in [group for group in groups if not len(group)]:
            remove(empty)
            groups.remove(empty)
        if not any(group.tag == "tbody" for group in groups):
            for group in groups:
                group.tag = "tbody"


def even_rows(root: Element) -> None:
    """Add empty cells to the rows of each table that are shorter than its longest; idempotent.

    A row must span as many columns as the others (7.2-42, 7.2-43).
    """
    for table in root.iter("table"):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        widths = _widths(rows)
        for row, width in zip(rows, widths, strict=True):
            for _ in range(max(widths) - width):
                etree.SubElement(row, "td")


def _widths(rows: list[Element]) -> list[int]:
    """Return how many columns each row spans, with the cells that reach down into it."""
    widths: list[int] = []
    reaching: list[tuple[int, int]] = []  # columns, rows still to come
    for number, row in enumerate(rows):
        width = sum(columns for columns, _ in reaching)
        reaching = [(columns, left - 1) for columns, left in reaching if left > 1]
        for cell in row.iterchildren("td", "th"):
            columns = _span(cell, "colspan")
            down = min(_span(cell, "rowspan"), len(rows) - number)
            width += columns
            if down > 1:
                reaching.append((columns, down - 1))
        widths.append(width)
    return widths


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or ""
    return min(int(value), _MOST) if value.isdecimal() and int(value) else 1
