"""kramdown's extensions, `{::nomarkdown}` and `{::comment}`: their marks, and HTML as it stands."""

from __future__ import annotations

import re

from hanpan.source.lines import Kind, Line, longest_ticks

EXTENSION = re.compile(r"\{::(comment|nomarkdown)[^{}\n]*\}")


def html_span(text: str) -> str:
    """Return HTML in the marks that keep pandoc from reading Markdown in it."""
    mark = "`" * (longest_ticks(text) + 1)
    blank = " " if "`" in (text[0], text[-1]) else ""
    return f"{mark}{blank}{text}{blank}{mark}{{=html}}"


def html_lines(lines: list[Line]) -> list[Line]:
    """Return lines of HTML in the marks that keep pandoc from reading Markdown in them."""
    if all(line.is_blank for line in lines):
        return []
    mark = "`" * max(3, longest_ticks(*(line.text for line in lines)) + 1)
    first, last = lines[0].number, lines[-1].number
    shown = [Line(line.text, line.number, Kind.RAW) for line in lines]
    opening, closing = Line(f"{mark}{{=html}}", first, Kind.RAW), Line(mark, last, Kind.RAW)
    return [Line("", first), opening, *shown, closing, Line("", last)]
