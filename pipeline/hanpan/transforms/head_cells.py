"""Head cells of tables: one without words or a picture heads nothing (axe: empty-table-header)."""

from __future__ import annotations

from hanpan import tree
from hanpan.tree import Element


def unhead_empty_cells(root: Element) -> None:
    """Make each `<th>` that says nothing a `<td>`."""
    for cell in root.iter("th"):
        if not tree.text_of(cell).strip() and cell.find(".//img") is None:
            cell.tag = "td"
