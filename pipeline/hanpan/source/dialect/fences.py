"""Fences: code between marks, in the one form that pandoc reads in every place.

Backticks, and the language and title as attributes. CommonMark 0.31, section 4.5, says what a fence
is; authors' habits beyond it are noted.
"""

from __future__ import annotations

import re

from hanpan.problems import Problem
from hanpan.source.dialect.info import attributes, is_prose
from hanpan.source.dialect.reader import FENCE, MARKER, Reader, follow_lists
from hanpan.source.lines import Kind, Line, expand_indent, indent_of, longest_ticks, outdent

_QUOTE = re.compile(r"(?:[ ]{0,3}>[ \t]?)+")
_TEXT = re.compile(r"[^\s#>|<`~$\\{]")
_LEAD = re.compile(r"\A[ \t>]*+(?:[-*+][ \t]++|\d{1,9}[.)][ \t]++)?")
_PROSE_LIMIT = 50  # lines of a post that begin with marks and go on in words
_LAZY_LIMIT = 200  # lines left of its list item in which a fence may still be closed


def fence(reader: Reader, line: Line) -> bool:
    quote = _QUOTE.match(line.text)
    prefix = quote[0] if quote else ""
    rest = line.text[len(prefix) :]
    marker = MARKER.match(rest)
    lead = rest[: marker.end()] if marker and FENCE.match(rest[marker.end() :]) else ""
    opened = FENCE.match(rest[len(lead) :].lstrip(" \t"))
    if not opened:
        return False
    if is_prose(opened[2]) and _is_text(reader, opened[1], in_item=bool(lead)):
        return _write_text(reader, line, opened[1])
    if lead:
        follow_lists(reader, lead)
    elif not quote:
        follow_lists(reader, rest)
    column = len(lead) or indent_of(rest)
    base = 0 if quote else _base(reader, column)
    end, closed = _end(reader, prefix, opened[1], base, column)
    is_lazy = not (lead or quote or column or reader.after_blank()) and bool(reader.lists)
    if is_lazy and closed:  # for kramdown a blank line ends an item, and nothing less
        base = reader.lists[-1]
    if not closed and end == reader.at + 1 and (lead or quote) and opened[2]:
        return _write_text(reader, line, opened[1])
    if not closed:
        message = "the code block that begins here is never closed"
        remedy = f"Add a line of {opened[1]} after it."
        reader.problems.append(
            Problem("fence-unclosed", "warning", message, reader.path, line.number, remedy)
        )
    code = [
        item.with_text(outdent(_strip_quote(item.text, prefix), column))
        for item in reader.lines[reader.at + 1 : end]
    ]
    margin = (prefix or "") + " " * base if not lead else prefix + " " * len(lead)
    emit(reader, line.number, prefix + lead if lead else margin, margin, opened[2], code)
    reader.at = end + (1 if closed else 0)
    if is_lazy and closed:
        _go_on(reader, base)
    return True


def _is_text(reader: Reader, mark: str, *, in_item: bool) -> bool:
    """Tell whether a line that begins with marks and goes on in words is a sentence about them.

    It is, where the fences below come out better without it.
    """
    reader.prose_fences += 1
    if reader.prose_fences > _PROSE_LIMIT:
        return True
    as_text, as_fence = _flaws(reader, ""), _flaws(reader, mark)
    return as_text < as_fence or (in_item and as_text == as_fence)


def _flaws(reader: Reader, mark: str) -> int:
    """Count the fences that begin within another below, and one that is never closed.

    `mark` is that of a fence that is open on the next line; "" for none.
    """
    flaws = 0
    for at in range(reader.at + 1, len(reader.lines)):
        text = _LEAD.sub("", reader.lines[at].text)
        match = FENCE.match(text) if text.startswith(("```", "~~~")) else None
        if not match:
            continue
        info = match[2].strip("\xa0")
        if not mark:
            mark = "" if is_prose(info) else match[1]
        elif info:
            flaws += 1
        elif match[1].startswith(mark):
            mark = ""
    return flaws + bool(mark)


def _write_text(reader: Reader, line: Line, mark: str) -> bool:
    """Write a line that begins no fence so that it begins none for pandoc."""
    follow_lists(reader, line.text)
    text = line.text.replace(mark, "".join(f"\\{sign}" for sign in mark), 1)
    reader.output.append(line.with_text(expand_indent(text)))
    reader.at += 1
    return True


def _go_on(reader: Reader, base: int) -> None:
    """Take the text right below a fence into the item that the fence belongs to."""
    while reader.at < len(reader.lines):
        line = reader.lines[reader.at]
        if line.is_blank or not _TEXT.match(line.text) or MARKER.match(line.text):
            break
        reader.output.append(line.with_text(" " * base + line.text))
        reader.at += 1


def _base(reader: Reader, column: int) -> int:
    """Return the column of the list item that a fence at `column` belongs to.

    A fence that is indented, but less than the item's text, was meant to belong to it.
    """
    if column == 0:
        return 0
    inside = [item for item in reader.lists if item <= column]
    if inside:
        return inside[-1]
    return reader.lists[0] if reader.lists else 0


def _strip_quote(text: str, prefix: str) -> str:
    """Return a line without the marks of the quote around its fence."""
    depth = prefix.count(">")
    for _ in range(depth):
        text = re.sub(r"\A[ ]{0,3}>[ ]?", "", text)
    return text


def _end(reader: Reader, prefix: str, mark: str, base: int, column: int) -> tuple[int, bool]:
    """Return the index of the fence's last line, and whether that line closes it."""
    closing = re.compile(rf"{re.escape(mark[0])}{{{len(mark)},}}[ \t\xa0]*\Z")
    left = None  # the first line that stands left of the list item
    for at in range(reader.at + 1, len(reader.lines)):
        text = reader.lines[at].text
        if prefix:
            if not _QUOTE.match(text):
                return at, False
            text = _strip_quote(text, prefix)
        stripped, indent = text.lstrip(" \t"), indent_of(text)
        if closing.match(stripped) and indent <= max(column, base + 3):
            return at, True
        if base and left is None and stripped and indent < base:
            left = at
        if left is not None and (FENCE.match(stripped) or at - left > _LAZY_LIMIT):
            break  # another fence opens outside the item: the first was never closed
    else:
        return (left or len(reader.lines)), False
    return left, False


def emit(reader: Reader, number: int, first: str, margin: str, info: str, code: list[Line]) -> None:
    """Append a fence that pandoc reads right, whatever stands around it.

    Its marks are of line `number` and of the line of the last that it holds.
    """
    mark = "`" * max(3, longest_ticks(*(item.text for item in code)) + 1)
    lines = [Line(f"{first}{mark}{attributes(info)}", number, Kind.CODE)]
    for item in code:
        text = f"{margin}{item.text}" if item.text else margin.rstrip()
        lines.append(Line(text, item.number, Kind.CODE))
    lines.append(Line(f"{margin}{mark}", lines[-1].number, Kind.CODE))
    reader.output += lines
