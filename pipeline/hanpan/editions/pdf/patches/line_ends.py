"""Where a line ends: WeasyPrint gives up a text that fills its line but for the blank behind it.

A text in front of an inline element ends in a blank. Where all of it fits and the blank alone does
not, WeasyPrint 70 finds no second line to take a word from, and leaves the first word of the text
alone on the line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def mend_line_ends() -> None:
    """Have WeasyPrint's line breaking let such a blank hang; once in a process."""
    from weasyprint.layout import inline

    split = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, width: float, *rest: Any, **more: Any
    ) -> Any:
        found = split(text, style, context, width, *rest, **more)
        if found[2] is None or not text.endswith(" ") or not _is_word(text, found[1]):
            return found
        whole = text.rstrip(" ")
        line = split(whole, style, context, width, *rest, **more)
        if line[2] is None and line[3] <= width:
            return (*line[:2], len(whole.encode()) + 1, *line[3:])
        return found

    inline.split_first_line = split_first_line


def _is_word(text: str, length: int) -> bool:
    """Tell whether the first `length` bytes of a text are but one of its words."""
    first = text.encode()[:length].strip()
    return b" " not in first and len(first) < len(text.encode().strip())
