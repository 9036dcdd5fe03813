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
_ADDRESS = re.compile(r"\]\([^()\s]*")  # in Markdown; an uploaded picture has a new one


def difference(before: Mapping[str, str], after: Mapping[str, str], sides: tuple[str, str]) -> str:
    """Return a unified diff of every field that differs, "" where none does.

    `sides` name the two. A field that one side does not have is not compared.
    """
    parts: list[str] = []
    for name in [key for key in after if key in before and before[key] != after[key]]:
        texts = (_lines(before[name]), _lines(after[name]))
        titles = (f"{name}, {sides[0]}", f"{name}, {sides[1]}")
        parts += difflib.unified_diff(*texts, *titles, lineterm="", n=1)
    return "\n".join(parts)


def words(fields: Mapping[str, str]) -> str:
    """Return the text of title and body, without markup, addresses and blanks.

    Two posts with the same words are the same post, whatever a server has filtered out of its
    markup (WordPress does for authors).
    """
    text = _TAG.sub("", f"{fields.get('title', '')}\n{fields.get('body', '')}")
    return "".join(html.unescape(_ADDRESS.sub("](", text)).split())


def _lines(text: str) -> list[str]:
    """Return a text as lines, HTML with a line for each block."""
    return [line for line in _BLOCK.sub("\n", text).splitlines() if line.strip()]
