"""Regions: which lines are code, maths or raw HTML, in which Markdown must not be touched."""

from __future__ import annotations

import re
from collections.abc import Callable

from hanpan.problems import Problem
from hanpan.source.dialect.attributes import ATTRIBUTES_LINE
from hanpan.source.dialect.diagrams import mermaid_element
from hanpan.source.dialect.fences import fence
from hanpan.source.dialect.html_blocks import is_page_break, reads_as_text
from hanpan.source.dialect.kramdown.extensions import html_lines
from hanpan.source.dialect.literal.instructions import (
    drawing_doctype,
    instruction_block,
    literal_in_pre,
)
from hanpan.source.dialect.obsidian.comments import comment_block
from hanpan.source.dialect.reader import FENCE, LISTED, Reader, follow_lists
from hanpan.source.dialect.tex import ENVIRONMENT, normalise_tex
from hanpan.source.elements import block_depth
from hanpan.source.lines import Kind, Line, expand_indent, indent_of

_RAW_OPEN = re.compile(r"<(pre|script|style|svg|textarea|math)(?=[\s>/])", re.IGNORECASE)
_KRAMDOWN = re.compile(r"\{:[:/](comment|nomarkdown|options)?([^{}]*)\}")
_KRAMDOWN_END = re.compile(r"[ \t]*\{:/(?:comment|nomarkdown)?\}")
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
_MATH = {"$$": "$$", "\\\\[": "\\\\]"}
_INLINE_TAG = re.compile(r"<(/?)(p|b|strong|i|em|u|s|font|span|small|big|a|mark)(?=[\s>])", re.I)
_PARAGRAPH = 40  # lines of a paragraph in which tags are looked for
_MARGIN = 3  # blanks before a block, as everywhere in Markdown
_MATH_LIMIT = 200  # lines after which `$$` is taken for text


Rule = Callable[[Reader, Line], bool]


def mark_regions(
    path: str, lines: list[Line], first: tuple[Rule, ...] = ()
) -> tuple[list[Line], list[Problem]]:
    """Return the lines with their kinds, fences made regular; and problems with fences.

    `first` are rules that are asked before all others.
    """
    reader = Reader(path, lines)
    while reader.at < len(lines):
        line = lines[reader.at]
        if line.is_blank:
            reader.output.append(line.with_text(""))
            reader.at += 1
            continue
        for rule in (*first, *RULES):
            if rule(reader, line):
                break
        else:
            follow_lists(reader, line.text)
            if line.text.startswith("{:") and ATTRIBUTES_LINE.match(line.text):
                reader.lists.clear()  # they are the list's, and end it
            reader.html = max(0, reader.html + block_depth(line.text))
            reader.output.append(line.with_text(expand_indent(line.text)))
            reader.at += 1
    return reader.output, reader.problems


def _indented_code(reader: Reader, line: Line) -> bool:
    """Code by indentation; within a list, four columns beyond the item's text.

    In a block of HTML that is open kramdown knows no such code, and authors indent what is inside:
    there a text stays one.
    """
    if not reader.after_blank() or (reader.html and line.text.lstrip().startswith("<")):
        return False
    indent = indent_of(line.text)
    inside = [column for column in reader.lists if column <= indent]
    base = inside[-1] if inside else 0
    if indent - base < LISTED or FENCE.match(line.text.lstrip()):
        return False
    if reader.lists and not inside:
        return False
    reader.lists[len(inside) :] = []
    if reader.html and _text_in_html(reader, base):
        return True
    _take_code(reader, base)
    while reader.at < len(reader.lines):
        _take_blanks_of_code(reader, base)
        following = reader.lines[reader.at]
        if following.is_blank or indent_of(following.text) - base < LISTED:
            break
        _take_code(reader, base)
    return True


def _take_code(reader: Reader, base: int) -> None:
    """Take a line of code; pandoc does not count tabs from the text of an item."""
    line = reader.lines[reader.at]
    text = expand_indent(line.text) if base else line.text
    reader.output.append(Line(text, line.number, Kind.CODE))
    reader.at += 1


