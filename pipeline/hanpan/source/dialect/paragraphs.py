"""Paragraphs: lines that only pandoc takes for the beginning of something else, and rules.

`(1) 하나` on the second line of a paragraph would end it, `~ 반가워` would define the line above.
"""

from __future__ import annotations

import re

from hanpan.source.dialect.definitions import DEFINITION
from hanpan.source.dialect.reader import MARKER
from hanpan.source.dialect.tex import reads_like_tex
from hanpan.source.lines import Kind, Line

_LEAD = r"((?:[ ]*>)*[ ]*)"
# pandoc's ordered lists beyond `1.` and `1)`, and its second mark of a definition
_NUMBER = re.compile(
    rf"{_LEAD}(\((?:[0-9A-Za-z]{{1,8}}|\#|@[\w-]*)\)|(?:[A-Za-z]|[ivxlcdmIVXLCDM]{{2,8}}|\#)[.)])"
    r"(?=[ \t])"
)
# `3) *`: an item that says `*` holds no list
_SIGN = re.compile(r"([ ]*(?:[-*+]|\d{1,9}[.)])[ ]+)(?=[-*+][ ]*\Z)")
_LONG_NUMBER = re.compile(rf"({_LEAD}\d{{7,}})(?=[.)](?:[ \t]|\Z))")
_TILDE = re.compile(rf"{_LEAD}~(?=[ \t]|\Z)")
_HASH = re.compile(rf"{_LEAD}(?:\#{{7}}|\#{{1,6}}(?=[^\s\#]))")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]+){2,}-[ \t]*)\Z")
_LONE_MARK = re.compile(r"([ ]{0,3}\d{0,9})([*+.)])[ \t]*\Z")
_DASHES = re.compile(r"[ ]{0,3}-{3,}[ \t]*\Z")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*\Z")
_NO_TERM = re.compile(r"[ ]{0,3}(?:[>|#<]|\{:|\[[^\]]*\]:|\*\[|$)|.*[ ]{2}\Z")
_LONGEST = 200  # lines of a definition
_DEFINES = re.compile(rf"{_LEAD}(?=:[ \t])")
_MOST_TERMS = 8  # lines above a definition that are terms: more are a paragraph


def starts_of_lines(lines: list[Line]) -> list[Line]:
    """Escape what begins nothing but for pandoc."""
    output: list[Line] = []
    for line in lines:
        if line.kind is Kind.TEXT and line.text:
            line = _escape_start(line, goes_on=bool(output) and not output[-1].is_blank)
        output.append(line)
    return output


def empty_items(lines: list[Line]) -> list[Line]:
    """Escape a mark of a list that stands alone below a paragraph: no item begins so within one.

    `-` makes a heading there.
    """
    output: list[Line] = []
    in_list = False
    for line in lines:
        above = output[-1] if output else Line("", 0)
        if line.kind is Kind.TEXT and not line.is_blank:
            goes_on = above.kind is Kind.TEXT and not above.is_blank
            mark = _LONE_MARK.match(line.text) if goes_on and not in_list else None
            if mark and _goes_on(above.text):
                line = line.with_text(f"{line.text[: mark.end(1)]}\\{mark[2]}")
            elif MARKER.match(line.text):
                in_list = True
            elif above.is_blank and not line.text.startswith(" "):
                in_list = False
        output.append(line)
    return output


def _goes_on(text: str) -> bool:
    """Tell whether a paragraph may go on below this line: it is no heading, quote, table or tag."""
    return not _NO_TERM.match(text) and not MARKER.match(text) and not _UNDERLINE.match(text)


def _escape_start(line: Line, *, goes_on: bool) -> Line:
    text = line.text
    mark = _TILDE.match(text) or _HASH.match(text) or _SIGN.match(text)
    if mark:
        return line.with_text(f"{mark[1]}\\{text[len(mark[1]) :]}")
    number = _NUMBER.match(text) if goes_on else None
    if number:
        start, end = number.span(2)
        at = start if text[start] == "(" else end - 1
        return line.with_text(f"{text[:at]}\\{text[at:]}")
    return line


