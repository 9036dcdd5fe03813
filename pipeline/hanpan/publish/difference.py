"""Difference: what a post has there and what it has here, as a person reads it."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Mapping

_BLOCK = re.compile(
    r"(?=<(?:p|h[1-6]|ul|ol|li|table|tr|pre|blockquote|figure|div|section|hr|img|!--)\b)"
)
_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(r"\]\([^()\s]*")  # of a link or picture in Markdown: an upload has a new one


def difference(before: Mapping[str, str], after: Mapping[str, str], names: tuple[str, str]) -> str:
    """Return a unified diff of every field that differs, "" where none does.

    `names` say what the two sides are. A field that one side does not have is not compared.
    """
    parts: list[str] = []
    for name in [key for key in after if key in before and before[key] != after[key]]:
        sides = (_lines(before[name]), _lines(after[name]))
        titles = (f"{name}, {names[0]}", f"{name}, {names[1]}")
        parts += difflib.unified_diff(*sides, *titles, lineterm="", n=1)
    return "\n".join(parts)


def words(fields: Mapping[str, str]) -> str:
    """Return what a reader would read of title and body, without markup, addresses and blanks.

    Two posts with the same words are the same post, whatever a server has filtered out of its
    markup (WordPress does for authors).
    """
    text = _TAG.sub("", f"{fields.get('title', '')}\n{fields.get('body', '')}")
    return "".join(html.unescape(_PLACE.sub("](", text)).split())


def _lines(text: str) -> list[str]:
    """Return a text as lines, HTML with a line for each block."""
    return [line for line in _BLOCK.sub("\n", text).splitlines() if line.strip()]
