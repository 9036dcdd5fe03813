"""Difference: a post as it is there against the post as it is here, readable by a person."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Mapping

_BLOCK = re.compile(
    r"(?=<(?:p|h[1-6]|ul|ol|li|table|tr|pre|blockquote|figure|div|section|hr|img|!--)\b)"
)
_TAG = re.compile(r"<[^<>]*>")
_MOST_LINES = 20_000  # of a field: the time for more grows with the square
_LONGEST_LINE = 10_000  # characters
_ADDRESS = re.compile(r"\]\([^()\s]*")  # in Markdown; an uploaded picture has a new one


def difference(before: Mapping[str, str], after: Mapping[str, str], sides: tuple[str, str]) -> str:
    """Return a unified diff of every field that differs, "" where none does.

    `sides` name the two. A field that one side does not have is not compared.
    """
    parts: list[str] = []
    for name in [key for key in after if key in before and before[key] != after[key]]:
        texts = (_lines(before[name]), _lines(after[name]))
        titles = (f"{name}, {sides[0]}", f"{name}, {sides[1]}")
        is_long = max(map(len, texts)) > _MOST_LINES
        shown = [] if is_long else difflib.unified_diff(*texts, *titles, lineterm="", n=1)
        parts += shown
        if is_long or _is_cut(texts[0]) or _is_cut(texts[1]):
            parts.append(f"{name}: may differ where it is too long to be shown")
    return "\n".join(parts)


def words(fields: Mapping[str, str]) -> str:
    """Return the text of title and body, without markup, addresses and blanks.

    Two posts with the same words are the same post, whatever a server has filtered out of its
    markup (WordPress does for authors).
    """
    text = _TAG.sub("", f"{fields.get('title', '')}\n{fields.get('body', '')}")
    return "".join(html.unescape(_ADDRESS.sub("](", text)).split())


def _is_cut(lines: list[str]) -> bool:
    return any(len(line) > _LONGEST_LINE for line in lines)


def _lines(text: str) -> list[str]:
    """Return a text as lines, HTML with a line for each block."""
    lines = (line for line in _BLOCK.sub("\n", text).splitlines() if line.strip())
    return [line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …" for line in lines]
