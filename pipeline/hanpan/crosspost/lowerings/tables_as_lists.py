"""Tables as lists, for editors that have lists but no tables.

A list stays text: it can be pasted, searched, read aloud and corrected by hand; a picture must be
uploaded, and is small on a phone.
"""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import BLOCKS, has_blocks, nodes
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def tables_as_lists(root: Element, lowering: Lowering) -> None:
    """Replace each table by a list: an item a row, the first cell in bold, then `head: cell`."""
    while (table := next(root.iter("table"), None)) is not None:
        inner = [*table.iter("table")][-1]
        tree.replace(inner, list_of(inner, lowering))


def list_of(table: Element, lowering: Lowering) -> Element:
    """Return a table as a list."""
    lowering.lose("table-list", at=table)
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    box = etree.Element("div")
    caption = table.find("caption")
    if caption is not None:
        title = etree.SubElement(box, "p")
        strong = etree.SubElement(title, "strong")
        _fill(strong, caption)
    headed = len(rows) > 1 and (_is_head(rows[0]) or next(table.iter("thead"), None) is not None)
    heads = [" ".join(tree.text_of(cell).split()) for cell in rows[0]] if headed else []
    items = etree.SubElement(box, "ul")
    if headed and len(heads) == 2 and all(heads):  # else its heads would be lost
        _pair(items, rows[0])
    for row in rows[1:] if headed else rows:
        _row(etree.SubElement(items, "li"), row, heads)
    return box


def _is_head(row: list[Element]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _pair(into: Element, row: list[Element]) -> None:
    """Write the heads of a table of two columns as a row of its own."""
    item = etree.SubElement(into, "li")
    for cell in row:
        part = etree.SubElement(item, "strong")
        _fill(part, cell)
    item[0].tail = ": "


def _row(item: Element, row: list[Element], heads: list[str]) -> None:
    """Write a row: two columns as `a: b`, more as `a`, and `head: cell` for each of the others."""
    first = etree.SubElement(item, "strong")
    _fill(first, row[0])
    if len(heads) != 2 and heads and heads[0]:
        first.text, first[:] = f"{heads[0]}: {first.text or ''}", list(first)
    separator = ": " if len(row) == 2 and len(heads) in (0, 2) else " / "
    for number, cell in enumerate(row[1:], 1):
        last = item[-1]
        head = heads[number] if len(heads) != 2 and number < len(heads) else ""
        last.tail = (last.tail or "") + separator + (f"{head}: " if head else "")
        _fill(etree.SubElement(item, "span"), cell)
    if len(item) == 1 and not tree.text_of(item).strip():
        item.text = ""


def _fill(into: Element, cell: Element) -> None:
    """Copy the contents of a cell, its blocks separated by blanks."""
    if has_blocks(cell):
        for block in list(cell.iterdescendants(*BLOCKS)):
            block.tail = " " + (block.tail or "").lstrip()
            tree.unwrap(block)
    for node in nodes(cell):
        if isinstance(node, str):
            tree.append_text(into, node)
        else:
            node.tail = None
            into.append(node)
