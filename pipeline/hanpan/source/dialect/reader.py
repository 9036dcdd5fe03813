"""Reader: the scan of a body, line by line: where it is, in which lists and blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from hanpan.problems import Problem
from hanpan.source.lines import Kind, Line, indent_of

FENCE = re.compile(r"(`{3,}+(?=[^`]*\Z)|~{3,}+)[ \t]*+((?>(?:[^ \t]++|[ \t]++(?!\Z))*))[ \t]*+\Z")
MARKER = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|\Z)")
# a note or a definition: what is indented below belongs to it
HOLDER = re.compile(r"[ ]{0,3}(?:\[\^[^\]\s]+\]:|:[ \t]+(?=\S))")
LISTED = 4  # columns beyond its list's text that make code of a line


@dataclass(slots=True)
class Reader:
    """The scan of one body: where it is, and in which lists."""

    path: str
    lines: list[Line]
    at: int = 0
    output: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    html: int = 0  # blocks of HTML that are open
    lists: list[int] = field(default_factory=list)  # columns in which the open items' text begins
    prose_fences: int = 0  # lines so far that begin like a fence and go on in Korean
    never_closed: set[str] = field(default_factory=set)  # closing marks known not to come any more

    def find(self, mark: str, closes: Callable[[str], object], start: int) -> int:
        """Return the index of the first line from `start` that closes `mark`, -1 for none.

        None is asked only once: thousands of unclosed marks must not be searched for each time.
        """
        if mark not in self.never_closed:
            for at in range(start, len(self.lines)):
                if closes(self.lines[at].text):
                    return at
            self.never_closed.add(mark)
        return -1

    def after_blank(self) -> bool:
        return not self.output or self.output[-1].is_blank or self.output[-1].kind is Kind.CODE

    def take(self, count: int, kind: Kind) -> None:
        for line in self.lines[self.at : self.at + count]:
            self.output.append(Line(line.text, line.number, kind))
        self.at += count


def follow_lists(reader: Reader, text: str) -> None:
    """Keep track of the list items that a line opens, goes on with, or ends."""
    indent, marker = indent_of(text), MARKER.match(text)
    if marker:
        while reader.lists and indent < reader.lists[-1]:
            reader.lists.pop()
        width = indent_of(marker[3]) if marker[3].strip("\n") else 1
        column = indent + len(marker[2])
        reader.lists.append(column + (width if 0 < width <= LISTED else 1))
    elif holder := HOLDER.match(text):
        reader.lists[:] = [LISTED if holder[0].endswith(":") else len(holder[0])]
    elif reader.after_blank() or text.lstrip().startswith("#"):
        while reader.lists and indent < reader.lists[-1]:
            reader.lists.pop()
