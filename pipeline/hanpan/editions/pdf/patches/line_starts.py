"""A word is cut only where it is alone on its line.

What: `split_text_box` is told whether a text is the first of its line, not of its inline box.
Why: `overflow-wrap` may cut a word that is alone on its line. WeasyPrint takes every text inside an
    inline element that begins a line for such a word: in `<b>long text <code>name</code></b>` it
    cuts `name` where it should go to the next line.
Upstream: https://github.com/Kozea/WeasyPrint/issues/1614 (open), also issue 2102; what happens is
    reproduced in docs/upstream.md, "A word is cut that is not alone on its line"
Known: WeasyPrint 70.0
Delete when: the reproduction there prints `some text, xxxxxxxxxx`.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_text_box",
        "context, box, available_width, skip, is_line_start",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_inline_box",
        "context, box, position_x, max_x, bottom_space, skip_stack, containing_block, "
        "absolute_boxes, fixed_boxes, line_placeholders, waiting_floats, line_children, "
        "first_letter_style, first_line_style",
        "039bca5ab9589160",
    ),
)


def install() -> None:
    """Tell WeasyPrint's line breaking what is before a text."""
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
