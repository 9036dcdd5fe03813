"""Definitions: what a post says once and means in many places, as kramdown knows it.

Attribute lists by name (`{:wide: .align-center}`), abbreviations (`*[HTML]: ...`), and notes that
are referred to more than once.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from hanpan.source.dialect.attributes import looks_like_attributes
from hanpan.source.lines import Kind, Line
from hanpan.source.notes import NOTE_BEGINS, NOTE_REFERENCE

DEFINITION = re.compile(r"[ ]{0,3}:[ \t]+\S")
_NAMED = re.compile(r"[ ]{0,3}\{:([\w-]++):\s*+([^{}\n]*+)\}[ \t]*+\Z")
_USED = re.compile(r"\{:(?![:/])([^{}\n]*+)\}")
_ABBREVIATION = re.compile(r"[ ]{0,3}\*\[([^\[\]]++)\]:[ \t]*+(.*)\Z")
_NOTE = re.compile(r"([ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*)(?=[^\s#>|`~<*+-])")

# a heading, table or rule right behind a note's mark, where pandoc reads text
_BLOCK_IN_NOTE = re.compile(
    r"([ ]{0,3}\[\^[^\]\s]+\]:)[ \t]*((?:#{1,6}[ \t]|\|).*|(?:-[ ]*){3,}|(?:\*[ ]*){3,})\Z"
)


def named_attributes(lines: list[Line]) -> list[Line]:
    """Put what `{:name: .class}` defines where `{:name}` names it."""
    named: dict[str, str] = {}
    for line in lines:
        match = _NAMED.match(line.text) if line.is_markdown else None
        if match and looks_like_attributes(match[2]):
            named[match[1]] = match[2].strip()
    if not named:
        return lines

    def spelled_out(match: re.Match[str]) -> str:
        attributes = " ".join(named.get(word, word) for word in match[1].split())
        return f"{{: {attributes}}}"

    output = []
    for line in lines:
        if line.is_markdown and "{:" in line.text:
            is_definition = _NAMED.match(line.text)
            line = line.with_text("" if is_definition else _USED.sub(spelled_out, line.text))
        output.append(line)
    return output


def abbreviations(lines: list[Line]) -> list[Line]:
    """Carry `*[HTML]: Hypertext Markup Language` to the tree, which knows all of the text."""
    output = []
    for line in lines:
        match = _ABBREVIATION.match(line.text) if line.kind is Kind.TEXT else None
        if match:
            attributes = (
                f'data-abbr="{html.escape(match[1])}" title="{html.escape(match[2].strip())}"'
            )
            line = Line(f"<div {attributes}></div>", line.number, Kind.RAW)
        output.append(line)
    return output


def notes(lines: list[Line]) -> list[Line]:
    """Set notes apart from the paragraph above; mark each that is referred to more than once.

    pandoc writes such a note as often. What is no text stands below the note's mark.
    """
    counts = Counter(
        name for line in lines if line.is_markdown for name in NOTE_REFERENCE.findall(line.text)
    )
    output: list[Line] = []
    for line in lines:
        begins = NOTE_BEGINS.match(line.text) if line.kind is Kind.TEXT else None
        if begins and counts[begins[1]] and output and not output[-1].is_blank:
            output.append(Line("", line.number))
        match = _NOTE.match(line.text) if begins else None
        if match and counts[match[2]] > 1:
            mark = f'<span data-note="{html.escape(match[2])}"></span>'
            line = line.with_text(match[1] + mark + line.text[match.end() :])
        block = _BLOCK_IN_NOTE.match(line.text) if begins else None
        if block:
            output.append(line.with_text(block[1]))
            line = line.with_text(f"    {block[2]}")
        output.append(line)
    return output
