"""Marks: characters that carry lines, code and addresses through Liquid, and go at its end.

Control characters, which no post holds: `source/characters.py` takes them out of all text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hanpan.source.characters import plain_characters
from hanpan.source.lines import Line, indent_of

SITE = "\x05"  # the site's address, which falls away in front of a path of the site
RAW_BRACE = "\x0e"  # `{` between marks of raw: it opens nothing
STRIP_BEFORE, STRIP_AFTER = "\x0f", "\x10"  # blanks before and after these go
BREAK = "\x06"  # an end of line that stays, whatever is done to the lines around it
_LINE = re.compile("\x01([0-9]{1,9})\x02")
_CODE = re.compile("\x03([0-9]{1,9})\x04")
_NEAR = 100  # lines above one in which the item is sought that it goes on
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_LINE_AT_END = re.compile("\x01[0-9]{1,9}\x02\\Z")
_BLANKS = re.compile("\\A(?>(?:\\s++|\x01[0-9]{1,9}\x02)*)")
_SITE = re.compile("(.{0,2})\x05+(?=(.?))", re.DOTALL)


def line_mark(number: int) -> str:
    """Return the mark that says: what follows is from this line of the author's file."""
    return f"\x01{number}\x02"


def code_mark(index: int) -> str:
    """Return the mark that stands for the code kept under `index`."""
    return f"\x03{index}\x04"


def without_lines(text: str) -> str:
    """Return text without marks of lines: the text of a variable has none."""
    return _LINE.sub("", text) if "\x01" in text else text


def trim_blank_lines(text: str) -> str:
    """Return text without blank lines at its beginning and end; marks of lines are no text."""
    lines = text.replace(BREAK, "\n").split("\n")
    seen = [at for at, line in enumerate(lines) if without_lines(line).strip()]
    return "\n".join(lines[seen[0] : seen[-1] + 1]) if seen else ""


def resolve(text: str, codes: list[str], first: int, site_url: str) -> tuple[Line, ...]:
    """Return rendered text as lines: code put back, marks taken out, each line with its number.

    `codes` is what `code_mark` stands for, with marks of lines in it. `first` is the number of
    lines that come before any mark.
    """
    kept = dict(enumerate(codes))  # an escape in YAML can make a mark that stands for nothing
    if BREAK in text:
        written = text.split("\n")
        text = "\n".join(
            _broken(line, written[max(0, at - _NEAR) : at]) if BREAK in line else line
            for at, line in enumerate(written)
        )
    text = _CODE.sub(lambda mark: kept.get(int(mark[1]), ""), text)
    text = _stripped(text.replace(RAW_BRACE, "{"))
    lines: list[Line] = []
    number = first
    for line in text.split("\n"):
        parts = _LINE.split(line)  # text, number, text, number, text ...
        numbers = [int(part) for part in parts[1::2]]
        seen = [at for at, part in enumerate(parts[::2]) if part.strip()]
        shown = "".join(parts[::2])
        if SITE in shown:
            shown = _SITE.sub(lambda part: part[1] + _address(part[1], part[2], site_url), shown)
        shown = plain_characters(shown)
        # the line of what is first seen; blanks in front of it may be left of other lines
        at = seen[0] - 1 if seen else 0
        lines.append(Line(shown, numbers[at] if numbers and at >= 0 else number))
        number = numbers[-1] if numbers else number
    return tuple(lines)


def _stripped(text: str) -> str:
    """Return text without the blanks beside marks that ask for that; marks of lines stay."""
    if STRIP_BEFORE in text:
        first, *others = text.split(STRIP_BEFORE)[::-1]
        text = "".join([*(_without_end(part) for part in others[::-1]), first])
    if STRIP_AFTER in text:
        first, *others = text.split(STRIP_AFTER)
        text = "".join([first, *(_BLANKS.sub(_last_mark, part, count=1) for part in others)])
    return text


def _without_end(text: str) -> str:
    """Return text without blanks and marks of lines at its end."""
    while text:
        bare = text.rstrip()
        mark = _LINE_AT_END.search(bare[-12:])
        text, before = bare[: len(bare) - len(mark[0])] if mark else bare, text
        if text == before:
            break
    return text


def _last_mark(blanks: re.Match[str]) -> str:
    marks = _LINE.findall(blanks[0])
    return line_mark(int(marks[-1])) if marks else ""


def _broken(line: str, above: Sequence[str]) -> str:
    """Return a line with its ends of lines; what it makes in an item or a quote stays in there."""
    first, *others = line.split(BREAK)
    lead = without_lines(first)
    margin = "" if lead.strip(" \t>") else lead
    if margin and ">" not in margin and not _is_in_item(indent_of(margin), above):
        margin = ""  # a line within an element: what is made there begins at the margin
    return "\n".join([first, *(margin + other if other else margin.rstrip() for other in others)])


def _is_in_item(indent: int, above: Sequence[str]) -> bool:
    """Tell whether a line with an indent goes on an item of a list in the lines above it."""
    for line in map(without_lines, reversed(above)):
        if line.strip() and indent_of(line) < indent:
            return _ITEM.match(line) is not None
    return False


def _address(before: str, after: str, site_url: str) -> str:
    """Return what the site's address is written as: in front of a path of the site, nothing.

    In a link or an attribute only, where the path alone is found in the site's folder.
    """
    is_address = before.endswith("=") or before in ("](", '="', "='")
    return "" if after == "/" and is_address else site_url
