"""The blank at a line's end hangs where a text fills its line but for that.

What: `split_first_line` is asked again without the blank behind a text, where that alone does not
    fit.
Why: a text in front of an inline element ends in a blank. Where all of it fits and the blank does
    not, WeasyPrint finds no second line to take a word from, and leaves the first word of the text
    alone on the line.
Upstream: docs/upstream.md, "A blank that does not fit costs all words but the first"
Known: WeasyPrint 70.0
Delete when: the reproduction there prints `aaaa bbbb cccc`.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_first_line",
        "text, style, context, max_width, justification_spacing, is_line_start, minimum",
        "f5cfad56910a1b96",
    ),
)


def install() -> None:
    """Have WeasyPrint's line breaking let such a blank hang."""
    from weasyprint.layout import inline

    split = inline.split_first_line

    def split_first_line(
        text: str, style: Any, context: Any, width: float, *rest: Any, **more: Any
    ) -> Any:
        # layout, bytes of the text that are used, where it goes on or None, width, height, baseline
        first = split(text, style, context, width, *rest, **more)
        if first[2] is None or not text.endswith(" ") or not _is_word(text, first[1]):
            return first
        whole = text.rstrip(" ")
        line = split(whole, style, context, width, *rest, **more)
        if line[2] is None and line[3] <= width:
            return (*line[:2], len(whole.encode()) + 1, *line[3:])
        return first

    inline.split_first_line = split_first_line


def _is_word(text: str, length: int) -> bool:
    """Tell whether the first `length` bytes of a text are but one of its words."""
    first = text.encode()[:length].strip()
    return b" " not in first and len(first) < len(text.encode().strip())
