"""Where a line starts: WeasyPrint cuts words there only, and takes too many places for one.

`overflow-wrap` may cut a word that is alone on its line. WeasyPrint 70 takes every text inside an
inline element that begins a line for such a word: in `<b>long text <code>name</code></b>` it cuts
`name` where it should go to the next line.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def mend_line_starts() -> None:
    """Tell WeasyPrint's line breaking what stands before a text; once in a process."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    split_text, split_box = inline.split_text_box, inline.split_inline_box
    firsts: list[float | None] = []  # of each line being made: where its first text begins, in px

    def split_text_box(
        context: Any, box: Any, width: float, skip: int, is_line_start: bool = True
    ) -> Any:
        if is_line_start and firsts and box.text.strip():
            if firsts[-1] is None:
                firsts[-1] = box.position_x
            is_line_start = box.position_x <= firsts[-1]
        return split_text(context, box, width, skip, is_line_start)

    def split_inline_box(context: Any, box: Any, *rest: Any) -> Any:
        if not isinstance(box, boxes.LineBox):
            return split_box(context, box, *rest)
        firsts.append(None)
        try:
            return split_box(context, box, *rest)
        finally:
            firsts.pop()

    inline.split_text_box, inline.split_inline_box = split_text_box, split_inline_box
