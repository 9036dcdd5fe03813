"""kramdown's extensions, `{::nomarkdown}` and `{::comment}`: their marks, and HTML as it stands."""

from __future__ import annotations

import re

from pipeline.source.lines import Kind, Line

EXTENSION = re.compile(r"\{::(comment|nomarkdown)[^{}\n]*\}")
_TICKS = re.compile("`+")


def html_span(text: str) -> str:
    """Return HTML in the marks that keep pandoc from reading Markdown in it."""
    mark = "`" * (_longest(text) + 1)
    blank = " " if "`" in (text[0], text[-1]) else ""
    return f"{mark}{blank}{text}{blank}{mark}{{=html}}"


def html_lines(lines: list[Line]) -> list[Line]:
    """Return lines of HTML in the marks that keep pandoc from reading Markdown in them."""
    if all(line.is_blank for line in lines):
        return []
    mark = "`" * max(3, max(_longest(line.text) for line in lines) + 1)
    first, last = lines[0].number, lines[-1].number
    shown = [Line(line.text, line.number, Kind.RAW) for line in lines]
    opening, closing = Line(f"{mark}{{=html}}", first, Kind.RAW), Line(mark, last, Kind.RAW)
    return [Line("", first), opening, *shown, closing, Line("", last)]


def _longest(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run[0]) for run in _TICKS.finditer(text)), default=0)
