"""Obsidian's comments, `%%주석%%`: what an author wrote for themselves alone.

`100%%` in a sentence and `%%time` above a cell of Jupyter are text.
"""

from __future__ import annotations

import re

from hanpan.source.dialect.line_scan import LineScan
from hanpan.source.dialect.reader import Reader
from hanpan.source.lines import Line

_OPENS = re.compile(r"(?<![A-Za-z0-9_%)])%%(?!%)")
_LIMIT = 200  # lines of a comment


def comment_block(reader: Reader, line: Line) -> bool:
    """Leave out the lines from `%%` on a line of its own to the next such line.

    One that begins with text ends within its paragraph, lest a cell's `%%time` hide what follows.
    """
    text = line.text.strip()
    if not text.startswith("%%") or "%%" in text[2:] or text.startswith("%%%"):
        return False
    for at in range(reader.at + 1, min(len(reader.lines), reader.at + _LIMIT)):
        below = reader.lines[at].text.strip()
        ends = below == "%%" if text == "%%" else below.endswith("%%") and len(below) > 2
        if ends:
            reader.at = at + 1
            return True
        if text != "%%" and (not below or below.startswith("%%")):
            return False
    return False


def skip_comment(scan: LineScan) -> bool:
    """Leave out a comment within a line; False where none begins."""
    if not _OPENS.match(scan.text, scan.at):
        return False
    end = scan.find("%%", scan.at + 2)
    if end < 0 or not scan.text[scan.at + 2 : end].strip():
        return False
    scan.step(end + 2, "")
    return True
