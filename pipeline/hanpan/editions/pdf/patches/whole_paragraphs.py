"""The lines of a justified paragraph are chosen together.

What: `split_inline_box` is asked for the lines that were chosen for the whole paragraph
    (editions/pdf/paragraphs), `split_text_box` ends a text where such a line does, and
    `text_align` shrinks a line as well as stretches it. Where no choice is good enough, lines are
    WeasyPrint's own, and flush left.
Why: WeasyPrint fills each line as far as it can. Where words are whole, as in Korean, that leaves
    holes in the lines below: issue 18.
Upstream: https://github.com/Kozea/WeasyPrint/issues/2264 (greedy by design)
Known: WeasyPrint 70.0
Delete when: WeasyPrint has `text-wrap: pretty` for justified text.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from hanpan.editions.pdf.paragraphs.plan import ParagraphLines, SetLine, plan_for
from hanpan.insides import WEASYPRINT, KnownPart
from hanpan.transforms.print.joiners import JOINER

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_text_box",
        "context, box, available_width, skip, is_line_start",
        "eb75c8b916afcf2c",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:split_inline_box",
        "context, box, position_x, max_x, bottom_space, skip_stack, containing_block, "
        "absolute_boxes, fixed_boxes, line_placeholders, waiting_floats, line_children, "
        "first_letter_style, first_line_style",
        "039bca5ab9589160",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:text_align",
        "context, line, available_width, last",
        "79372fc12c3602fd",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:add_word_spacing",
        "context, box, justification_spacing, x_advance",
        "9a16bf0652ccb78c",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.layout.inline:atomic_box",
        "context, box, position_x, skip_stack, containing_block, absolute_boxes, fixed_boxes",
        "7bdc202808f21ba4",
    ),
    KnownPart(WEASYPRINT, "weasyprint.layout.inline:count_expandable_spaces", "box"),
    KnownPart(
        WEASYPRINT,
        "weasyprint.text.line_break:create_layout",
        "text, style, context, max_width, justification_spacing",
        "5d4b11726a68d0a4",
    ),
    KnownPart(WEASYPRINT, "weasyprint.text.line_break:get_log_attrs", "text, lang"),
)
_ENDLESS = 2.0**24  # px: nothing is too wide for a line that is chosen already
_KEPT = 64  # paragraphs of a document whose lines are remembered: pages may be set again
_PLACE = "chosen_line"  # attribute of a line: how it is to be aligned


def install() -> None:
    """Have WeasyPrint set paragraphs as wholes."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    split_box, split_text, align = inline.split_inline_box, inline.split_text_box, inline.text_align
    lines: list[SetLine | None] = []  # being set, each within another's inline block

    def split_inline_box(
        context: Any, box: Any, position_x: float, max_x: float, *rest: Any
    ) -> Any:
        if not isinstance(box, boxes.LineBox):
            return split_box(context, box, position_x, max_x, *rest)
        plan = None
        # bottom_space, skip_stack, containing_block, five lists, and the styles of firsts
        _, skip_stack, containing_block, *_, first_letter, first_line = rest
        if not (first_letter or first_line):
            plan = _plan(context, box, max_x - position_x, skip_stack, containing_block)
        line = plan.line_at(box, skip_stack) if plan else None
        lines.append(line)
        try:
            end = position_x + _ENDLESS if line else max_x
            result = split_box(context, box, position_x, end, *rest)
        finally:
            lines.pop()
        setattr(result[0], _PLACE, line or (plan is not None and plan.is_ragged))
        return result

    def split_text_box(
        context: Any, box: Any, width: float, skip: int, is_line_start: bool = True
    ) -> Any:
        line = lines[-1] if lines else None
        if line is None or box.text == "\n":
            return split_text(context, box, width, skip, is_line_start)
        end = line.end_in(box)
        text = box.text.encode()[skip:end].decode().replace(JOINER, "")
        if end is not None:
            text = text.rstrip(" ")
        if not text:
            return None, end, False
        piece = box.copy_with_text(text)
        piece.style = line.style_of(box)
        whole, _, _ = split_text(context, piece, None, 0, is_line_start)
        return whole, end, False

    def text_align(context: Any, line: Any, width: float, last: bool) -> Any:
        chosen = getattr(line, _PLACE, None)
        if chosen is True:  # ragged
            return 0
        if not chosen:
            return align(context, line, width, last)
        missing = width - line.width - chosen.rounding
        if (not chosen.is_last or missing < 0) and (count := inline.count_expandable_spaces(line)):
            inline.add_word_spacing(context, line, missing / count, 0)
        return 0

    inline.split_inline_box, inline.split_text_box = split_inline_box, split_text_box
    inline.text_align = text_align


def _plan(
    context: Any, box: Any, width: float, skip_stack: Any, containing_block: Any
) -> ParagraphLines | None:
    """Return what was chosen for the lines of a paragraph; None where it is not to be chosen."""
    if box.style["text_align_all"] != "justify" or _is_beside_float(context, box):
        return None
    plans: OrderedDict[int, ParagraphLines] = context.__dict__.setdefault(
        "chosen_lines", OrderedDict()
    )
    known = plans.get(id(box))
    if known is not None and known.holds(box, width):
        plans.move_to_end(id(box))
        return known
    # the other lines of a paragraph whose first line is indented
    whole = width + box.text_indent
    plan = plan_for(context, box, containing_block, width, whole, skip_stack)
    plans[id(box)] = plan
    if len(plans) > _KEPT:
        plans.popitem(last=False)
    return plan


def _is_beside_float(context: Any, box: Any) -> bool:
    return any(
        shape.position_y + shape.margin_height() > box.position_y
        for shape in context.excluded_shapes
    )
