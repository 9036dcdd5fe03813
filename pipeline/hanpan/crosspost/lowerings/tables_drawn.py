"""Tables as pictures, for editors without tables."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.assets.sheets import Cell, draw_table
from hanpan.crosspost.blocks import runs
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.tables_as_lists import list_of
from hanpan.tree import Element

_MOST_COLUMNS = 8  # more are not readable in the width of a text column


def tables_drawn(root: Element, lowering: Lowering) -> None:
    """Replace each table by a picture; by a list where it contains pictures or is too wide."""
    for table in list(root.iter("table")):
        rows = rows_of(table)
        wide = max((sum(cell.span for cell in row) for row in rows), default=0)
        if not wide or next(table.iterancestors("table"), None) is not None:
            continue  # an inner table is drawn, or written, with the outer one
        if wide > _MOST_COLUMNS or table.find(".//img") is not None:
            tree.replace(table, list_of(table, lowering))
            continue
        lowering.lose("table-picture", at=table)
        sheet = draw_table(rows, lowering.files, lowering.document.meta.lang)
        paragraph = etree.Element("p")
        alt = _alt(rows, lowering)
        paragraph.append(lowering.draw("table", alt, sheet.data, sheet.width, sheet.height))
        tree.replace(table, paragraph)


def rows_of(table: Element) -> list[list[Cell]]:
    """Return a table's cells as text, one line for each block in them."""
    rows = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        parent = row.getparent()
        is_head = parent is not None and parent.tag == "thead"
        row_cells = [Cell(_text(cell), _span(cell), is_head or cell.tag == "th") for cell in cells]
        if row_cells:
            rows.append(row_cells)
    return rows


def _text(cell: Element) -> str:
    lines = []
    for run in runs(cell):
        parts = run if isinstance(run, list) else [run]
        text = "".join(part if isinstance(part, str) else _inner_text(part) for part in parts)
        lines += [" ".join(line.split()) for line in text.split("\v")]
    return "\n".join(line for line in lines if line)


def _inner_text(element: Element) -> str:
    if element.tag == "br":
        return "\v"
    text = (element.text or "") + "".join(
        _inner_text(child) + (child.tail or "") for child in element
    )
    return f"{text}\v" if element.tag in ("p", "li", "div") else text


def _span(cell: Element) -> int:
    value = (cell.get("colspan") or "").strip()
    return min(max(int(value), 1), 50) if value.isdigit() and len(value) < 4 else 1


def _alt(rows: list[list[Cell]], lowering: Lowering) -> str:
    """Return the alternative text of a table: its heads, and the number of rows."""
    heads = [cell.text.replace("\n", " ") for cell in rows[0] if cell.text]
    names = ", ".join(heads)[:100]
    if lowering.labels.is_korean:
        return f"표({len(rows)}줄): {names}"
    return f"Table, {len(rows)} rows: {names}"
