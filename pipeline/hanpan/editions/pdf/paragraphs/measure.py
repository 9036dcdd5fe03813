"""A paragraph of WeasyPrint's boxes, measured: its texts, and the places where its lines may end.

Pango measures, as it does when the lines are set: fonts, fall-backs and features are the page's.
Lengths are in px. What cannot be measured beforehand (floats, text from the right, soft hyphens,
blanks that are kept) is no paragraph, and is set as WeasyPrint sets it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from hanpan.editions.pdf.paragraphs.breaks import Breakpoint
from hanpan.editions.pdf.paragraphs.pango import letter_widths, line_ends
from hanpan.transforms.print.flows import OBJECT
from hanpan.transforms.print.joiners import JOINER

# text from the right and its controls, soft hyphens, tabs
_UNKNOWN = re.compile("[\u00ad\t\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
# letters that join or stack: nothing is put between them
_COMPLEX = re.compile("[\u0900-\u10ff\u1200-\u1cff\ua840-\ua95f\ua980-\uabff]")
_MARKS = frozenset("-\u2010\u2011\u2013\u2014/()[]{}〈〉《》「」『』【】〔〕（）［］｛｝")
_BLANKS = " \u00a0"  # what WeasyPrint widens
_BREAK = "\n"  # what <br> holds


@dataclass(frozen=True, slots=True)
class InlineLeaf:
    """A text box of a paragraph, or a picture."""

    box: Any
    text: str  # as it was when it was measured
    first: int  # letter of the paragraph


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line ends: behind so many bytes of a text box."""

    leaf: int
    length: int

    def __lt__(self, other: Target) -> bool:
        return (self.leaf, self.length) < (other.leaf, other.length)


@dataclass(slots=True)
class Segment:
    """What stands between two line breaks of the author's."""

    places: list[Breakpoint] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)  # of each place
    letters: list[int] = field(default_factory=list)  # behind each place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A measured paragraph."""

    leaves: list[InlineLeaf]
    numbers: dict[int, int]  # of a box, by its id: its leaf, or the first one behind its beginning
    segments: list[Segment]
    tracked: frozenset[int]  # leaves whose letters may move
    size: float  # px of its type
    widths: list[float]  # of letters
    types: list[float]  # px of their type; negative where tracking leaves them alone

    def rounding(self, start: int, end: int, tracking: float) -> float:
        """Return how much wider letters are drawn than they were measured, in px.

        WeasyPrint writes advances in thousandths of an em, and what differs from a glyph's own
        without its fraction (`draw_first_line`).
        """
        sum_of_all = 0.0
        for width, size in zip(self.widths[start:end], self.types[start:end], strict=True):
            if width and size:
                em = abs(size) / 1000
                wanted = width / em + (tracking * 1000 if size > 0 else 0.0)
                own = round(width / em)
                sum_of_all += (own - int(own - wanted) - wanted) * em
        return sum_of_all

    def target_at(self, line_box: Any, skip_stack: Any) -> Target:
        """Return where a line begins that WeasyPrint begins at `skip_stack`."""
        box, length = line_box, 0
        while skip_stack:
            ((index, skip_stack),) = skip_stack.items()
            if hasattr(box, "text"):
                length = index or 0
            elif index < len(box.children):
                box = box.children[index]
        return Target(self.numbers.get(id(box), 0), length)

    def place_at(self, begin: Target) -> tuple[Segment, int] | None:
        """Return the place at which a line begins; None where it is none that is known."""
        for segment in self.segments:
            if begin < segment.targets[-1]:
                at = max(0, bisect_right(segment.targets, begin) - 1)
                is_same = self._is_blank(segment.targets[at], begin)
                return (segment, at) if is_same else None
        return None

    def _is_blank(self, start: Target, end: Target) -> bool:
        """Tell whether nothing but a blank stands between two places."""
        pieces = [leaf.text for leaf in self.leaves[start.leaf : end.leaf + 1]]
        if not pieces:
            return True
        if end < start:
            return False
        pieces[-1] = pieces[-1].encode()[: end.length].decode()
        return not "".join(pieces).encode()[start.length :].strip(b" \n")


