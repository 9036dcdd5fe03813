"""TOML front matter, as Hugo's authors write it between two lines of `+++`."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from hanpan.toml_text import load

_FENCE = re.compile(r"\+{3}[ \t]*\Z")
_KEY = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")


def toml_bounds(lines: list[str]) -> tuple[int, int] | None:
    """Return where TOML front matter begins and ends, from 0; None where there is none."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not lines[start : start + 1] or not _FENCE.match(lines[start]):
        return None
    for end in range(start + 1, len(lines)):
        if _FENCE.match(lines[end]):
            return start + 1, end
    return None


def load_toml(block: list[str]) -> dict[str, object]:
    """Return what TOML says, dates and numbers as text. Raises NotToml."""
    return {key: _plain(value) for key, value in load("\n".join(block)).items()}


def toml_key_lines(block: list[str], first: int) -> dict[str, int]:
    """Return the line of each key; `first` is the number of lines in front of the block."""
    numbers: dict[str, int] = {}
    for number, line in enumerate(block, first + 1):
        key = _KEY.match(line)
        if key:
            numbers.setdefault(key[1], number)
    return numbers


def _plain(value: object) -> object:
    """Return a value as YAML would give it here: text, booleans, lists and maps."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return value if isinstance(value, bool) else str(value)
