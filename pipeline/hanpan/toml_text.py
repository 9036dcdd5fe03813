"""TOML that anybody may have written, within bounds: dotted keys cost the square of their parts."""

from __future__ import annotations

import re
import tomllib
from typing import Any

DEPTH = 100  # tables and lists within each other
_DOTS = 1_000  # parts of a key
_DOTTED = re.compile(r"""(?>(?:\.[ \t]*+(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+)+)""")


class NotToml(ValueError):
    """The text is no TOML; the message has its line where that is known."""


def load(text: str) -> dict[str, Any]:
    """Return what TOML says. Raises NotToml."""
    for key in _DOTTED.finditer(text):
        if key[0].count(".") > _DOTS:
            line = text.count("\n", 0, key.start()) + 1
            raise NotToml(f"a key has too many parts (at line {line})")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number of 5,000 digits
        raise NotToml(str(error)) from None
    level: list[Any] = [table]
    for _ in range(DEPTH):
        level = [inner for value in level for inner in _values(value)]
        if not level:
            return table
    raise NotToml("it is nested too deeply")


def _values(value: Any) -> list[Any]:
    """Return the tables and lists in a table or list."""
    values = value.values() if isinstance(value, dict) else value
    return [inner for inner in values if isinstance(inner, (dict, list))]
