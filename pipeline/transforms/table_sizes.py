"""Sizes of tables in print: a wide table is set in smaller type, so that no word of it is cut."""

from __future__ import annotations

import re
import unicodedata

from pipeline import tree
from pipeline.tree import Element

TYPE = 0.92  # em of the body's type in which print.css sets tables
SMALLEST = 0.6  # below, nobody can read it: words are cut instead
TIGHT = "table-tight"  # class of a table whose words may be cut
PADDING = 1.3  # em, both sides of a cell
LONGEST = 18.0  # em: a longer word is broken anyway
COMFORT = 5.0  # em that a column of text wants beyond its longest word
_BREAKS = re.compile(r"[\s\u200b]+|(?<=[/\-])(?=\w)")


def size_tables(root: Element, measure: float) -> None:
    """Give each table that is wider than `measure` (em of the body) a smaller `font-size`."""
    for table in root.iter("table"):
        wanted = _width(table) * TYPE
        if wanted <= measure:
            continue
        size = max(SMALLEST, TYPE * measure / wanted)
        if size == SMALLEST:
            tree.add_class(table, TIGHT)
        style = table.get("style")
        own = f"font-size:{size:.2f}em"
        table.set("style", f"{style};{own}" if style else own)


def _width(table: Element) -> float:
    """Return the width below which a table gets hard to read, in em of its own type."""
    columns: dict[int, float] = {}
    for row in table.iter("tr"):
        for index, cell in enumerate(row.iterchildren("td", "th")):
            words = [_em(word) for word in _BREAKS.split(tree.text_of(cell))]
            least = min(max(words, default=0.0), LONGEST)
            comfortable = min(sum(words) + 0.25 * len(words), least + COMFORT)
            columns[index] = max(columns.get(index, 0.0), comfortable)
    return sum(width + PADDING for width in columns.values())


def _em(word: str) -> float:
    """Return about how wide a word is in Pretendard (facts: a syllable .864 em, Latin .535)."""
    return sum(0.864 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in word)
