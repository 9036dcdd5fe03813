"""Tables in formulas: alignment, spaces and lines as styles, which is all that browsers know."""

from __future__ import annotations

from itertools import chain, repeat

from hanpan.tree import Element

_LINES = {"solid": "1px solid", "dashed": "1px dashed"}
_ALIGNED = ("left", "right")


def style_table(table: Element) -> None:
    """Say what a table's attributes say once more, as styles of its cells."""
    align = (table.get("columnalign") or "center").split()
    spaces = (table.get("columnspacing") or "").split()
    columns = (table.get("columnlines") or "").split()
    rows = (table.get("rowlines") or "").split()
    frame = _LINES.get(table.get("frame") or "", "")
    if frame:
        table.set("style", f"border:{frame}")
    lines = [row for row in table if row.tag in ("mtr", "mlabeledtr")]
    for row, below in zip(lines, _filled(rows, "none"), strict=False):
        cells = [cell for cell in row if cell.tag == "mtd"]
        for at, cell in enumerate(cells):
            styles = []
            side = align[min(at, len(align) - 1)]
            if side in _ALIGNED:
                styles.append(f"text-align:{side}")
            if spaces and at and spaces[min(at, len(spaces)) - 1] in ("0em", "0"):
                styles.append("padding-left:0")
            if spaces and at < len(cells) - 1 and spaces[min(at, len(spaces) - 1)] in ("0em", "0"):
                styles.append("padding-right:0")
            if at < len(cells) - 1 and (line := _LINES.get(_at(columns, at), "")):
                styles.append(f"border-right:{line}")
            if row is not lines[-1] and (line := _LINES.get(below, "")):
                styles.append(f"border-bottom:{line}")
            if styles:
                cell.set("style", ";".join(styles))


def _at(values: list[str], index: int) -> str:
    return values[min(index, len(values) - 1)] if values else "none"


def _filled(values: list[str], otherwise: str) -> chain[str]:
    """Return values, the last of them again and again."""
    return chain(values, repeat(values[-1] if values else otherwise))
