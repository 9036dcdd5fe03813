"""Sizes of tables in print: a wide table turns its lines, then gets smaller, then the page turns.

Words are cut only where the page cannot turn, or is too narrow still.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hanpan import tree
from hanpan.tree import HEADINGS, Element

SMALL = 7.0  # points: of footnotes in small print. Below, cells stand closer together
SMALLEST = 6.5  # points. Below, the page is turned, or words are cut
TURNED = "table-turned"  # class of a table on a page of its own, turned by a quarter
WHOLE = "whole"  # class of a table that no page's end may part
SHORT = 16  # lines
TURNED_ROWS = 6  # rows of cells, above which a table may be on a turned page
CLOSE = 0.8  # em: down to here a table is rather set smaller than in narrow columns
TIGHT = "table-tight"  # class of a table with close cells
CUT = "table-cut"  # class of a table whose words may be cut
LONGEST = 18.0  # em: a longer word is broken anyway
COMFORT = 5.0  # em that a column of text wants beyond its longest word
_BREAKS = re.compile(r"[\s\u200b]+|(?<=[/\-])(?=\w)")


@dataclass(frozen=True, slots=True)
class TableRoom:
    """The room that tables have on a page, and the type in which its stylesheets set them."""

    measure: float  # em of the body: the length of a line
    turned: float  # the same, where the page is turned
    body: float  # points
    size: float  # em of the body
    padding: float  # em of the table, both sides of a cell
    tight_padding: float  # the same, in a table with close cells


def size_tables(root: Element, room: TableRoom) -> None:
    """Give each table that is wider than its room a smaller `font-size`; a short one stays whole.

    One that is too wide even so goes on a page of its own that is turned.
    """
    small, smallest = SMALL / room.body, SMALLEST / room.body
    for table in root.iter("table"):
        least, comfortable, columns = _widths(table, room.padding)
        width = room.measure
        if _lines(table, width) <= SHORT:
            tree.add_class(table, WHOLE)
        tight = least - (room.padding - room.tight_padding) * columns
        if tight * smallest > width < room.turned and table.getparent() is root and _is_long(table):
            _turn(table)
            width = room.turned
        if comfortable * room.size <= width:
            continue
        size = max(width / comfortable, min(CLOSE, width / least))
        if size < small:
            tree.add_class(table, TIGHT)
            size = max(min(width / tight, small), smallest)
            if size == smallest:
                tree.add_class(table, CUT)
        style = table.get("style")
        own = f"font-size:{size:.2f}em"
        table.set("style", f"{style};{own}" if style else own)


def least_width(table: Element, padding: float) -> float:
    """Return the width below which a table's words are cut, in em of its type."""
    return _widths(table, padding)[0]


def _lines(table: Element, measure: float) -> float:
    """Return about how many lines a table takes, of `measure` em."""
    rows = sum(1 for _ in table.iter("tr"))
    return rows + em_width(tree.text_of(table)) / measure


def _is_long(table: Element) -> bool:
    """Tell whether a table is worth a turned page."""
    rows = sum(1 for row in table.iter("tr") if row.find("td") is not None)
    return rows > TURNED_ROWS


def _turn(table: Element) -> None:
    """Put a table on a page that is turned.

    The headings right in front of it go with it, unless a text follows that they are as well of:
    that fills the page before the table (editions/pdf/economy).
    """
    tree.add_class(table, TURNED)
    following = table.getnext()
    if following is not None and following.tag == "p" and tree.text_of(following).strip():
        return
    before = table.getprevious()
    while before is not None and before.tag in HEADINGS and not (before.tail or "").strip():
        tree.add_class(before, TURNED)
        before = before.getprevious()


def _widths(table: Element, padding: float) -> tuple[float, float, int]:
    """Return the widths below which words are cut and columns look narrow, in em of its type.

    The third is how many columns there are. `padding` is that of both sides of a cell.
    """
    columns: dict[int, tuple[float, float]] = {}
    for row in table.iter("tr"):
        for index, cell in enumerate(row.iterchildren("td", "th")):
            words = word_widths(cell)
            least = min(max(words, default=0.0), LONGEST)
            comfortable = min(sum(words) + 0.25 * len(words), least + COMFORT)
            before = columns.get(index, (0.0, 0.0))
            columns[index] = max(before[0], least), max(before[1], comfortable)
    padded = padding * len(columns)
    return (
        sum(least for least, _ in columns.values()) + padded,
        sum(comfortable for _, comfortable in columns.values()) + padded,
        len(columns),
    )


def word_widths(cell: Element) -> list[float]:
    """Return about how wide the words of a cell are, in em of its type."""
    return [em_width(word) for word in _BREAKS.split(tree.text_of(cell))]


def em_width(word: str) -> float:
    """Return about how wide a word is in Pretendard."""
    return sum(0.864 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in word)
