"""Arguments of tags: `name key="value" other=page.image "a text"`, in all their dialects."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[\s,]++")
_KEY = re.compile(r"([\w.-]++)\s*+=\s*+")
_UNQUOTED = re.compile(r"[^\s,\"']++")
# an opening mark -> the text after it, and the mark that closes it
_QUOTED = {
    '"': (re.compile(r'(?>(?:[^"\\]++|\\.)*)'), '"'),
    "'": (re.compile(r"(?>(?:[^'\\]++|\\.)*)"), "'"),
    "“": (re.compile("[^”]*+"), "”"),
}
_ESCAPE = re.compile(r"""\\(["'\\])""")


class Name(str):
    """An argument without quotes: it may be the name of a variable."""

    __slots__ = ()


def parse(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the arguments by place, and those by name; a value without quotes is a `Name`."""
    places: list[str] = []
    named: dict[str, str] = {}
    unclosed: dict[str, int] = {}
    at = 0
    while at < len(text):
        between = _BETWEEN.match(text, at)
        if between:
            at = between.end()
            continue
        key = _KEY.match(text, at)
        value, end = _value(text, key.end(), unclosed) if key else (None, at)
        if key and value is not None:
            named[key[1]] = value
        else:
            value, end = _value(text, at, unclosed)
            if value is not None:
                places.append(value)
        at = end
    return places, named


def _value(text: str, at: int, unclosed: dict[str, int]) -> tuple[str | None, int]:
    """Return the value that begins at `at` and where it ends; None where none does.

    `unclosed` knows up to where nothing closes a mark: no stretch is searched twice.
    """
    mark = text[at : at + 1]
    if mark in _QUOTED and at >= unclosed.get(mark, 0):
        inside, closing = _QUOTED[mark]
        match = inside.match(text, at + 1)
        assert match is not None  # it may be empty
        if text.startswith(closing, match.end()):
            return _ESCAPE.sub(r"\1", match[0]), match.end() + 1
        unclosed[mark] = match.end()
    word = _UNQUOTED.match(text, at)
    return (Name(word[0]), word.end()) if word else (None, at + 1)