def _text_in_html(reader: Reader, base: int) -> bool:
    """Take indented lines in a block of HTML that is open, where they read as text."""
    end = reader.at + 1
    while end < len(reader.lines) and not reader.lines[end].is_blank:
        if indent_of(reader.lines[end].text) - base < LISTED:
            break
        end += 1
    block = [expand_indent(item.text) for item in reader.lines[reader.at : end]]
    if not reads_as_text(block):
        return False
    margin = min(map(indent_of, block))
    for item, text in zip(reader.lines[reader.at : end], block, strict=True):
        reader.output.append(item.with_text(" " * base + text[margin:]))
    reader.at = end
    return True


def _take_blanks_of_code(reader: Reader, base: int) -> None:
    """Take the blank lines between lines of code, where their blanks are part of it."""
    end = reader.at
    while end < len(reader.lines) and reader.lines[end].is_blank:
        end += 1
    blanks = reader.lines[reader.at : end]
    says = any(indent_of(line.text) - base > LISTED for line in blanks)
    if says and end < len(reader.lines) and indent_of(reader.lines[end].text) - base >= LISTED:
        reader.take(len(blanks), Kind.CODE)


def _block_in_open_tag(reader: Reader, line: Line) -> bool:
    """A block below `<p>글` that nothing has closed is HTML, however far it is indented."""
    if not reader.after_blank() or reader.lists or reader.html or indent_of(line.text) < LISTED:
        return False
    depth = block_depth(line.text) if line.text.lstrip().startswith("<") else 0
    if depth <= 0 or not _leaves_open(reader.output):
        return False
    reader.html += depth
    reader.output.append(line.with_text(line.text.lstrip()))
    reader.at += 1
    return True


def _leaves_open(lines: list[Line]) -> bool:
    """Tell whether the last paragraph begins with a tag, and ends with one that is open."""
    open_tags: list[str] = []
    last = next((at for at in range(len(lines) - 1, -1, -1) if not lines[at].is_blank), -1)
    first = last
    while first > max(0, last - _PARAGRAPH) and not lines[first - 1].is_blank:
        first -= 1
    if first < 0 or not lines[first].text.lstrip().startswith("<"):
        return False
    for line in lines[first : last + 1]:
        for tag in _INLINE_TAG.finditer(line.text if line.kind is Kind.TEXT else ""):
            if not tag[1]:
                open_tags.append(tag[2].lower())
            elif tag[2].lower() in open_tags:
                open_tags.remove(tag[2].lower())
    return bool(open_tags)


def _math(reader: Reader, line: Line) -> bool:
    r"""`$$` on several lines, and kramdown's `\\[`; pandoc wants no blank line within."""
    quote = _QUOTE.match(line.text)
    marks = quote[0] if quote else ""
    text = line.text[len(marks) :].strip()
    opening = next((mark for mark in _MATH if text.startswith(mark)), "")
    if not opening or _MATH[opening] in text[len(opening) :]:
        return False
    for end in range(reader.at + 1, min(len(reader.lines), reader.at + _MATH_LIMIT)):
        if _MATH[opening] in reader.lines[end].text:
            break
    else:
        return False
    lines = reader.lines[reader.at : end + 1]
    if marks and not all(_QUOTE.match(item.text) for item in lines):
        return False
    lines = [item.with_text(_QUOTE.sub("", item.text)) for item in lines] if marks else lines
    _formula(reader, lines, opening, marks)
    reader.at = end + 1
    return True


def _formula(reader: Reader, lines: list[Line], opening: str, marks: str) -> None:
    """Append the lines of a formula, from its opening mark to the line with the closing one."""
    shown = [line for line in lines if not line.is_blank]
    whole = "\n".join(expand_indent(line.text) for line in shown)
    margin, _, rest = whole.partition(opening)
    inside, _, behind = rest.rpartition(_MATH[opening])
    formula = normalise_tex(inside)
    shows = f"$${formula}$$" if formula.strip() else ""
    for at, text in enumerate(f"{margin}{shows}{behind}".split("\n")):
        if text.strip():
            number = shown[min(at, len(shown) - 1)].number
            reader.output.append(Line(marks + text, number, Kind.MATH))


