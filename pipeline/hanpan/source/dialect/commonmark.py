"""CommonMark: what is changed in posts of a blog whose processor is GitHub's.

Blocks are pandoc's to find, by its CommonMark reader, which keeps to the specification. Only what
is written beyond that is brought to its form: fences with a title, callouts, notes.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, unquote

from hanpan.source.dialect.definitions import notes
from hanpan.source.dialect.html_blocks import BLOCK_TAG
from hanpan.source.dialect.lists import Pass
from hanpan.source.dialect.literal.swallowing import swallowing_tags
from hanpan.source.dialect.obsidian.callouts import alerts
from hanpan.source.dialect.paragraphs import long_numbers
from hanpan.source.dialect.reader import FENCE, LISTED, Reader
from hanpan.source.lines import Kind, Line, indent_of

# the reader knows no attributes behind a fence: they are carried in its first word
_FENCE = re.compile(
    r"([ >]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)*`{3,})"
    r"\{((?:class|title|data-lines|data-numbers)=[^`]*)\}\Z"
)
_CARRIED = re.compile(r'<pre class="data-info:([^"]*)">')
_PAIR = re.compile(r'(?<![\w-])([\w-]++)="([^"]*+)"')


def indented_code(reader: Reader, line: Line) -> bool:
    """Marks of a fence behind four blanks are code, and begin no fence."""
    if reader.lists or reader.html or not reader.after_blank():
        return False
    if indent_of(line.text) < LISTED or not FENCE.match(line.text.lstrip()):
        return False
    while reader.at < len(reader.lines) and indent_of(reader.lines[reader.at].text) >= LISTED:
        reader.take(1, Kind.CODE)
    return True


def fences(lines: list[Line]) -> list[Line]:
    """Carry the attributes of a fence in its info string; set it apart from HTML above it."""
    output: list[Line] = []
    for line in lines:
        fence = _FENCE.match(line.text) if line.kind is Kind.CODE else None
        above = output[-1] if output else line
        if line.kind is Kind.CODE and above.kind is Kind.TEXT and BLOCK_TAG.match(above.text):
            output.append(Line("", line.number))  # to the reader it would be HTML as well
        if fence:
            line = line.with_text(f"{fence[1]}data-info:{quote(fence[2])}")
        output.append(line)
    return output


def restore_fences(body: str) -> str:
    """Return pandoc's HTML with the attributes of fences in their place."""
    if "data-info:" not in body:
        return body
    return _CARRIED.sub(lambda match: f"<pre {_attributes(unquote(match[1]))}>", body)


def _attributes(text: str) -> str:
    pairs = (match.groups() for match in _PAIR.finditer(text))
    return " ".join(f'{name}="{html.escape(_unescape(value))}"' for name, value in pairs)


def _unescape(value: str) -> str:
    return html.unescape(value.replace("\\\\", "\\"))


PASSES: tuple[Pass, ...] = (swallowing_tags, alerts, notes, long_numbers, fences)
