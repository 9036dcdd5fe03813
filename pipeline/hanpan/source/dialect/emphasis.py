"""Emphasis that pandoc does not read: `__굵게__를`, `==표시==`, `**char *p**`."""

from __future__ import annotations

import re

_STRONG = re.compile(r"(?<![\w\\])__(?=[^\s_])([^_\n]*+)(?<=\S)__(?=[가-힣])")
_HANGUL = re.compile("[가-힣]")
_MARKED = re.compile(r"(?<![=!<>])==(?=[^\s=])([^=\n]*+)(?<=\S)==(?![=>])")
# strong text of one line in which nothing else is marked up
_BOLD = re.compile(r"\*\*(?=[^\s*])((?>(?:[^*\n`\\$<\[]++|\*(?!\*))+))(?<=\S)\*\*(?!\*)")
_STRONG_IN_HTML = re.compile(r"\*\*(?=[^\s*])([^*<>\n]*+)(?<=\S)\*\*(?!\*)")
_OPENS = re.compile(r"(?<!\w)_(?=\S)")
_CLOSES = re.compile(r"(?<=\S)_(?!\w)")


def strong_at(text: str, at: int) -> re.Match[str] | None:
    """Return `__굵게__` at `at`: within words underscores are names, but not beside Hangul."""
    match = _STRONG.match(text, at)
    return match if match and _HANGUL.search(match[1]) else None


def strong_in_html_at(text: str, at: int) -> re.Match[str] | None:
    """Return `**굵게**` at `at`, the one mark of emphasis that is read in a block of HTML."""
    return _STRONG_IN_HTML.match(text, at)


def marked_at(text: str, at: int) -> re.Match[str] | None:
    """Return `==표시==` at `at`; `a == b` and `a==b || c==d` are no marked text."""
    match = _MARKED.match(text, at)
    if not match:
        return None
    sides = (text[at - 1 : at] if at else "", text[match.end() : match.end() + 1])
    glued = any(side.isascii() and (side.isalnum() or side in ("_", ")")) for side in sides if side)
    return None if glued else match


def literal_marks_at(text: str, at: int) -> tuple[int, str] | None:
    """Return `**char *p**` at `at` with the marks in it escaped, and where it ends.

    None where they come in pairs, or there are none: within strong text pandoc takes a mark without
    a partner for one that begins emphasis, finds no end, and gives the strong text up.
    """
    match = _BOLD.match(text, at)
    if not match:
        return None
    inside = match[1]
    if inside.count("*") % 2:
        inside = inside.replace("*", "\\*")
    if "__" in inside or len(_OPENS.findall(inside)) != len(_CLOSES.findall(inside)):
        inside = inside.replace("_", "\\_")
    return (match.end(), inside) if inside != match[1] else None
