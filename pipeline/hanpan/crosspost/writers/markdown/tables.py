"""Tables as GFM tables: one line a row, merged cells split, blocks in cells joined by `<br>`."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.crosspost.blocks import has_blocks, nodes, runs
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.writers.markdown.inlines import Inlines
from hanpan.crosspost.writers.markdown.pieces import Piece
from hanpan.tree import Element

Grid = list[list[Element | None]]


def write_table(table: Element, lowering: Lowering) -> str:
    """Return a table as Markdown, its caption as a line above."""
    rows = [row for row in table.iter("tr") if _table_of(row) is table]
    grid = _grid(rows, lowering)
    width = max((len(row) for row in grid), default=0)
    if not width:
        return ""
    headed = _has_head(rows)
    head = grid[0] if headed else []
    lines = [_line(head, width, lowering), f"|{'|'.join(_rules(grid, width, lowering))}|"]
    lines += [_line(row, width, lowering) for row in (grid[1:] if headed else grid)]
    caption = table.find("caption")
    above = Inlines(lowering).write(nodes(caption)) if caption is not None else ""
    return "\n".join([above, "", *lines] if above else lines)


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _has_head(rows: list[Element]) -> bool:
    parent = rows[0].getparent() if rows else None
    if parent is None:
        return False
    cells = [cell for cell in rows[0] if cell.tag in ("td", "th")]
    return parent.tag == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))


def _grid(rows: list[Element], lowering: Lowering) -> Grid:
    """Return the cells by row and column, None where a merged cell extends to."""
    grid: Grid = [[] for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in (c for c in row if c.tag in ("td", "th")):
            while (y, x) in taken:
                x += 1
            wide, high = _span(cell, "colspan", 50), _span(cell, "rowspan", len(rows) - y)
            lowering.lose("table-span", count=int(wide > 1 or high > 1), at=cell)
            taken |= {(y + dy, x + dx) for dy in range(high) for dx in range(wide)}
            grid[y] += [None] * (x + wide - len(grid[y]))
            grid[y][x] = cell
            x += wide
    return grid


def _span(cell: Element, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), most) if re.fullmatch(r"\d{1,4}", value) else 1


def _rules(grid: Grid, width: int, lowering: Lowering) -> list[str]:
    """Return the row of dashes, with colons where the dialect aligns columns."""
    signs = {"left": ":---", "right": "---:", "center": ":---:"}
    rules, lost = [], 0
    for x in range(width):
        cell = next((row[x] for row in grid if x < len(row) and row[x] is not None), None)
        alignment = ""
        if cell is not None:
            style = re.search(r"text-align:\s*(\w+)", cell.get("style") or "")
            alignment = style[1] if style else cell.get("align") or ""
        is_aligned = alignment in signs
        lost += is_aligned
        rules.append(
            signs[alignment] if is_aligned and lowering.platform.markdown.alignment else "---"
        )
    if lost and not lowering.platform.markdown.alignment:
        lowering.lose("table-alignment")
    return rules


def _line(row: list[Element | None], width: int, lowering: Lowering) -> str:
    cells = [_cell(row[x], lowering) if x < len(row) else "" for x in range(width)]
    return f"| {' | '.join(cells)} |"


def _cell(cell: Element | None, lowering: Lowering) -> str:
    if cell is None:
        return ""
    inlines = Inlines(lowering, in_table=True)
    if has_blocks(cell):
        lowering.lose("table-blocks", at=cell)
    line_break = "<br>" if "br" in lowering.platform.markdown.html else " "
    return inlines.render(_cell_pieces(cell, inlines), line_break)


def _cell_pieces(cell: Element, inlines: Inlines) -> list[Piece]:
    """Return a cell's contents as one run, its blocks separated by breaks."""
    pieces: list[Piece] = []
    for run in runs(cell):
        if isinstance(run, list):
            inner = inlines.pieces(run)
        elif run.tag == "pre":
            inner = _code_pieces(run, inlines)
        else:
            inner = [Piece("text", "• ")] if run.tag == "li" else []
            inner += _cell_pieces(run, inlines)
        if pieces and inner:
            pieces.append(Piece("break"))
        pieces += inner
    return pieces


def _code_pieces(pre: Element, inlines: Inlines) -> list[Piece]:
    pieces: list[Piece] = []
    for line in tree.text_of(pre).strip("\n").split("\n"):
        code = etree.Element("code")
        code.text = line
        pieces += [Piece("break")] if pieces else []
        pieces += inlines.pieces([code])
    return pieces
