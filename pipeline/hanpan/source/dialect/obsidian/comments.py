"""Obsidian's comments, `%%주석%%`: what an author wrote for themselves alone.

`100%%` in a sentence, `%%d` of a format and `%%time` above a cell of Jupyter are text.
"""

from __future__ import annotations

import re

from hanpan.source.dialect.line_scan import LineScan
from hanpan.source.dialect.reader import Reader
from hanpan.source.lines import Kind, Line
from hanpan.source.remarks import end_of_remark

_LIMIT = 200  # lines of a comment
_PARAGRAPH = 40  # lines of a paragraph in which a comment goes on
_BEGINS = re.compile(r"[ \t]*(?:(?:[-*+]|#{1,6}|\d{1,9}[.)])(?:[ \t]|\Z)|[|>]|```|~~~)")


def comment_block(reader: Reader, line: Line) -> bool:
    """Leave out the lines from `%%` on a line of its own to the next such line.

    One that begins with text ends within its paragraph, lest a cell's `%%time` hide what follows.
    """
    text = line.text.strip()
    if "%%" not in text:
        return False
    if not text.startswith("%%") or "%%" in text[2:] or text.startswith("%%%"):
        return _join_lines(reader, line)
    for at in range(reader.at + 1, min(len(reader.lines), reader.at + _LIMIT)):
        below = reader.lines[at].text.strip()
        ends = below == "%%" if text == "%%" else below.endswith("%%") and len(below) > 2
        if ends:
            reader.at = at + 1
            return True
        if text != "%%" and (not below or below.startswith("%%")):
            break
    return _join_lines(reader, line)


def _join_lines(reader: Reader, line: Line) -> bool:
    """Put a comment that goes on in the lines below on one line, where `skip_comment` sees it."""
    below = reader.lines[reader.at + 1 : reader.at + _PARAGRAPH]
    taken: list[str] = []
    for following in below:
        if following.is_blank or following.kind is not Kind.TEXT or _BEGINS.match(following.text):
            return False
        taken.append(following.text.strip())
        if "%%" in following.text:
            break
    else:
        return False
    text = "\n".join((line.text, *taken))
    at = 0
    while (at := text.find("%%", at)) >= 0:
        end = end_of_remark(text, at)
        if end < 0:
            at += 2
            continue
        if "\n" in text[at:end]:
            joined = f"{text[:at].rstrip(' ')} {text[end:].lstrip(' ')}" if at else text[end:]
            reader.lines[reader.at : reader.at + 1 + len(taken)] = [line.with_text(joined)]
            return True  # the line that there is now is read next
        at = end
    return False


def skip_comment(scan: LineScan) -> bool:
    """Leave out a comment within a line; False where none begins."""
    end = end_of_remark(scan.text, scan.at)
    if end < 0:
        return False
    scan.step(end, "")
    return True