def long_numbers(lines: list[Line]) -> list[Line]:
    """Keep a number of seven digits or more, such as one of a telephone, from being an item's.

    CommonMark sets the limit at nine; no list is so long, and readers show such a number as 1.
    """
    output = []
    for line in lines:
        number = _LONG_NUMBER.match(line.text) if line.kind is Kind.TEXT else None
        if number:
            line = line.with_text(f"{number[1]}\\{line.text[number.end(1) :]}")
        output.append(line)
    return output


def ends_of_lines(lines: list[Line]) -> list[Line]:
    r"""Write kramdown's break of a line, `\\`, as pandoc's, `\`; below which a paragraph goes on.

    At its end a backslash is one.
    """
    output: list[Line] = []
    for line, below in zip(lines, [*lines[1:], Line("", 0)], strict=False):
        if line.kind is Kind.TEXT and line.text.rstrip().endswith("\\"):
            text = line.text.rstrip()
            count = len(text) - len(text.rstrip("\\"))
            is_last = below.is_blank or _HEADING.match(text) or _UNDERLINE.match(below.text)
            if is_last and count % 2 and text == line.text:
                line = line.with_text(f"{text}\\")
            elif not is_last and count == 2 and not reads_like_tex(text[:-2]):
                line = line.with_text(text[:-1])
        output.append(line)
    return output


def rules(lines: list[Line]) -> list[Line]:
    """Set `* * *` apart from the paragraph above it, as GitHub does, and from being a list.

    `---` is one below another, below code, and where nothing is above it.
    """
    output: list[Line] = []
    for line in lines:
        above = output[-1] if output else Line("", 0)
        stands_free = above.kind is Kind.CODE or above.is_blank or _RULE.match(above.text)
        is_rule = _RULE.match(line.text) or (stands_free and _DASHES.match(line.text))
        if line.kind is Kind.TEXT and is_rule:
            if output and not output[-1].is_blank:
                output.append(Line("", line.number))
            line = line.with_text("***")
        output.append(line)
    return output


def terms(lines: list[Line]) -> list[Line]:
    """Make terms of all the lines above a definition, as kramdown does; pandoc takes one.

    All but the last get an empty definition.
    """
    output: list[Line] = []
    for at, line in enumerate(lines):
        if line.kind is Kind.TEXT and DEFINITION.match(line.text):
            first = len(output)
            while first and len(output) - first < _MOST_TERMS and _is_term(output[first - 1]):
                first -= 1
            is_whole = not first or output[first - 1].is_blank
            if is_whole and len(output) - first > 1:
                above, output[first:] = output[first:-1], output[-1:]
                last = output.pop()
                for term in above:
                    output += [term, Line(": <span></span>", term.number), Line("", term.number)]
                output.append(last)
            if is_whole and output and not output[-1].is_blank and _has_paragraphs(lines, at):
                output.append(Line("", line.number))  # else pandoc makes no paragraphs of them
        output.append(line)
    return output


def without_definitions(lines: list[Line]) -> list[Line]:
    """Keep `: ` at the start of a line as text."""
    return [_as_text(line) for line in lines]


def close_definitions(lines: list[Line]) -> list[Line]:
    """Keep `: ` as text below a blank line: hexo-renderer-marked wants the term right above."""
    above = [Line("", 0), *lines]
    return terms(
        [
            line if before.text.strip(" >") else _as_text(line)
            for before, line in zip(above, lines, strict=False)
        ]
    )


def _as_text(line: Line) -> Line:
    match = _DEFINES.match(line.text) if line.kind is Kind.TEXT else None
    return line.with_text(f"{match[1]}\\{line.text[match.end(1) :]}") if match else line


def _has_paragraphs(lines: list[Line], at: int) -> bool:
    """Tell whether a definition, or another of the same terms, goes on after a blank line."""
    for line, above in zip(lines[at + 1 : at + _LONGEST], lines[at:], strict=False):
        if line.is_blank:
            continue
        begins = line.kind is Kind.TEXT and not MARKER.match(line.text)
        if above.is_blank and begins and line.text.startswith("  "):
            return True
        if above.is_blank and not line.text.startswith(" ") and not DEFINITION.match(line.text):
            return False
    return False


def _is_term(line: Line) -> bool:
    return (
        line.kind is Kind.TEXT
        and not line.is_blank
        and not (_NO_TERM.match(line.text) or MARKER.match(line.text))
        and not DEFINITION.match(line.text)
    )
