"""Swallowing tags: `<title>` in a sentence, which a browser reads as all that follows it.

To HTML what stands behind such a tag is no markup up to its end tag (HTML Standard, 13.2.6.2), and
is not shown. Where a post has no such end, its author wrote about the element.
"""

from __future__ import annotations

import re

from hanpan.source.lines import Line

_NEVER = frozenset("title xmp plaintext noembed noframes".split())  # in a post they can only hide
_UNLESS_CLOSED = frozenset("style script textarea iframe noscript template select object".split())
_PAGE = frozenset("html head body frame frameset".split())  # ignored within a page
_TABLE = frozenset("caption col colgroup tbody td tfoot th thead tr".split())  # without a table
_NAMES = "|".join(sorted(_NEVER | _UNLESS_CLOSED | _PAGE | _TABLE, key=len, reverse=True))
_PIECE = re.compile(
    rf"(?P<ticks>`+)|\\.|<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>]|\Z)", re.IGNORECASE
)


def swallowing_tags(lines: list[Line]) -> list[Line]:
    """Make text of each tag that would hide what follows it, and has no end."""
    ends = _last_ends(lines)
    ignored = _PAGE
    if not any("<table" in line.text.lower() for line in lines):
        ignored |= _TABLE
    output = []
    for at, line in enumerate(lines):
        if line.is_markdown and "<" in line.text:
            line = line.with_text(_written(line.text, at, ends, ignored))
        output.append(line)
    return output


def _last_ends(lines: list[Line]) -> dict[str, tuple[int, int]]:
    """Return the last place, line and column, where each element ends."""
    ends: dict[str, tuple[int, int]] = {}
    for at, line in enumerate(lines):
        for piece in _pieces(line.text) if "</" in line.text else ():
            if piece["end"]:
                ends[piece["name"].lower()] = (at, piece.start())
    return ends


def _written(text: str, at: int, ends: dict[str, tuple[int, int]], ignored: frozenset[str]) -> str:
    is_drawing = "<svg" in text.lower()
    begins = text.lstrip(" \t>")[:1]
    is_prose, in_row = begins != "<", begins == "|"
    written, start = [], 0
    for piece in _pieces(text):
        name = piece["name"].lower()
        if name in _NEVER:
            hides = not is_drawing
        elif name in _PAGE or name in _TABLE:
            # what only ends in a cell is left of a table of HTML
            hides = is_prose and name in ignored and not (in_row and piece["end"])
        else:
            hides = not piece["end"] and ends.get(name, (-1, 0)) < (at, piece.start())
        if hides:
            written += [text[start : piece.start()], "&lt;"]
            start = piece.start() + 1
    return "".join((*written, text[start:]))


def _pieces(text: str) -> list[re.Match[str]]:
    """Return the tags in a line, without those in code."""
    tags, start = [], 0
    never: set[str] = set()  # runs of backticks that nothing closes
    while piece := _PIECE.search(text, start):
        start = piece.end()
        run = piece["ticks"]
        if run and run not in never:
            end = re.compile(rf"(?<!`){run}(?!`)").search(text, start)
            start = end.end() if end else start
            never |= set() if end else {run}
        elif piece["name"]:
            tags.append(piece)
    return tags
