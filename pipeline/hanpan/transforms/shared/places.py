"""Places: where in the author's file something of the tree was written.

The tree knows no lines (pandoc gives none), so the words that the author must have typed are looked
for: the k-th of them in the tree is the k-th in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from hanpan import tree
from hanpan.source.comments import blank_comments
from hanpan.source.lines import Source
from hanpan.tree import HEADINGS, Element

_COMMENT = re.compile(r"<!--|\{%-?\s*+comment\b|\{::comment\}")
_UNSEEN = re.compile(r"(?<=\])\([^()\n]*+\)|<[a-zA-Z/][^<>]*+>")  # where links lead, tags
_HEADING = re.compile(r"[\s>*+-]*+(?:\d{1,3}[.)]\s++)?#|.{0,200}?<h[1-6]\b", re.IGNORECASE)
_UNDERLINE = re.compile(r"[\s>]*+(?:=++|-++)\s*+\Z")
_MOST = 2_000  # occurrences of one literal that are told apart


class SourcePlace(NamedTuple):
    """A line of the author's file; `is_near`: what is meant stands somewhere below it."""

    line: int | None
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines as one text, where each begins in it, and its number in the author's file."""

    text: str
    starts: list[int]
    numbers: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[str], numbers: Sequence[int]) -> _Text:
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        return cls("\n".join(lines), starts, numbers)

    def number_at(self, place: int) -> int:
        """Return the number of the line at a place of the text."""
        return self.numbers[min(bisect_right(self.starts, place) - 1, len(self.numbers) - 1)]


@dataclass(slots=True)
class Places:
    """The lines of a post as its author wrote them, and as they were after Liquid."""

    source: Source
    _seen: dict[str, int] = field(default_factory=dict)
    _lines_of: dict[tuple[str, bool], list[int]] = field(default_factory=dict)
    _headings: dict[Element, int] | None = None
    _bare: list[str] | None = None
    _written: _Text | None = None
    _rendered: _Text | None = None

    def of(
        self, near: Element | None, *literals: str, in_code: bool = False, whole_line: bool = False
    ) -> SourcePlace:
        """Return the place of the first of `literals` that is found, else of the heading above.

        Asked for the same literals again it gives their next occurrence: callers go in the
        document's order. What stands in blocks of code counts only where `in_code` is set.
        """
        occurrence = self._seen.get(literals[0], 0) if literals else 0
        if literals:
            self._seen[literals[0]] = occurrence + 1
        for literal in filter(None, literals):
            lines = self.lines(literal, in_code)
            if whole_line:
                original = self.source.original
                lines = [n for n in lines if original[n - self.source.first].strip() == literal]
            if lines:
                return SourcePlace(lines[min(occurrence, len(lines) - 1)])
        return self.above(near)

    def lines(self, literal: str, in_code: bool = False) -> list[int]:
        """Return the line of each occurrence of `literal`: as written, else behind Liquid."""
        key = literal, in_code
        if key not in self._lines_of:
            source = self.source
            if self._written is None:
                original = range(source.first, source.first + len(source.original))
                self._written = _Text.of(self._shown(), original)
            numbers = list(self._search(literal, self._written, in_code))
            if not numbers:
                if self._rendered is None:
                    self._rendered = _Text.of(source.text.split("\n"), source.numbers)
                numbers = list(self._search(literal, self._rendered, in_code))
            self._lines_of[key] = numbers
        return self._lines_of[key]

    def _shown(self) -> list[str]:
        """Return the author's lines with blanks for comments: nothing of these is in the tree."""
        if self._bare is None:
            self._bare = self._without_comments()
        return self._bare

    def _without_comments(self) -> list[str]:
        source = self.source
        lines = list(enumerate(source.original, source.first))
        bare = "\n".join("" if number in source.code else line for number, line in lines)
        blanked = blank_comments(bare).split("\n") if _COMMENT.search(bare) else bare.split("\n")
        return [
            line if number in source.code else shown
            for (number, line), shown in zip(lines, blanked, strict=True)
        ]

    def _search(self, literal: str, lines: _Text, in_code: bool) -> Iterator[int]:
        text = lines.text
        at = text.find(literal)
        if at < 0:
            return
        for _ in range(_MOST):
            number = lines.number_at(at)
            is_whole = in_code or _stands_alone(text, at, literal)
            if is_whole and (number in self.source.code) == in_code:
                yield number
            at = text.find(literal, at + len(literal))
            if at < 0:
                return

    def below(self, heading: Element) -> SourcePlace:
        """Return the line of a heading itself."""
        line, _ = self.above(heading)
        assert self._headings is not None
        return SourcePlace(line, heading not in self._headings)

    def above(self, near: Element | None) -> SourcePlace:
        """Return the line of the heading above an element; the body's first without one."""
        line = self.source.first
        if near is not None:
            root = near.getroottree().getroot()
            if self._headings is None:
                self._headings = self._heading_lines(root)
            for element in root.iter():
                line = self._headings.get(element, line)
                if element is near:
                    break
        return SourcePlace(line, True)

    def _heading_lines(self, root: Element) -> dict[Element, int]:
        """Return the line of each heading: the next that holds its letters, in their order."""
        plain = [_letters(_UNSEEN.sub("", line)) for line in self._shown()]
        code = {number - self.source.first for number in self.source.code}
        every = [place for place in range(len(plain)) if place not in code]
        marked = [place for place in every if self._looks_like_heading(place)]
        lines: dict[Element, int] = {}
        at = 0
        for heading in root.iter(*HEADINGS):
            letters = _letters(tree.text_of(heading))
            for places in (marked, every) if letters else ():
                following = range(bisect_left(places, at), len(places))
                here = next((places[n] for n in following if letters in plain[places[n]]), None)
                if here is not None:
                    lines[heading], at = self.source.first + here, here + 1
                    break
        return lines

    def _looks_like_heading(self, place: int) -> bool:
        """Tell whether a line is marked as a heading; a list of contents says the same words."""
        below = self.source.original[place + 1 : place + 2]
        is_underlined = bool(below) and bool(_UNDERLINE.match(below[0]))
        return is_underlined or bool(_HEADING.match(self.source.original[place]))


def _stands_alone(text: str, at: int, literal: str) -> bool:
    """Tell whether a literal is no part of a longer one: `/a.png` is no part of `../a.png`."""
    end = at + len(literal)
    before, behind = text[at - 1 : at] if at else "", text[end : end + 1]
    if literal[0].isalnum() and (before.isalnum() or before in ("%", "_", "-")):
        return False
    if literal[0] in "/#." and (before.isalnum() or before in tuple("/.%_-")):
        return False
    return not (literal[-1].isalnum() and (behind.isalnum() or behind in ("%", "_")))


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
