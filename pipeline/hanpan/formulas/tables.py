"""Tables in formulas: alignment, spaces and lines as styles, which is all that browsers know."""

from __future__ import annotations

from itertools import chain, repeat

from lxml import etree

from hanpan.tree import Element

_LINES = {"solid": "1px solid", "dashed": "1px dashed"}
_ALIGNED = ("left", "right")


def style_table(table: Element) -> None:
    """Say what a table's attributes say once more, as styles of its cells."""
    if table.get("width") == "100%":
        _narrow(table)
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
            side = cell.get("columnalign") or align[min(at, len(align) - 1)]
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


def _narrow(table: Element) -> None:
    r"""Make `multline` as wide as it must be: it would be as wide as a page that nobody knows here.

    Its first line is at the left and its last at the right, each with two em to spare.
    """
    for name in ("width", "columnspacing"):
        if name in table.attrib:
            del table.attrib[name]
    for row, place in ((table[0], -1), (table[-1], 0)) if len(table) > 1 else ():
        row[place].insert(
            len(row[place]) if place else 0, etree.Element("mspace", {"width": "2em"})
        )


def _at(values: list[str], index: int) -> str:
    return values[min(index, len(values) - 1)] if values else "none"


def _filled(values: list[str], otherwise: str) -> chain[str]:
    """Return values, the last of them again and again."""
    return chain(values, repeat(values[-1] if values else otherwise))
