"""The lines that are chosen for a paragraph, as WeasyPrint asks for them, one after the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from hanpan.editions.pdf.paragraphs.breaks import choose_lines
from hanpan.editions.pdf.paragraphs.measure import Paragraph, Target, measure
from hanpan.transforms.print.flows import OBJECT
from hanpan.transforms.print.joiners import JOINER

_SHORTEST = 1.7  # em of a last line: two syllables
_SAME = 0.01  # px that two widths may differ by
_EXACT = 1000  # parts of an em that tracking is rounded to: each is a style of its own


@dataclass(slots=True)
class SetLine:
    """A line that is being set: where it ends, and how its letters move."""

    plan: ParagraphLines
    leaf: int  # -1: a line break of the author's, or the paragraph's end
    length: int  # bytes into that leaf
    tracking: int  # thousandths of an em
    is_last: bool
    rounding: float  # px that it is drawn wider than it is measured

    def end_in(self, box: Any) -> int | None:
        """Return behind how many bytes of a text box the line ends; None where behind it."""
        is_here = self.plan.number_of(box) == self.leaf
        return self.length if is_here else None

    def style_of(self, box: Any) -> Any:
        """Return the style of a text box in this line."""
        return self.plan.tracked_style(box, self.tracking)


@dataclass(slots=True)
class ParagraphLines:
    """The lines of a paragraph for one width; none where none are good enough."""

    box: Any
    paragraph: Paragraph | None
    width: float
    starts: list[Target] = field(default_factory=list)  # of each line
    lines: list[SetLine] = field(default_factory=list)
    is_ragged: bool = False
    _styles: dict[tuple[int, int], Any] = field(default_factory=dict)

    def line_at(self, box: Any, skip_stack: Any) -> SetLine | None:
        """Return the line that begins at a place of WeasyPrint's."""
        if not self.lines or self.paragraph is None:
            return None
        begin = self.paragraph.target_at(box, skip_stack)
        at = bisect_right(self.starts, begin) - 1
        line = self.lines[at] if at >= 0 else None
        if line is None or self._has_changed(begin.leaf) or self._has_changed(line.leaf):
            return None
        return line

    def _has_changed(self, leaf: int) -> bool:
        """Tell whether a text is not what was measured: some letters of long words are parted."""
        assert self.paragraph is not None
        known = self.paragraph.leaves[leaf : leaf + 1] if leaf >= 0 else []
        return any(each.text != OBJECT and each.box.text is not each.text for each in known)

    def holds(self, box: Any, width: float) -> bool:
        """Tell whether the plan is for the line that WeasyPrint asks for."""
        if self.box is not box:
            return False
        if self.paragraph is None:
            return True
        return bool(abs(self.width - width - box.text_indent) < _SAME)

    def number_of(self, box: Any) -> int:
        """Return the leaf that a text box is."""
        return self.paragraph.numbers.get(id(box), -2) if self.paragraph else -2

    def tracked_style(self, box: Any, tracking: int) -> Any:
        """Return the style of a text box whose letters are moved by thousandths of an em."""
        if not tracking or self.paragraph is None:
            return box.style
        if self.number_of(box) not in self.paragraph.tracked:
            return box.style
        key = (id(box.style), tracking)
        if key not in self._styles:
            style = box.style.copy()
            before = style["letter_spacing"]
            more = tracking / _EXACT * style["font_size"]
            style["letter_spacing"] = more + (0 if before == "normal" else before)
            self._styles[key] = style
        return self._styles[key]


def plan_for(
    context: Any,
    box: Any,
    containing_block: Any,
    first: float,
    width: float,
    skip_stack: Any,
) -> ParagraphLines:
    """Choose the lines of a paragraph from where WeasyPrint begins.

    The first of these lines has `first` px, the others `width`.
    """
    if _fits_a_line(box, min(first, width)):
        return ParagraphLines(box, None, width)
    paragraph = measure(context, box, containing_block)
    plan = ParagraphLines(box, paragraph, width)
    if paragraph is None:
        return plan
    shortest = _SHORTEST * paragraph.size
    is_close = context.page_setting.is_close
    begin = paragraph.target_at(box, skip_stack)
    known = paragraph.place_at(begin)
    if known is None:
        return plan
    segment, at = known
    for each in paragraph.segments[paragraph.segments.index(segment) :]:
        chosen = choose_lines(
            each.places, first, width, start=at, shortest=shortest, is_close=is_close
        )
        if chosen is None:
            plan.is_ragged = True
            plan.starts.clear()
            plan.lines.clear()
            return plan
        for line in chosen:
            target = each.targets[line.end]
            is_last = line.end == len(each.places) - 1
            tracking = round(line.tracking * _EXACT)
            letters = each.letters[at], each.letters[line.end]
            rounding = paragraph.rounding(*letters, tracking / _EXACT)
            leaf = -1 if is_last else target.leaf
            plan.starts.append(each.targets[at])
            plan.lines.append(SetLine(plan, leaf, target.length, tracking, is_last, rounding))
            at = line.end
        first, at = width, 0
    return plan


def _fits_a_line(box: Any, width: float) -> bool:
    """Tell whether a paragraph has so few letters that there is nothing to choose."""
    room = width / max(box.style["font_size"], 1.0)  # letters of an em each
    for each in box.descendants():
        if hasattr(each, "text"):
            room -= len(each.text) - each.text.count(JOINER)
            if room < 0 or each.text == "\n":
                return False
        elif not hasattr(each, "children") or not each.children:
            return False  # a picture
    return True
