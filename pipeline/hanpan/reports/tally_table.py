"""The table of a tally, plain or in colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from hanpan.console import plain_line
from hanpan.problems import Severity
from hanpan.reports.tally import Row
from hanpan.reports.words import TerminalLabels

if TYPE_CHECKING:
    from rich.table import Table

_NUMBERS = (2, 3)  # columns that are aligned at their right


def plain(rows: Iterable[Row], labels: TerminalLabels) -> Iterator[str]:
    """Yield the lines of the table, its head first."""
    table = [_head(labels), *(_cells(row, labels) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for cells in table:
        padded = [
            " " * (width - _width(cell)) + cell
            if number in _NUMBERS
            else cell + " " * (width - _width(cell))
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()


def colourful(rows: Iterable[Row], labels: TerminalLabels, styles: Mapping[Severity, str]) -> Table:
    """Return the table for a terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(_head(labels)):
        table.add_column(
            name, justify="right" if number in _NUMBERS else "left", no_wrap=number < 4,
            overflow="fold",
        )  # fmt: skip
    for row in rows:
        rule, severity, *rest = _cells(row, labels)
        table.add_row(rule, Text(severity, styles[row.severity]), *map(Text, rest))
    return table


def _head(labels: TerminalLabels) -> Sequence[str]:
    return labels.rule, labels.severity, labels.problems, labels.posts, labels.most_in


def _cells(row: Row, labels: TerminalLabels) -> Sequence[str]:
    posts = f"{row.posts:,}" if row.posts else ""
    worst = plain_line(row.worst)
    if worst and row.posts > 1 and row.in_worst > 1:
        worst += f" ({row.in_worst:,})"
    return row.rule, labels.name_of(row.severity), f"{row.problems:,}", posts, worst


def _width(text: str) -> int:
    """Return how many columns a terminal gives a text: two for a wide letter (UAX #11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