def _environment(reader: Reader, line: Line) -> bool:
    r"""`\begin{align}`: MathJax draws it also without dollars.

    It ends where it is closed first, be that on the same line. One that begins within a line is
    brought onto that line, for the rules of text.
    """
    opened = ENVIRONMENT.search(line.text) if "\\begin" in line.text else None
    if not opened:
        return False
    before = line.text[: opened.start()]
    if _is_within_dollars(reader):
        reader.take(1, Kind.MATH)
        return True
    if before.count("$") % 2:
        return False
    closing = f"\\end{{{opened[1]}}}"
    if before.strip() or len(before) > _MARGIN:
        is_open = before.count("`") % 2 == 0 and closing not in line.text
        return is_open and _join_lines(reader, closing)
    end = reader.find(closing, lambda text: closing in text, reader.at)
    if not 0 <= end - reader.at < _MATH_LIMIT:
        return False
    shown = [item for item in reader.lines[reader.at : end + 1] if not item.is_blank]
    whole = "\n".join(item.text.strip() for item in shown)
    inside, _, behind = whole.partition(closing)
    rows = f"$${normalise_tex(inside + closing)}$${behind}".split("\n")
    for at, text in enumerate(rows):
        reader.output.append(Line(text, shown[min(at, len(shown) - 1)].number, Kind.MATH))
    reader.at = end + 1
    return True


def _is_within_dollars(reader: Reader) -> bool:
    """Tell whether `$$` is open where the paragraph goes on."""
    count = 0
    for line in reversed(reader.output[-_PARAGRAPH:]):
        if line.is_blank or line.kind not in (Kind.TEXT, Kind.MATH):
            break
        count += line.text.count("$$")
    return count % 2 == 1


def _join_lines(reader: Reader, closing: str) -> bool:
    """Bring what follows in a paragraph up to an environment's end onto the line that begins it."""
    joined = [reader.lines[reader.at].text.rstrip()]
    for end in range(reader.at + 1, min(len(reader.lines), reader.at + _PARAGRAPH)):
        following = reader.lines[end]
        if following.is_blank:
            break
        joined.append(_QUOTE.sub("", following.text, count=1).strip())
        if closing in following.text:
            line = reader.lines[reader.at]
            reader.lines[reader.at : end + 1] = [line.with_text(" ".join(joined))]
            return True
    return False


def _raw(reader: Reader, line: Line) -> bool:
    """`<pre>`, `<script>` and their like, and comments: all lines to the closing tag."""
    text = line.text.strip()
    opened = _RAW_OPEN.match(text)
    if not opened and (not text.startswith("<!--") or is_page_break(text)):
        return False
    closing = f"</{opened[1].lower()}" if opened else "-->"
    end = reader.find(closing, lambda text: closing in text.lower(), reader.at)
    if end < 0:
        return False  # never closed: as text it is at least seen
    drawn = opened and opened[1].lower() in ("svg", "math")  # pandoc would see paragraphs there
    lines = reader.lines[reader.at : end + 1]
    if opened and opened[1].lower() == "pre":
        texts = literal_in_pre("\n".join(item.text for item in lines)).split("\n")
        lines = [item.with_text(text) for item, text in zip(lines, texts, strict=True)]
    for item in lines:
        if not (drawn and item.is_blank):
            shown = item.text.lstrip() if drawn or item is lines[0] else item.text
            reader.output.append(Line(shown, item.number, Kind.RAW))
    reader.at = end + 1
    return True


def _kramdown(reader: Reader, line: Line) -> bool:
    """`{::comment}` to `{:/comment}` goes; what `{::nomarkdown}` holds is HTML as it stands."""
    match = _KRAMDOWN.match(line.text.strip())
    if not match or match.end() != len(line.text.strip()):
        return False
    reader.at += 1
    if match[1] in ("comment", "nomarkdown") and not match[2].rstrip().endswith("/"):
        end = reader.find("{:/comment}", _KRAMDOWN_END.match, reader.at)
        if end >= 0 and match[1] == "nomarkdown":
            reader.output += html_lines(reader.lines[reader.at : end])
        if end >= 0:
            reader.at = end + 1
    return True


# each takes the lines of its region, or leaves the line to the next
RULES = (
    _kramdown,
    _block_in_open_tag,  # before code by indentation, which it looks like
    _indented_code,
    mermaid_element,  # before fences and raw HTML: its lines are neither
    fence,
    _math,
    _environment,
    _raw,
    drawing_doctype,
    instruction_block,
    comment_block,
)
