"""A run of letters that is wider than its line is parted, of however many elements it is.

What: where `split_inline_box` returns a line that is wider than it may be, what stands behind its
    last blank gets openings (U+200B) between its letters, and the line is made again.
Why: `overflow-wrap` parts a word that is alone on its line, and WeasyPrint looks for that in each
    element by itself: of `<b>long</b>word` nothing is parted, and the line leaves the page.
Upstream: docs/upstream.md, "A long word of several elements leaves its line"
Known: WeasyPrint 70.0
Delete when: the reproduction there prints three lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hanpan.insides import WEASYPRINT, KnownPart
from hanpan.transforms.print.openings import open_run

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_inline_box",
        "context, box, position_x, max_x, bottom_space, skip_stack, containing_block, "
        "absolute_boxes, fixed_boxes, line_placeholders, waiting_floats, line_children, "
        "first_letter_style, first_line_style",
        "039bca5ab9589160",
    ),
    KnownPart(WEASYPRINT, "weasyprint.layout.preferred:trailing_whitespace_size", "context, box"),
)
_MORE = 0.5  # pixels that a line may be too wide: of what is measured twice
_FIXED = ("nowrap", "pre")  # values of white-space


def install() -> None:
    """Have WeasyPrint part the runs that no element of a line can part."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    split_box = inline.split_inline_box

    def split_inline_box(
        context: Any, box: Any, position_x: float, max_x: float, *rest: Any
    ) -> Any:
        if not isinstance(box, boxes.LineBox):
            return split_box(context, box, position_x, max_x, *rest)
        # bottom_space, skip_stack, containing_block, and the lists that the line is noted in
        _, skip_stack, _, *noted = rest
        lists = [(each, len(each)) for each in noted[:5]]
        result = split_box(context, box, position_x, max_x, *rest)
        line, resume_at = result[:2]
        if position_x + line.width <= max_x + _MORE:
            return result
        blank = inline.trailing_whitespace_size(context, line)
        if position_x + line.width - blank <= max_x + _MORE:
            return result
        if _open_last_run([*_texts(box, skip_stack, resume_at, boxes)]):
            for each, length in lists:
                del each[length:]
            result = split_box(context, box, position_x, max_x, *rest)
        return result

    inline.split_inline_box = split_inline_box


def _open_last_run(texts: list[tuple[Any, int, int]]) -> bool:
    """Open what stands behind the last blank of a line; return whether that has changed a text."""
    changed = False
    lefts = ["", *(box.text[:end][-1:].strip() for box, _, end in texts[:-1])]
    is_behind = True  # of the last word
    for (box, start, end), left in zip(reversed(texts), reversed(lefts), strict=True):
        written = box.text[start:end]
        words = written.rstrip() if is_behind else written
        is_behind = is_behind and not words
        blank = words.rfind(" ") + 1
        if box.style["white_space"] not in _FIXED:
            opened = open_run(written, blank, "" if blank else left)
            if opened != written:
                box.text = box.text[:start] + opened + box.text[end:]
                changed = True
        if blank:
            break
    return changed


def _texts(box: Any, skip: Any, stop: Any, boxes: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield the text boxes of a line, each with its first letter and the one behind its last.

    `skip` and `stop` are where the line begins and the next one does, in WeasyPrint's stacks of
    indexes; of a text they count bytes.
    """
    first, skip = next(iter(skip.items())) if skip else (0, None)
    last, stop = next(iter(stop.items())) if stop else (None, None)
    if isinstance(box, boxes.TextBox):
        text = box.text.encode()
        start = len(text[:first].decode())
        end = len(box.text) if last is None else len(text[:last].decode())
        yield box, start, end
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        children = box.children[first : None if last is None else last + (stop is not None)]
        for place, child in enumerate(children, first):
            if child.is_in_normal_flow():
                here = stop if place == last else None
                yield from _texts(child, skip if place == first else None, here, boxes)
