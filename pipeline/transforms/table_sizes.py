"""Sizes of tables in print: a wide table turns its lines, then gets smaller, then cuts words."""

from __future__ import annotations

import re
import unicodedata

from pipeline import tree
from pipeline.tree import Element

TYPE = 0.92  # em of the body's type in which print.css sets tables
SMALLEST = 7.0  # points: of footnotes in small print. Below, words are cut instead
CLOSE = 0.8  # em: down to here a table is rather set smaller than in narrow columns
TIGHT = "table-tight"  # class of a table whose words may be cut
PADDING = 1.3  # em, both sides of a cell
LONGEST = 18.0  # em: a longer word is broken anyway
COMFORT = 5.0  # em that a column of text wants beyond its longest word
_BREAKS = re.compile(r"[\s\u200b]+|(?<=[/\-])(?=\w)")


def size_tables(root: Element, measure: float, type_size: float) -> None:
    """Give each table that is wider than `measure` (em of the body) a smaller `font-size`.

    `type_size` is the body's, in points.
    """
    smallest = SMALLEST / type_size
    for table in root.iter("table"):
        least, comfortable = _widths(table)
        if comfortable * TYPE <= measure:
            continue
        size = max(measure / comfortable, min(CLOSE, measure / least), smallest)
        if size == smallest:
            tree.add_class(table, TIGHT)
        style = table.get("style")
        own = f"font-size:{size:.2f}em"
        table.set("style", f"{style};{own}" if style else own)


def _widths(table: Element) -> tuple[float, float]:
    """Return the widths below which words are cut and columns look narrow, in em of its type."""
    columns: dict[int, tuple[float, float]] = {}
    for row in table.iter("tr"):
        for index, cell in enumerate(row.iterchildren("td", "th")):
            words = [_em(word) for word in _BREAKS.split(tree.text_of(cell))]
            least = min(max(words, default=0.0), LONGEST)
            comfortable = min(sum(words) + 0.25 * len(words), least + COMFORT)
            before = columns.get(index, (0.0, 0.0))
            columns[index] = max(before[0], least), max(before[1], comfortable)
    padding = PADDING * len(columns)
    return (
        sum(least for least, _ in columns.values()) + padding,
        sum(comfortable for _, comfortable in columns.values()) + padding,
    )


def _em(word: str) -> float:
    """Return about how wide a word is in Pretendard (facts: a syllable .864 em, Latin .535)."""
    return sum(0.864 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in word)