class _UnmeasuredError(Exception):
    """A paragraph holds what cannot be measured beforehand."""


def measure(context: Any, line_box: Any, containing_block: Any) -> Paragraph | None:
    """Return a paragraph, measured; None where it holds what cannot be measured.

    `context` is WeasyPrint's LayoutContext, `line_box` the LineBox that holds the paragraph.
    """
    style = line_box.style
    if style["white_space"] != "normal" or style["direction"] != "ltr" or line_box.is_leader:
        return None
    try:
        measurer = _Measurer(context, style, containing_block)
        measurer.walk(line_box)
        return measurer.paragraph()
    except _UnmeasuredError:
        return None


class _Measurer:
    """Walks through the boxes of a paragraph and adds up their letters.

    `widths`, `blanks` and `sizes` are by letter; a blank's width is in both of the first.
    """

    def __init__(self, context: Any, style: Any, containing_block: Any) -> None:
        self.context, self.style, self.containing_block = context, style, containing_block
        self.leaves: list[InlineLeaf] = []
        self.numbers: dict[int, int] = {}
        self.tracked: set[int] = set()
        self.fixed: list[tuple[int, int]] = []  # letters among which no line ends
        self.widths: list[float] = []
        self.blanks: list[float] = []
        self.sizes: list[float] = []
        self.drawn: list[float] = []  # their widths alone
        self.types: list[float] = []
        self._space = 0.0  # in front of the next letter

    def walk(self, parent: Any) -> None:
        """Add what a box holds."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.percent import resolve_percentages

        for box in parent.children:
            self.numbers[id(box)] = len(self.leaves)
            if not box.is_in_normal_flow():
                if box.is_floated():
                    raise _UnmeasuredError
                continue
            resolve_percentages(box, self.containing_block)
            if isinstance(box, boxes.TextBox):
                self._add_text(box)
            elif isinstance(box, boxes.InlineBox):
                if box.style["direction"] != "ltr" or box.is_leader:
                    raise _UnmeasuredError
                start = len(self.widths)
                self._add_space(box.padding_left, box.margin_left, box.border_left_width)
                self.walk(box)
                self._add_space(box.padding_right, box.margin_right, box.border_right_width)
                if box.style["white_space"] == "nowrap":
                    self.fixed.append((start, len(self.widths)))
            elif isinstance(box, boxes.InlineReplacedBox):
                self._add_picture(box)
            else:
                raise _UnmeasuredError

    def paragraph(self) -> Paragraph:
        """Return what was added up, with the places where lines may end."""
        text = "".join(leaf.text for leaf in self.leaves)
        if not text.strip():
            raise _UnmeasuredError
        self.widths[-1] += self._space
        segments = list(self._segments(text))
        size = float(self.style["font_size"])
        tracked = frozenset(self.tracked)
        drawn, types = self.drawn, self.types
        return Paragraph(self.leaves, self.numbers, segments, tracked, size, drawn, types)

    def _add_space(self, *lengths: Any) -> None:
        self._space += sum(length for length in lengths if length != "auto")

    def _add_leaf(self, box: Any, text: str) -> None:
        self.leaves.append(InlineLeaf(box, text, len(self.widths)))

    def _add_text(self, box: Any) -> None:
        style, text = box.style, box.text
        is_break = text == _BREAK and style["white_space"] == "pre-line"
        is_plain = style["white_space"] in ("normal", "nowrap") and _BREAK not in text
        if not (is_break or is_plain) or _UNKNOWN.search(text) or not style["font_size"]:
            raise _UnmeasuredError
        if style["hyphens"] == "auto" or style["word_break"] != "normal":
            raise _UnmeasuredError
        is_tracked = style["letter_spacing"] == self.style["letter_spacing"]
        is_tracked = is_tracked and is_plain and not _COMPLEX.search(text)
        if is_tracked:
            self.tracked.add(len(self.leaves))
        self._add_leaf(box, text)
        widths = [0.0] if is_break else letter_widths(text, style, self.context)
        size = style["font_size"] if is_tracked else 0.0
        self.blanks += (
            width if letter in _BLANKS else 0.0 for letter, width in zip(text, widths, strict=True)
        )
        self.sizes += (0.0 if letter == JOINER else size for letter in text)
        self.drawn += widths
        self.types += [style["font_size"] if is_tracked else -style["font_size"]] * len(widths)
        widths[0] += self._space
        self._space = 0.0
        self.widths += widths

    def _add_picture(self, box: Any) -> None:
        from weasyprint.layout.inline import atomic_box

        laid_out = atomic_box(self.context, box, 0, None, self.containing_block, [], [])
        self._add_leaf(box, OBJECT)
        self.widths.append(laid_out.margin_width() + self._space)
        self.blanks.append(0.0)
        self.sizes.append(0.0)
        self.drawn.append(0.0)
        self.types.append(0.0)
        self._space = 0.0

    def _segments(self, text: str) -> Iterator[Segment]:
        """Yield what stands between line breaks, with the places where lines may end."""
        sums = _Sums(text, self.widths, self.blanks, self.sizes)
        inner = [at for at in line_ends(text, self.style["lang"]) if self._may_end(text, at)]
        breaks = [at for at, letter in enumerate(text) if letter == _BREAK]
        cursor = _Cursor(self.leaves)
        known = 0  # of `inner`
        start = 0
        for end in (*breaks, len(text)):
            while start < end and text[start] == " ":
                start += 1
            if start < end:
                segment = Segment([sums.place(start, end)], [cursor.target(start)], [start])
                while known < len(inner) and inner[known] < end:
                    if inner[known] > start:
                        segment.places.append(sums.place(inner[known], end))
                        segment.targets.append(cursor.target(inner[known]))
                        segment.letters.append(inner[known])
                    known += 1
                segment.places.append(sums.place(end, end))
                segment.targets.append(cursor.target(end))
                segment.letters.append(end)
                yield segment
            start = end + 1

    def _may_end(self, text: str, at: int) -> bool:
        """Tell whether a line that Pango may end before a letter may end there in our boxes."""
        before = text[at - 1]
        if before == _BREAK or (before != " " and OBJECT in (before, text[at : at + 1])):
            return False
        return not any(start < at < end for start, end in self.fixed)


class _Sums:
    """Sums of a paragraph's letters, by letter."""

    def __init__(
        self, text: str, widths: list[float], blanks: list[float], sizes: list[float]
    ) -> None:
        self._text, self._blank, self._size = text, blanks, sizes
        self._widths = [0.0, *accumulate(widths)]
        self._blanks = [0.0, *accumulate(blanks)]
        self._sizes = [0.0, *accumulate(sizes)]

    def place(self, at: int, end: int) -> Breakpoint:
        """Return the place in front of a letter of a segment that ends at `end`."""
        is_blank = self._text[at - 1 : at] == " "
        blank, size = (self._blank[at - 1], self._size[at - 1]) if is_blank else (0.0, 0.0)
        last = self._text[max(0, at - 2) : at].rstrip(" ")[-1:]
        return Breakpoint(
            self._widths[at] - blank,
            self._widths[at],
            self._blanks[at] - blank,
            self._blanks[at],
            self._sizes[at] - size,
            self._sizes[at],
            last in _MARKS and at < end,
        )


class _Cursor:
    """Says where letters are in the boxes; asked in their order."""

    def __init__(self, leaves: list[InlineLeaf]) -> None:
        self._leaves = leaves
        self._leaf = self._letter = self._length = 0

    def target(self, at: int) -> Target:
        """Return the place behind all letters before `at`."""
        while self._leaf + 1 < len(self._leaves) and self._leaves[self._leaf + 1].first < at:
            self._leaf += 1
            self._letter = self._length = 0
        leaf = self._leaves[self._leaf]
        letters = min(at - leaf.first, len(leaf.text))
        self._length += len(leaf.text[self._letter : letters].encode())
        self._letter = letters
        return Target(self._leaf, self._length)
