"""Lines: the body as lines that know what they are, and where in the author's file they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from hanpan.problems import Problem
from hanpan.source.post import Post


class Kind(Enum):
    """What a line is; only TEXT and HTML hold Markdown that the dialect may change."""

    TEXT = auto()
    HTML = auto()  # text within or beside a block of HTML
    CODE = auto()  # a fence or what it holds, and indented code
    MATH = auto()
    RAW = auto()  # <pre>, <script>, <style>, <svg>, comments


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Markdown and the line of the author's file that it comes from."""

    text: str
    number: int
    kind: Kind = Kind.TEXT
    is_literal: bool = False  # in a block of HTML: what looks like emphasis is none

    def with_text(self, text: str) -> Line:
        """Return the line with another text."""
        return replace(self, text=text)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing can be seen on it."""
        return not self.text.strip(" \t\u200b\xa0\u3000")

    @property
    def is_markdown(self) -> bool:
        """Tell whether inline Markdown is read on it."""
        return self.kind in (Kind.TEXT, Kind.HTML)


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body without Liquid: its lines with the author's line numbers, and what was wrong."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Source:
    """The Markdown that pandoc reads, with the line of the author's file for each of its lines."""

    text: str
    numbers: tuple[int, ...]
    original: tuple[str, ...] = ()  # the body's lines as the author wrote them
    first: int = 1  # the line of the author's file that `original` begins on
    problems: tuple[Problem, ...] = field(default=())
    code: frozenset[int] = frozenset()  # the author's lines that are blocks of code
    regions: tuple[Line, ...] = ()  # without Liquid, before the dialect

    def line_of(self, output_line: int) -> int:
        """Return the author's line for a line of `text`, both counted from 1."""
        if not self.numbers:
            return self.first
        return self.numbers[min(max(output_line, 1), len(self.numbers)) - 1]


def lines_of(post: Post) -> tuple[Line, ...]:
    """Return the lines of a post's body as they are written."""
    original = post.body.split("\n")
    return tuple(Line(text, number) for number, text in enumerate(original, post.body_line))


def indent_of(text: str) -> int:
    """Return the column of the first character that is no blank; a tab goes to the next fourth."""
    column = 0
    for character in text:
        if character == " ":
            column += 1
        elif character == "\t":
            column += 4 - column % 4
        else:
            break
    return column


def outdent(text: str, columns: int) -> str:
    """Return the line less at most `columns` columns of blanks; tabs after them stay."""
    column = 0
    for at, character in enumerate(text):
        if column >= columns or character not in " \t":
            return " " * (column - columns if column > columns else 0) + text[at:]
        column += 1 if character == " " else 4 - column % 4
    return ""


def expand_indent(text: str) -> str:
    """Return the line with its leading blanks as spaces."""
    return " " * indent_of(text) + text.lstrip(" \t")


def longest_ticks(*texts: str) -> int:
    """Return the length of the longest run of backticks in texts: a fence needs one more."""
    return max((len(run) for text in texts for run in re.findall("`+", text)), default=0)
