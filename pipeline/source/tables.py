"""Tables: kramdown's and GitHub's, in the one form in which pandoc loses no cell of them.

pandoc counts the columns of the line below the head, and drops the cells beyond it; kramdown does
without a head, takes `|===` for a foot, and more dashes for a new group of rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.source.lines import Line
from pipeline.source.reader import MARKER

_DELIMITER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:[|+][ ]*:?-+:?[ ]*)*\|?[ ]*\Z")
_FOOT = re.compile(r"[ ]*\|[ ]*:?=+:?[ ]*(?:[|+][ ]*:?=+:?[ ]*)*\|?[ ]*\Z")
_ROW = re.compile(r"[ ]*\|.*\|[ ]*\Z")
_LEAD = re.compile(r"(?:[ ]*>)*[ ]*")
# what holds no end of a cell: escapes, code, formulas
_ATOM = re.compile(r"\\.|`+|\$(?=[^\s$])[^$\n]*(?<=[^\s\\])\$(?!\d)|\|")
_TICKS = re.compile("`+")
_COLUMNS = 200  # a row of nothing but pipes is no table
_LONG = 20_000  # characters of a row


def tables(lines: list[Line]) -> list[Line]:
    """Give each table a head, a line of dashes for every column, and rows of equal length."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        rows = _rows(lines, at, made)
        if not rows:
            made.append(lines[at])
            at += 1
            continue
        if made and not made[-1].is_blank:
            made.append(Line(_LEAD.match(rows[0].text)[0].rstrip(), rows[0].number))  # type: ignore[index]
        made += _regular(rows)
        at += len(rows)
    return made


def _rows(lines: list[Line], at: int, made: list[Line]) -> list[Line]:
    """Return the lines of the table that begins at `at`, none where none does."""
    first = lines[at]
    if not _is_row(first) or MARKER.match(first.text):
        return []
    end = at + 1
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    rows = lines[at:end]
    if len(rows) > 1 and _is_delimiter(rows[1].text) and not _is_delimiter(first.text):
        return rows
    alone = not made or made[-1].is_blank
    bare = [_bare(row.text) for row in rows]
    if alone and all(text.startswith("|") for text in bare):
        is_wide = len(rows) > 1 and len(cells(bare[0])) > 1
        return rows if _ROW.match(bare[0]) or is_wide else []
    return []


def _is_row(line: Line) -> bool:
    return line.is_markdown and "|" in line.text and len(line.text) < _LONG


def _bare(text: str) -> str:
    return text[len(_LEAD.match(text)[0]) :]  # type: ignore[index]


def _is_delimiter(text: str) -> bool:
    return bool(_DELIMITER.match(_bare(text)))


def _regular(rows: list[Line]) -> Iterator[Line]:
    """Yield the rows as pandoc reads them: a head, the dashes, the others."""
    lead = _LEAD.match(rows[0].text)[0]  # type: ignore[index]
    sides: list[str] = []
    body: list[tuple[Line, list[str]]] = []
    head: tuple[Line, list[str]] | None = None
    for at, row in enumerate(rows):
        text = _bare(row.text)
        if _FOOT.match(text):
            continue
        if not _DELIMITER.match(text):
            body.append((row, cells(text)))
        elif not sides and at < 2:
            sides = [_side(cell) for cell in cells(text)]
            if body:
                head = body.pop()
    count = min(
        _COLUMNS, max((len(found) for _, found in [*body, *filter(None, [head])]), default=1)
    )
    width = count if head is None else max(count, 1)
    first, names = head or (rows[0], [])
    yield first.says(lead + _written(names, width))
    yield first.says(lead + "|" + "|".join((sides + ["---"] * width)[:width]) + "|")
    for row, found in body:
        yield row.says(lead + _written(found, width))


def _side(cell: str) -> str:
    return (":" if cell.startswith(":") else "-") + "-" + (":" if cell.endswith(":") else "-")


def _written(found: list[str], width: int) -> str:
    return "| " + " | ".join((found + [""] * width)[: max(width, len(found))]) + " |"


def cells(row: str) -> list[str]:
    """Return the cells of a row; a pipe that is escaped, or in code or a formula, ends none."""
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(row):
        ticks.setdefault(len(run[0]), []).append(run.start())
    found, start, at = [], 0, 0
    while atom := _ATOM.search(row, at):
        at = atom.end()
        if atom[0] == "|":
            found.append(row[start : atom.start()].strip())
            start = at
        elif atom[0][0] == "`":
            same = ticks.get(len(atom[0]), [])
            following = bisect_right(same, atom.start())
            if following < len(same):
                at = same[following] + len(atom[0])
    found.append(row[start:].strip())
    if not found[0]:
        found = found[1:]
    if found and not found[-1]:
        found = found[:-1]
    return found or [""]
