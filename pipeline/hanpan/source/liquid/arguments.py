"""Arguments of tags: `name key="value" other=page.image "a text"`, in all their dialects."""

from __future__ import annotations

import re

_ARGUMENT = re.compile(
    r"""(?:([\w.-]+)\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|“([^”]*)”|([^\s,"']+))"""
)


class Name(str):
    """An argument without quotes: it may be the name of a variable."""

    __slots__ = ()


def parse(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the arguments by place, and those by name; a value without quotes is a `Name`."""
    places: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        quoted = next((group for group in found.groups()[1:4] if group is not None), None)
        value = Name(found[5]) if quoted is None else re.sub(r"""\\(["'\\])""", r"\1", quoted)
        if found[1]:
            named[found[1]] = value
        else:
            places.append(value)
    return places, named
