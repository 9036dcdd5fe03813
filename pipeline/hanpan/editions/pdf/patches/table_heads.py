"""The head and the foot of a table are printed, whatever their height and that of its rows.

What: where `table_layout` leaves a head out, because it does not fit on an empty page together with
    the row that comes next, the table is laid out again: the row may be parted between pages; and
    if that does not help at a table's beginning, the head is an ordinary row, which is parted. So
    is a foot that finds no room at the table's end.
Why: WeasyPrint drops what finds no room, and the author's words with it.
Upstream: docs/upstream.md, "A table's head that is taller than the page is lost"
Known: WeasyPrint 70.0
Delete when: the reproduction there prints the head.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.table:table_layout",
        "context, table, bottom_space, skip_stack, containing_block, page_is_empty, "
        "absolute_boxes, fixed_boxes",
        "09a10bccbad258d1",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.block:remove_placeholders",
        "context, box_list, absolute_boxes, fixed_boxes",
    ),
)


def install() -> None:
    """Have WeasyPrint print the heads of tables."""
    from weasyprint.layout import block

    layout = block.table_layout

    def table_layout(
        context: Any, table: Any, bottom_space: float, skip_stack: Any, *others: Any
    ) -> Any:
        arguments = (context, table, bottom_space, skip_stack, *others)
        _, page_is_empty, absolute_boxes, fixed_boxes = others
        result = layout(*arguments)
        for change in (_part_next_row, _print_head_once):
            if not (page_is_empty and _lost_its_head(table, result[0])):
                break
            if change(table, skip_stack):
                block.remove_placeholders(context, [result[0]], absolute_boxes, fixed_boxes)
                result = layout(*arguments)
        if page_is_empty and _lost_its_foot(table, result):
            table.children[-1].is_footer = False
            block.remove_placeholders(context, [result[0]], absolute_boxes, fixed_boxes)
            result = layout(*arguments)
        return result

    block.table_layout = table_layout


def _lost_its_head(table: Any, laid_out: Any) -> bool:
    """Tell whether a table has a head that is not on the page."""
    if laid_out is None or not (table.children and table.children[0].is_header):
        return False
    return not any(group.is_header for group in laid_out.children)


def _lost_its_foot(table: Any, result: Any) -> bool:
    """Tell whether a table ends on the page without the foot that it has."""
    laid_out, resume_at = result[:2]
    if laid_out is None or resume_at or not (table.children and table.children[-1].is_footer):
        return False
    return not any(group.is_footer for group in laid_out.children)


def _part_next_row(table: Any, skip_stack: Any) -> bool:
    """Allow a page's end within the row that comes next; return whether there is one."""
    group_at, rows = next(iter(skip_stack.items())) if skip_stack else (0, None)
    row_at = next(iter(rows)) if rows else 0
    for group in table.children[group_at:]:
        if not (group.is_header or group.is_footer):
            for row in group.children[row_at : row_at + 1]:
                row.style = row.style.copy()
                row.style["break_inside"] = "auto"
                return True
        row_at = 0
    return False


def _print_head_once(table: Any, skip_stack: Any) -> bool:
    """Make the head an ordinary row, where none of the table is printed yet."""
    if skip_stack:
        return False
    table.children[0].is_header = False
    return True
