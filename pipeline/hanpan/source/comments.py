"""Comments in HTML, Liquid, kramdown or Obsidian: what an author wrote for themselves alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from hanpan.source.remarks import OPENS, end_of_remark

# a margin, and what begins a comment; or what begins text in which no comment begins
_OPENING = re.compile(
    r"(?P<margin>(?m:^)[ \t]*+)?"
    r"(?P<mark><!--|\{%-?\s*+comment\b|\{::comment\}|"
    rf"{OPENS})"
    r"|(?P<ticks>`++)"
    r"|(?P<raw>\{%-?\s*+raw\s*+-?%\})"
)
_LONGEST = 4_000  # characters of a comment within a paragraph
_TICKS = re.compile("`++")
_NO_LINE_END = re.compile(r"[^\n]")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\n|\Z)")
_END_OF_RAW = re.compile(r"\{%-?\s*+endraw\s*+-?%\}")
_LIQUID_END = re.compile(r"\{%-?\s*+endcomment(\s*+-?%\})?")
_KRAMDOWN_END = re.compile(r"\{:/((?:comment)?\})?")
_OBSIDIAN_END = re.compile(r"(?<=\n)[ \t]*+%%[ \t]*+(?=\n|\Z)")
_HTML_END, _TAG_END, _PARAGRAPH_END = map(re.compile, ("-->", r"%\}", r"\n\n"))


def without_comments(text: str) -> str:
    """Return Markdown without its comments; one alone on its line goes with the line.

    Those in code spans and between `{% raw %}` and `{% endraw %}` stay: readers see them.
    """
    kept: list[str] = []
    at = 0
    for match, end in _comments(text):
        rest = _REST_OF_LINE.match(text, end)
        is_alone = match["margin"] is not None and rest
        kept.append(text[at : match.start() if is_alone else match.start("mark")])
        at = rest.end() if rest and is_alone else end
    return "".join((*kept, text[at:]))


def blank_comments(text: str) -> str:
    """Return Markdown with blanks for its comments, so that all else stands where it stood.

    Obsidian's `%%` stays: elsewhere it is text.
    """
    kept: list[str] = []
    at = 0
    for match, end in _comments(text):
        if match["mark"] != "%%":
            start = match.start("mark")
            kept += [text[at:start], _NO_LINE_END.sub(" ", text[start:end])]
            at = end
    return "".join((*kept, text[at:]))


def _comments(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where each comment begins, and where it ends."""
    search = _Search(text)
    at = 0
    while match := _OPENING.search(text, at):
        is_comment = bool(match["mark"])
        end = (
            search.end_of_comment(match["mark"], match.end())
            if is_comment
            else search.end_of_code(match)
        )
        if is_comment and end >= 0:
            yield match, end
        at = end if end >= 0 else match.end()  # what nothing closes is text


class _Search:
    """A text, and where in it closing marks come next: none is looked for twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._coming: dict[re.Pattern[str], re.Match[str] | None] = {}
        self._runs: dict[int, list[int]] = {}  # length of a run of backticks -> where they begin
        for run in _TICKS.finditer(text):
            self._runs.setdefault(len(run[0]), []).append(run.start())

    def _next(self, mark: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Return the next place of a mark from `start` on; `start` never goes back."""
        known = self._coming.get(mark)
        if mark not in self._coming or (known and known.start() < start):
            known = self._coming[mark] = mark.search(self._text, start)
        return known

    def end_of_code(self, opening: re.Match[str]) -> int:
        """Return where the code that begins here ends, -1 where nothing closes it."""
        if opening["raw"]:
            closing = self._next(_END_OF_RAW, opening.end())
            return closing.end() if closing else -1
        start, count = opening.end(), len(opening["ticks"])
        if self._text[opening.start() - 1 : opening.start()] == "\\":
            return -1
        same = self._runs[count]
        following = bisect_left(same, start)
        paragraph = self._next(_PARAGRAPH_END, start)
        if following == len(same) or (paragraph and paragraph.start() < same[following]):
            return -1
        return same[following] + count

    def end_of_comment(self, mark: str, start: int) -> int:
        """Return where the comment ends whose mark ends at `start`, -1 where nothing closes it."""
        if mark == "<!--":
            closing = self._next(_HTML_END, start)
            return closing.end() if closing else -1
        if mark == "%%":
            return self._end_of_obsidian(start)
        if mark == "{::comment}":
            closing = self._next(_KRAMDOWN_END, start)
        else:
            opened = self._next(_TAG_END, start)
            closing = self._next(_LIQUID_END, opened.end()) if opened else None
        return closing.end() if closing and closing[1] else -1

    def _end_of_obsidian(self, start: int) -> int:
        """Return where `%%주석%%` ends: in its paragraph, or where its mark is alone on a line."""
        begins = self._text.rfind("\n", 0, start) + 1
        line_end = self._text.find("\n", start)
        line_end = len(self._text) if line_end < 0 else line_end
        if self._text[begins:line_end].strip() != "%%":
            paragraph = self._next(_PARAGRAPH_END, start)
            stop = paragraph.start() if paragraph else len(self._text)
            first = max(0, start - 3)  # with the letter before the mark
            part = self._text[first : min(stop, start + _LONGEST)]
            end = end_of_remark(part, start - 2 - first)
            return first + end if end >= 0 else -1
        below = self._next(_OBSIDIAN_END, start)
        return below.end() if below else -1
