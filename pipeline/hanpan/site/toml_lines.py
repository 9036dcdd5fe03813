"""Lines of keys in TOML text: tomllib keeps no positions."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*+(\[{1,2})([^\[\]]++)\]")


def line_of(text: str, table: str, key: str, start: int = 1) -> int | None:
    """Return the line of a key of `table` ("" for the top level), from the line `start` on.

    `start` is where a table begins that occurs more than once: see `line_of_item`.
    """
    current = table if start > 1 else ""
    for number, line in enumerate(text.splitlines()[start - 1 :], start):
        header = _HEADER.match(line)
        if header:
            current = _name(header)
        same = re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line)
        if (same and current == table) or (header and not table and current.split(".")[0] == key):
            return number
    return None


def line_of_item(text: str, table: str, number: int, start: int = 1) -> int:
    """Return the line on which the table of an array begins: `number` counts from 0.

    The line is `start` where there is no such table.
    """
    for at, line in enumerate(text.splitlines()[start - 1 :], start):
        header = _HEADER.match(line)
        if header and header[1] == "[[" and _name(header) == table:
            if not number:
                return at
            number -= 1
    return start


def line_of_header(text: str, table: str) -> int | None:
    """Return the line of `[table]`, None where its keys are elsewhere."""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and _name(header) == table:
            return number
    return None


def _name(header: re.Match[str]) -> str:
    """Return the name of the table that a header begins."""
    return header[2].strip().strip("\"'")


def line_of_value(text: str, value: str, start: int | None) -> int | None:
    """Return the line, from `start` on, that contains a value; `start` where none does."""
    for number, line in enumerate(text.splitlines(), 1):
        if start and number >= start and value in line:
            return number
    return start
