"""Tables: kramdown's and GitHub's, in the one form in which pandoc loses no cell of them.

pandoc counts the columns of the line below the head, and drops the cells beyond it; kramdown does
without a head, takes `|===` for a foot, and more dashes for a new group of rows.

A cell holds phrases to pandoc, and one with a block of HTML comes out empty. GitHub shows
`| <ul><li>하나</li></ul> |` as a list. So the tags of blocks go through pandoc under names that it
takes for phrases, and get their own back in the HTML that it makes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from hanpan.source.dialect.dollars import are_in_two_cells
from hanpan.source.dialect.reader import MARKER
from hanpan.source.lines import Line, indent_of

_B = r"[ \t\xa0]*+"  # input methods insert no-break spaces
_DELIMITER = re.compile(rf"{_B}\|?+{_B}:?+-++:?+{_B}(?>(?:[|+]{_B}:?+-++:?+{_B})*)\|?+{_B}\Z")
_FOOT = re.compile(rf"{_B}\|{_B}:?+=++:?+{_B}(?>(?:[|+]{_B}:?+=++:?+{_B})*)\|?+{_B}\Z")
_ROW = re.compile(r"[ ]*\|.*\|[ ]*\Z")
_LEAD = re.compile(r"(?:[ ]*>)*[ ]*")
# what holds no end of a cell: escapes, code, formulas
_ATOM = re.compile(r"\\.|`+|\$(?=[^\s$])[^$\n]*(?<=[^\s\\])\$(?!\d)|\|")
_TICKS = re.compile("`+")
_PREFIX = "x-cell-"
# what pandoc takes for a block in at least some places, and an author may put into a cell
_BLOCKS = frozenset(
    """address applet area article aside audio blockquote body button canvas center dd details
    dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html iframe legend li link main map menu meta nav noframes noscript
    object ol output p param pre progress script search section source style summary svg template
    textarea track ul video""".split()
)
_TABLE = "table"
_IN_TABLE = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
# a tag, or what holds none: an escape, the marks of code
_PIECE = re.compile(r"`+|\\.|<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])([^<>]*+)>")
_SEVERAL = re.compile("[ ]{2,}|\t")
_CARRIED = re.compile(rf"(</?){_PREFIX}(?=[a-z])")
_COLUMNS = 200  # a row of nothing but pipes is no table
_LONG = 20_000  # characters of a row


def tables(lines: list[Line]) -> list[Line]:
    """Give each table a head, a line of dashes for every column, and rows of equal length."""
    lines = list(_below_marks(lines))
    output: list[Line] = []
    at, end, piped = 0, 0, 0
    while at < len(lines):
        if at >= end:
            end, piped = _run(lines, at)
        if not _begins(lines, at, end, piped, output):
            output.append(lines[at])
            at += 1
            continue
        rows = lines[at:end]
        if output and not output[-1].is_blank:
            output.append(Line(_LEAD.match(rows[0].text)[0].rstrip(), rows[0].number))  # type: ignore[index]
        output += _regular_rows(rows)
        at = end
    return output


def _below_marks(lines: list[Line]) -> Iterator[Line]:
    """Yield lines, the head of a table in an item below the item's mark.

    To pandoc `- | a | b |` would be a head with the mark in its first cell.
    """
    for line, following in zip_longest(lines, lines[1:], fillvalue=Line("", 0)):
        marker = MARKER.match(line.text) if _is_row(line) and following.is_markdown else None
        if (
            marker
            and line.text.startswith("|", marker.end())
            and indent_of(following.text) >= len(marker[1]) + 2
            and _is_delimiter(following.text)
        ):
            yield line.with_text(marker[0])
            yield line.with_text(" " * marker.end() + line.text[marker.end() :])
        else:
            yield line


def _run(lines: list[Line], at: int) -> tuple[int, int]:
    """Return where the lines with pipes that begin at `at` end, and where the last of them that
    do not begin with one end: found once for all of them, or thousands would take minutes.
    """
    end, piped = at, at
    while end < len(lines) and _is_row(lines[end]):
        end += 1
        if not _bare(lines[end - 1].text).startswith("|"):
            piped = end
    return max(end, at + 1), piped


def _begins(lines: list[Line], at: int, end: int, piped: int, above: list[Line]) -> bool:
    """Tell whether the lines from `at` to `end` are a table."""
    first = lines[at]
    if not _is_row(first) or MARKER.match(first.text):
        return False
    many = end - at > 1
    if many and _is_delimiter(lines[at + 1].text) and not _is_delimiter(first.text):
        return True
    if at < piped or (above and not above[-1].is_blank):
        return False
    bare = _bare(first.text)
    return bool(_ROW.match(bare)) or (many and len(cells(bare)) > 1)


def _is_row(line: Line) -> bool:
    return line.is_markdown and "|" in line.text and len(line.text) < _LONG


def _bare(text: str) -> str:
    return text[len(_LEAD.match(text)[0]) :]  # type: ignore[index]


def _is_delimiter(text: str) -> bool:
    return bool(_DELIMITER.match(_bare(text)))


def _regular_rows(rows: list[Line]) -> Iterator[Line]:
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
        _COLUMNS,
        max((len(row_cells) for _, row_cells in [*body, *filter(None, [head])]), default=1),
    )
    width = count if head is None else max(count, 1)
    first, names = head or (rows[0], [])
    yield first.with_text(lead + _row(names, width))
    yield first.with_text(lead + "|" + "|".join((sides + ["---"] * width)[:width]) + "|")
    for row, row_cells in body:
        yield row.with_text(lead + _row(row_cells, width))


def _side(cell: str) -> str:
    return (":" if cell.startswith(":") else "-") + "-" + (":" if cell.endswith(":") else "-")


def _row(row_cells: list[str], width: int) -> str:
    return "| " + " | ".join((row_cells + [""] * width)[: max(width, len(row_cells))]) + " |"


def cells(row: str) -> list[str]:
    """Return the cells of a row; a pipe that is escaped, or in code or a formula, ends none."""
    ticks = _ticks(row)
    texts, start, at = [], 0, 0
    while atom := _ATOM.search(row, at):
        at = atom.end()
        if atom[0] == "|":
            texts.append(row[start : atom.start()].strip())
            start = at
        elif atom[0][0] == "`":
            at = _behind_code(ticks, atom)
        elif atom[0][0] == "$" and are_in_two_cells(atom[0][1:-1]):
            at = atom.start() + 1
    texts.append(row[start:].strip())
    if not texts[0]:
        texts = texts[1:]
    if texts and not texts[-1]:
        texts = texts[:-1]
    return texts or [""]


def _ticks(text: str) -> dict[int, list[int]]:
    """Return where runs of backticks stand, by their length."""
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        ticks.setdefault(len(run[0]), []).append(run.start())
    return ticks


def _behind_code(ticks: dict[int, list[int]], mark: re.Match[str]) -> int:
    """Return where the code that a run of backticks begins ends; behind the run where none does."""
    same = ticks.get(len(mark[0]), [])
    following = bisect_right(same, mark.start())
    return same[following] + len(mark[0]) if following < len(same) else mark.end()


def carry_cell_blocks(text: str) -> str:
    """Return a row of a table with the tags of blocks in its cells under names of phrases."""
    bare = _bare(text) if "<" in text else ""
    if not bare.startswith("|"):
        return text
    carried = [_carry(cell) for cell in cells(bare)]
    if not any(_PREFIX in cell for cell in carried):
        return text
    return f"{text[: -len(bare)]}| {' | '.join(carried)} |"


def restore_cell_blocks(html: str) -> str:
    """Return pandoc's HTML with the names that `carry_cell_blocks` changed."""
    return _CARRIED.sub(r"\1", html) if _PREFIX in html else html


