"""Instructions: `<?php ... ?>`, `<!DOCTYPE ...>`, `<![CDATA[...]]>` in a post are text.

To HTML they are comments (HTML Standard, 13.2.5.41), and what is in them is lost. No author of a
post means that: who writes them, writes about them (issue 14, section 2).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from hanpan.source.dialect.fences import emit
from hanpan.source.dialect.line_scan import LineScan
from hanpan.source.dialect.reader import Reader
from hanpan.source.lines import Line, indent_of, outdent

_DECLARATION = re.compile(r"</?!(?!--)|</?\?|</(?![A-Za-z])")
# in `<pre>`: an instruction to its end or that of the block; a `<` that begins no tag or comment
_IN_PRE = re.compile(
    r"<\?(?>(?:(?!\?>|</(?:pre|code)\b).)*)(?:\?>)?|<(?!/?[A-Za-z]|!--)", re.DOTALL | re.IGNORECASE
)
_OPENS = re.compile(r"[ \t]*<\?(=|[A-Za-z]*)")
_PUNCTUATION = re.compile(r"([!\"#$%'()*+,\-./:=?@\[\\\]^_`{|}~])")
_DOCTYPE = re.compile(r"[ \t]*<!DOCTYPE\s+svg\b", re.IGNORECASE)
_BEGINS_DRAWING = re.compile(r"[ \t]*<svg\b", re.IGNORECASE)
_DRAWING = re.compile(r"[ \t]*<(?:svg|!DOCTYPE\s+svg)\b", re.IGNORECASE)
_DOCTYPE_LINES = 5
_LIMIT = 200  # lines of an instruction
_LANGUAGES = {"php": "php", "=": "php", "xml": "xml"}


def step_over_instruction(scan: LineScan) -> bool:
    """Write the instruction or declaration that begins here so that it is text, if one does.

    Of a declaration only the mark that begins it: what follows is text anyhow.
    """
    if scan.text.startswith("<?", scan.at):
        end = scan.find("?>", scan.at) + 2
        if end > 1:
            text = _PUNCTUATION.sub(r"\\\1", scan.text[scan.at : end])
            scan.step(end, html.escape(text, quote=False))
            return True
    if not _DECLARATION.match(scan.text, scan.at):
        return False
    scan.step(scan.at + 1, "&lt;")
    return True


def literal_in_pre(text: str) -> str:
    """Return what a `<pre>` holds with each `<` escaped that begins neither a tag nor a comment."""
    return _IN_PRE.sub(lambda match: html.escape(match[0], quote=False), text)


def _next(reader: Reader, start: int, count: int, is_it: Callable[[str], object]) -> int:
    """Return the index of the first of `count` lines of which `is_it` is true, -1 for none."""
    ends = min(len(reader.lines), start + count)
    return next((at for at in range(start, ends) if is_it(reader.lines[at].text)), -1)


def drawing_doctype(reader: Reader, line: Line) -> bool:
    """`<!DOCTYPE svg ...>` in front of a drawing, from its file, says nothing."""
    if not _DOCTYPE.match(line.text):
        return False
    end = _next(reader, reader.at + 1, _DOCTYPE_LINES, _BEGINS_DRAWING.match)
    if end < 0 or not reader.lines[end - 1].text.rstrip().endswith(">"):
        return False
    reader.at = end
    return True


def instruction_block(reader: Reader, line: Line) -> bool:
    """`<?php` to `?>` on lines of its own is code; what begins a drawing's file is nothing."""
    opened = _OPENS.match(line.text)
    if not opened:
        return False
    end = _next(reader, reader.at, _LIMIT, lambda text: "?>" in text)
    if end < 0 or not reader.lines[end].text.rstrip().endswith("?>"):
        return False
    following = next((item.text for item in reader.lines[end + 1 : end + 4] if item.text), "")
    if opened[1].lower() == "xml" and _DRAWING.match(following):
        reader.at = end + 1
        return True
    margin = indent_of(line.text)
    inside = [column for column in reader.lists if column <= margin]
    blanks = " " * (inside[-1] if inside else 0)
    code = [
        item.with_text(outdent(item.text, margin)) for item in reader.lines[reader.at : end + 1]
    ]
    if not reader.after_blank():
        reader.output.append(Line("", line.number))
    emit(reader, line.number, blanks, blanks, _LANGUAGES.get(opened[1].lower(), ""), code)
    reader.at = end + 1
    return True
