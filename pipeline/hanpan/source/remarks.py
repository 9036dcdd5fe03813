"""Remarks: where `%%주석%%`, a comment of Obsidian's, begins and ends, and what is none."""

from __future__ import annotations

import re

OPENS = r"(?<![A-Za-z0-9_%)])%%(?!%)"
_OPENS = re.compile(OPENS)
# printf's formats: `%%d %5.2f%%`
_FORMAT = re.compile(
    r"%(?>[-+#0]*)\d{0,4}(?:\.\d{1,4})?(?:ll?|hh?)?[diouxXeEfFgGcs](?![A-Za-z가-힣])"
)
_CELL = re.compile(r"%%[A-Za-z]")  # `%%time` of Jupyter


def end_of_remark(text: str, start: int) -> int:
    """Return where the comment ends that begins at `start` of a paragraph, -1 where none does.

    It is none that is empty, that holds a format, or that goes from one `%%name` to the next.
    """
    if not _OPENS.match(text, start):
        return -1
    end = text.find("%%", start + 2)
    if end < 0 or not text[start + 2 : end].strip() or _FORMAT.search(text, start + 1, end + 2):
        return -1
    is_cell = _CELL.match(text, start) and _CELL.match(text, end)
    return -1 if is_cell and text[end - 1].isspace() else end + 2
