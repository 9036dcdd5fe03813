"""JSON front matter, as Hugo's authors may write it: an object at the start of the file."""

from __future__ import annotations

import json
import re

from hanpan.roots import FRONT_MATTER

_OPENS = re.compile(r"\s*\{\s*(?:\"|\})")
_KEY = re.compile(r"\s*\"([\w.-]+)\"\s*:")


def json_end(lines: list[str]) -> int:
    """Return the line behind JSON front matter, from 0; 0 where there is none."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not _OPENS.match("\n".join(lines[start : start + 2])):
        return 0
    text = "\n".join(lines)[: FRONT_MATTER + 1]
    loaded = _load(text)
    if loaded is None:
        return 0
    end = loaded[1]
    behind = text.find("\n", end)
    is_alone = not (text[end:] if behind < 0 else text[end:behind]).strip()
    return text.count("\n", 0, end) + 1 if is_alone else 0


def load_json(lines: list[str]) -> dict[str, object]:
    """Return what JSON front matter says, dates and numbers as text."""
    loaded = _load("\n".join(lines))
    return loaded[0] if loaded else {}


def json_key_lines(lines: list[str]) -> dict[str, int]:
    """Return the line of each key."""
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        key = _KEY.match(line)
        if key:
            numbers.setdefault(key[1], number)
    return numbers


def _load(text: str) -> tuple[dict[str, object], int] | None:
    """Return the object at the start of a text, and where it ends."""
    start = len(text) - len(text.lstrip())
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, dict) else None