def _carry(cell: str) -> str:
    """Return a cell with its blocks carried; tags that would end or cut the table are left out."""
    ticks = _ticks(cell)
    pieces: list[str] = []
    at, tables, literal = 0, 0, 0

    def text_to(end: int) -> None:
        text = cell[at:end]
        pieces.append(_SEVERAL.sub(lambda run: "&#32;" * len(run[0]), text) if literal else text)

    search_from = 0
    while piece := _PIECE.search(cell, search_from):
        search_from = piece.end()
        if piece[2] is None:
            if piece[0][0] == "`":
                search_from = _behind_code(ticks, piece)
            continue
        name = piece[2].lower()
        text_to(piece.start())
        at = piece.end()
        if name == "pre":
            literal = 0 if piece[1] else 1
        if name == _TABLE:
            tables += -1 if piece[1] else 1
        is_stray = (name in _IN_TABLE and tables < 1) or tables < 0
        tables = max(tables, 0)
        if name in _BLOCKS or name == _TABLE or name in _IN_TABLE:
            tag = f"<{piece[1]}{_PREFIX}{name}{piece[3]}>"
            pieces.append("" if is_stray else tag)
        else:
            pieces.append(piece[0])
    text_to(len(cell))
    return "".join(pieces) + f"</{_PREFIX}{_TABLE}>" * tables
