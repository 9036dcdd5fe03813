"""Plain text: what a title or excerpt says without Markdown, HTML or entities."""

from __future__ import annotations

import html
import re

from hanpan.source.characters import plain_characters
from hanpan.source.elements import is_element

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(\*\*|~~)(?=\S)([^*~]+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w*])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)")
_LIMIT = 5_000  # characters: a title or an excerpt is never longer
# a private character each, so that what is escaped or code is not read again
_FIRST, _LAST = 0xE000, 0xF8FF


def plain(value: object) -> str:
    """Return a value of the front matter as one line of plain text, NFC; "" for lists and maps."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    kept: list[str] = []

    def keep(text: str) -> str:
        if len(kept) > _LAST - _FIRST:
            return text
        kept.append(text)
        return chr(_FIRST + len(kept) - 1)

    text = re.sub("[\ue000-\uf8ff]", "", str(value)[:_LIMIT])
    text = _CODE.sub(lambda match: keep(match[2].strip()), text)
    text = _ESCAPE.sub(lambda match: keep(match[1]), text)
    text = _TAG.sub(lambda match: " " if is_element(match[1]) else keep(match[0]), text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    text = html.unescape(text)
    text = re.sub("[\ue000-\uf8ff]", lambda match: kept[ord(match[0]) - _FIRST], text)
    return " ".join(plain_characters(text).split())  # "\e" in YAML is a character of its own


def shorten(text: str, limit: int) -> str:
    """Return text cut in front of the eojeol that would go past `limit` characters, with `…`."""
    if len(text) <= limit:
        return text
    cut = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return cut.rstrip(" ,.;:·") + "…"
