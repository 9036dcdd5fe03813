"""Emphasis that pandoc does not read: `__굵게__를`, `==표시==`."""

from __future__ import annotations

import re

_STRONG = re.compile(r"(?<![\w\\])__(?=[^\s_])([^_\n]*[가-힣][^_\n]*)(?<=\S)__(?=[가-힣])")
_MARKED = re.compile(r"(?<![=!<>])==(?=[^\s=])([^=\n]*+)(?<=\S)==(?![=>])")


def strong_at(text: str, at: int) -> re.Match[str] | None:
    """Return `__굵게__` at `at`: within words underscores are names, but not beside Hangul."""
    return _STRONG.match(text, at)


def marked_at(text: str, at: int) -> re.Match[str] | None:
    """Return `==표시==` at `at`; `a == b` and `a==b || c==d` are no marked text."""
    found = _MARKED.match(text, at)
    if not found:
        return None
    sides = (text[at - 1 : at] if at else "", text[found.end() : found.end() + 1])
    glued = any(side.isascii() and (side.isalnum() or side in ("_", ")")) for side in sides if side)
    return None if glued else found
