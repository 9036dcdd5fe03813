"""Lists: which lines begin, continue and nest items, as kramdown sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hanpan.source.dialect.attributes import ATTRIBUTES_LINE
from hanpan.source.dialect.html_blocks import BLOCK_TAG
from hanpan.source.dialect.reader import LISTED, MARKER
from hanpan.source.elements import BLOCKS
from hanpan.source.lines import Kind, Line, indent_of, outdent

_NUMBERED = re.compile(r"((?:[ ]*>)*[ ]*)(\d{1,9})([.)])(?=[ \t])")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-{2,}|=+)[ ]*\Z")
_QUOTED = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
# an item that begins so is no paragraph, or would not be one any more with a mark in front
_NO_PARAGRAPH = re.compile(r"<|#{1,6}[ ]|`{3}|~{3}|\||>|\$\$|\\\\\[|\[[ xX]\][ ]|:[ ]|\Z")
_INLINE_TAG = re.compile(
    r"[ ]*</?(?:a|b|br|code|em|font|i|img|kbd|mark|span|strong|sub|sup|u)[ />]"
)
_ONE_QUOTE = re.compile(r"[ ]*>[ ]?")
_DEEPEST = 60  # items within items
Pass = Callable[[list[Line]], list[Line]]
TIGHT = '<span data-tight=""></span>'


def also_in_quotes(change: Pass) -> Pass:
    """Return a pass that reads quotes as it reads a body; it must leave a line for each line."""

    def in_quotes(lines: list[Line]) -> list[Line]:
        output = change(lines)
        at = 0
        while at < len(output):
            marks: list[str] = []
            while at + len(marks) < len(output):
                mark = _ONE_QUOTE.match(output[at + len(marks)].text)
                if not mark or output[at + len(marks)].kind is Kind.RAW:
                    break
                marks.append(mark[0])
            if marks:
                run = output[at : at + len(marks)]
                inside = [
                    line.with_text(line.text[len(mark) :])
                    for line, mark in zip(run, marks, strict=True)
                ]
                output[at : at + len(marks)] = [
                    line.with_text(mark + line.text)
                    for line, mark in zip(in_quotes(inside), marks, strict=True)
                ]
            at += len(marks) or 1
        return output

    in_quotes.__name__ = change.__name__
    return in_quotes


def underlined_items(lines: list[Line]) -> list[Line]:
    """Write `1. 하나` above `---` as an item that is a heading, which it is for kramdown."""
    output: list[Line] = []
    for line in lines:
        before = output[-1] if output else Line("", 0)
        marker = MARKER.match(before.text) if before.kind is line.kind is Kind.TEXT else None
        if marker and _UNDERLINE.match(line.text) and before.text[marker.end() :].strip():
            hashes = "#" if line.text.lstrip()[0] == "=" else "##"
            title = before.text[marker.end() :]
            if not _NO_PARAGRAPH.match(title) and not MARKER.match(title):
                output[-1] = before.with_text(f"{before.text[: marker.end()]}{hashes} {title}")
                continue
        output.append(line)
    return output


def lazy_quotes(lines: list[Line]) -> list[Line]:
    """Keep in a quote the items and the fences right below it, as kramdown does."""
    output: list[Line] = []
    marks = ""  # of the quote, once something below it was taken in
    column = 0  # of the text of the item that is open; in it, a new item to its left ends a quote
    for at, line in enumerate(lines):
        before = output[-1] if output else Line("", 0)
        quoted = _QUOTED.match(before.text) if before.kind is Kind.TEXT else None
        if quoted and 0 < column <= indent_of(before.text) and indent_of(line.text) < column:
            quoted = None
        column = _item_column(line, before, column)
        ends_item = column > 0 and indent_of(line.text) < column
        if (
            line.is_blank
            or line.kind not in (Kind.TEXT, Kind.CODE)
            or _QUOTED.match(line.text)
            or (ends_item and MARKER.match(line.text) and before.kind is Kind.CODE)
        ):
            marks = ""
        elif quoted and not marks and _belongs_to_quote(lines, at):
            marks = f"{quoted[0].rstrip()} "
        inside = outdent(line.text, column) if line.kind is Kind.CODE else line.text
        output.append(line.with_text(marks + inside) if marks else line)
    return output


def close_quotes(lines: list[Line]) -> list[Line]:
    """End a quote above whatever is no paragraph, and above all below its blank line.

    CommonMark 0.31, section 5.1, which marked and remark keep to: only a paragraph goes on below
    a quote without its `>`.
    """
    output: list[Line] = []
    for line in lines:
        above = output[-1] if output else Line("", 0)
        quoted = _QUOTED.match(above.text)
        if quoted and not line.is_blank and not _QUOTED.match(line.text):
            is_open = above.kind is Kind.TEXT and bool(above.text[quoted.end() :].strip())
            is_of_item = indent_of(line.text) < indent_of(above.text)  # ends it, and the quote
            tag = BLOCK_TAG.match(line.text)
            is_phrase = tag is not None and tag[1].lower() not in BLOCKS  # `<br>`
            is_text = line.kind is Kind.TEXT and not _NO_PARAGRAPH.match(line.text)
            goes_on = is_text or (is_phrase and line.kind is not Kind.CODE)
            if not is_of_item and not (is_open and goes_on and not MARKER.match(line.text)):
                output.append(Line("", line.number))
        output.append(line)
    return output


def _item_column(line: Line, before: Line, column: int) -> int:
    """Return where the text of the item that a line opens or goes on with begins; 0 for none."""
    marker = MARKER.match(line.text) if line.kind is Kind.TEXT else None
    if marker:
        return marker.end() if marker[3] else marker.end() + 1
    ends = before.is_blank and not line.is_blank and indent_of(line.text) == 0
    return 0 if ends else column


def _belongs_to_quote(lines: list[Line], at: int) -> bool:
    """Tell whether a line below a quote begins an item, or code without blank lines."""
    if lines[at].kind is Kind.TEXT:
        return bool(MARKER.match(lines[at].text))
    while at < len(lines) and lines[at].kind is Kind.CODE:
        if lines[at].is_blank:
            return False
        at += 1
    return True


def numbers(lines: list[Line]) -> list[Line]:
    """Write `1)` as `1.`; and keep `2021. 10. 7` in the middle of a paragraph from being a list."""
    output: list[Line] = []
    in_list = False
    for line in lines:
        before = output[-1] if output else Line("", 0)
        number = _NUMBERED.match(line.text) if line.is_markdown else None
        if number:
            goes_on = before.kind is Kind.TEXT and not before.is_blank and not in_list
            if goes_on and int(number[2]) != 1 and not _HEADING.match(before.text):
                line = line.with_text(f"{number[1]}{number[2]}\\{line.text[number.start(3) :]}")
            elif number[3] == ")":
                line = line.with_text(f"{number[1]}{number[2]}.{line.text[number.end() :]}")
        marker = MARKER.match(line.text.lstrip("> "))
        if marker and (line.is_markdown or _opens_code(marker)):
            in_list = True
        elif before.is_blank and not line.is_blank and not line.text.startswith(" "):
            in_list = False
        output.append(line)
    return output


def _opens_code(marker: re.Match[str]) -> bool:
    """Tell whether an item begins with a fence, whose line is code already."""
    return marker.string.startswith(("```", "~~~"), marker.end())


@dataclass(slots=True)
class _Item:
    """An open item: its kind, and where its text begins."""

    is_numbered: bool
    text: int  # column of its text as its author wrote it
    mark_at: int  # column of its mark as it is written for pandoc
    text_at: int  # column of its text, likewise
    shift: int  # columns by which its lines are moved


def nested_lists(lines: list[Line]) -> list[Line]:
    """Nest a list of another kind that follows an item too far to the left.

    `- 가` straight below `1. 하나` belongs to that item for kramdown; for pandoc it ends the list.
    """
    output: list[Line] = []
    items: list[_Item] = []
    above: Line | None = None  # the last line that is not blank
    shift = 0
    for line in lines:
        if line.is_blank:
            output.append(line)
            continue
        follows = bool(output) and not output[-1].is_blank
        marker = MARKER.match(line.text) if line.kind is Kind.TEXT else None
        indent = indent_of(line.text)
        if marker:
            shift = _open(items, marker, indent, follows)
        elif line.kind is Kind.TEXT or not above or above.kind is not line.kind:
            shift = _go_on(items, indent, follows)
        above = line
        output.append(line.with_text(" " * shift + line.text) if shift > 0 else line)
    return output


def _open(items: list[_Item], marker: re.Match[str], indent: int, follows: bool) -> int:
    """Put an item into the list that it belongs to; return how far its line is to be moved."""
    is_numbered, depth, is_lazy = marker[2][0].isdigit(), 0, False
    for item in items:
        if indent < item.text and (item.is_numbered == is_numbered or not follows):
            break
        is_lazy = indent < item.text
        depth += 1
    around = items[depth - 1] if depth else None
    before = items[depth] if depth < len(items) else None
    if not around or (around.shift <= 0 and not is_lazy):
        mark_at = indent
    elif before and before.is_numbered == is_numbered:
        mark_at = before.mark_at
    else:
        mark_at = around.text_at + max(0, indent - around.text)
    width = len(marker[2]) + (len(marker[3]) if 0 < len(marker[3]) <= LISTED else 1)
    if depth < _DEEPEST:
        opened = _Item(is_numbered, indent + width, mark_at, mark_at + width, mark_at - indent)
        items[depth:] = [opened]
    return mark_at - indent


def _go_on(items: list[_Item], indent: int, follows: bool) -> int:
    """Return how far a line that begins no item is to be moved; close the items that it ends."""
    shift = 0
    for depth, item in enumerate(items):
        if indent < item.text:
            if not follows:
                del items[depth:]
            break
        shift = item.shift
    return shift


def tight_items(lines: list[Line]) -> list[Line]:
    """Mark each item that kramdown makes no paragraph of, though blank lines part its list.

    An item's text is a paragraph where a blank line follows it; pandoc asks that of whole lists.
    """
    loose = _loose_lines(lines)
    output = []
    for at, line in enumerate(lines):
        marker = MARKER.match(line.text) if at in loose and line.kind is Kind.TEXT else None
        if marker and not _NO_PARAGRAPH.match(line.text, marker.end()):
            following = at + 1
            while following < len(lines) and _continues(lines[following]):
                following += 1
            if following < len(lines) and not lines[following].is_blank:
                line = line.with_text(
                    f"{line.text[: marker.end()]}{TIGHT}{line.text[marker.end() :]}"
                )
        output.append(line)
    return output


def _continues(line: Line) -> bool:
    """Tell whether a line goes on with the paragraph of an item."""
    if line.is_blank or not (line.kind is Kind.TEXT or _INLINE_TAG.match(line.text)):
        return False
    return not (MARKER.match(line.text) or _HEADING.match(line.text) or _QUOTED.match(line.text))


def _makes_loose(line: Line) -> bool:
    """Tell whether pandoc makes paragraphs of a list's items for this line in one of them."""
    if line.kind is Kind.CODE:
        return True
    return line.text.startswith(" ") and bool(ATTRIBUTES_LINE.match(line.text))


def _loose_lines(lines: list[Line]) -> set[int]:
    """Return the places of the lines of lists that have blank lines or code within."""
    places: set[int] = set()
    start, has_blank = -1, False
    for at, line in enumerate([*lines, Line("", 0), Line("끝", 0)]):
        if line.is_blank:
            continue
        has_blank = has_blank or (start >= 0 and _makes_loose(line))
        after_blank = at > 0 and at <= len(lines) and lines[at - 1].is_blank
        is_item = bool(line.kind is Kind.TEXT and MARKER.match(line.text))
        if start >= 0 and (after_blank or at > len(lines)):
            if is_item or line.text.startswith(" "):
                has_blank = True
            else:
                if has_blank:
                    places.update(range(start, at))
                start, has_blank = -1, False
        if start < 0 and is_item:
            start = at
    return places
