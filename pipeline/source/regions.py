"""Regions: which lines are code, maths or raw HTML, in which Markdown must not be touched."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.problems import Problem
from pipeline.source.diagrams import drawn_element
from pipeline.source.elements import block_depth
from pipeline.source.fences import fence
from pipeline.source.lines import Kind, Line, indent_of, untabbed
from pipeline.source.reader import FENCE, LISTED, MARKER, Reader, follow_lists
from pipeline.source.tex import mend_tex

_RAW_OPEN = re.compile(r"<(pre|script|style|svg|textarea|math)(?=[\s>/])", re.IGNORECASE)
_KRAMDOWN = re.compile(r"\{:[:/](comment|nomarkdown|options)?([^{}]*)\}")
_KRAMDOWN_END = re.compile(r"[ \t]*\{:/(?:comment|nomarkdown)?\}")
_MATH = {"$$": "$$", "\\\\[": "\\\\]"}
_MATH_LIMIT = 200  # lines after which `$$` is taken for text


Rule = Callable[[Reader, Line], bool]


def mark_regions(
    path: str, lines: list[Line], first: tuple[Rule, ...] = ()
) -> tuple[list[Line], list[Problem]]:
    """Return the lines with their kinds, fences made regular; and problems with fences.

    `first` are rules that are asked before all others.
    """
    reader = Reader(path, lines)
    while reader.at < len(lines):
        line = lines[reader.at]
        if line.is_blank:
            reader.made.append(line.says(""))
            reader.at += 1
            continue
        for rule in (*first, *RULES):
            if rule(reader, line):
                break
        else:
            follow_lists(reader, line.text)
            reader.html = max(0, reader.html + block_depth(line.text))
            reader.made.append(line.says(untabbed(line.text)))
            reader.at += 1
    return reader.made, reader.problems


def _indented(reader: Reader, line: Line) -> bool:
    """Code by indentation; within a list, four columns beyond the item's text."""
    if not reader.after_blank() or (reader.html and line.text.lstrip().startswith("<")):
        return False
    indent = indent_of(line.text)
    inside = [column for column in reader.lists if column <= indent]
    base = inside[-1] if inside else 0
    if indent - base < LISTED or FENCE.match(line.text.lstrip()):
        return False
    if reader.lists and (MARKER.match(line.text) or not inside):
        return False
    reader.lists[len(inside) :] = []
    reader.take(1, Kind.CODE)
    while reader.at < len(reader.lines):
        following = reader.lines[reader.at]
        if following.is_blank or indent_of(following.text) - base < LISTED:
            break
        reader.take(1, Kind.CODE)
    return True


def _math(reader: Reader, line: Line) -> bool:
    r"""`$$` on several lines, and kramdown's `\\[`; pandoc wants no blank line within."""
    text = line.text.strip()
    opening = next((mark for mark in _MATH if text.startswith(mark)), "")
    if not opening or _MATH[opening] in text[len(opening) :]:
        return False
    for end in range(reader.at + 1, min(len(reader.lines), reader.at + _MATH_LIMIT)):
        if _MATH[opening] in reader.lines[end].text:
            break
    else:
        return False
    for item in reader.lines[reader.at : end + 1]:
        if not item.is_blank:
            said = item.text if opening == "$$" else re.sub(r"\\\\[\[\]]", "$$", item.text)
            reader.made.append(Line(untabbed(mend_tex(said)), item.number, Kind.MATH))
    reader.at = end + 1
    return True


def _raw(reader: Reader, line: Line) -> bool:
    """`<pre>`, `<script>` and their like, and comments: all lines to the closing tag."""
    text = line.text.strip()
    opened = _RAW_OPEN.match(text)
    if not opened and not text.startswith("<!--"):
        return False
    closing = f"</{opened[1].lower()}" if opened else "-->"
    end = reader.find(closing, lambda text: closing in text.lower(), reader.at)
    if end < 0:
        return False  # never closed: as text it is at least seen
    drawn = opened and opened[1].lower() in ("svg", "math")  # pandoc would see paragraphs there
    for item in reader.lines[reader.at : end + 1]:
        if not (drawn and item.is_blank):
            said = item.text.lstrip() if drawn or item is line else item.text
            reader.made.append(Line(said, item.number, Kind.RAW))
    reader.at = end + 1
    return True


def _kramdown(reader: Reader, line: Line) -> bool:
    """`{::comment}` to `{:/comment}` goes; what `{::nomarkdown}` holds is HTML as it stands."""
    found = _KRAMDOWN.match(line.text.strip())
    if not found or found.end() != len(line.text.strip()):
        return False
    reader.at += 1
    if found[1] in ("comment", "nomarkdown") and not found[2].rstrip().endswith("/"):
        end = reader.find("{:/comment}", _KRAMDOWN_END.match, reader.at)
        if end >= 0 and found[1] == "nomarkdown":
            _as_html(reader, reader.lines[reader.at : end])
        if end >= 0:
            reader.at = end + 1
    return True


def _as_html(reader: Reader, lines: list[Line]) -> None:
    """Append lines in the marks that keep pandoc from reading Markdown in them."""
    if not any(not line.is_blank for line in lines):
        return
    longest = max((len(run) for line in lines for run in re.findall("`+", line.text)), default=0)
    mark = "`" * max(3, longest + 1)
    made = [Line("", lines[0].number), Line(f"{mark}{{=html}}", lines[0].number, Kind.RAW)]
    made += [Line(line.text, line.number, Kind.RAW) for line in lines]
    reader.made += [*made, Line(mark, lines[-1].number, Kind.RAW), Line("", lines[-1].number)]


# each takes the lines of its region, or leaves the line to the next
RULES = (
    _kramdown,
    _indented,
    drawn_element,  # before fences and raw HTML: its lines are neither
    fence,
    _math,
    _raw,
)
