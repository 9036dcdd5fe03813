"""Front matter that is no YAML: each key read for itself, so that one mistake costs one key."""

from __future__ import annotations

import re
from collections.abc import Callable

from hanpan.problems import Problem

_KEY = re.compile(
    r"""(["']?)([^\s"'#:\-\[{](?>(?:[^\s:"']++|\s++(?!:))*))\1[ \t]*+:(?:[ \t]++(.*))?\Z"""
)
_ITEM = re.compile(r"[ \t]*+-[ \t]++(.*)\Z")
# `title:봄`; an address has a colon too
GLUED = re.compile(r"([A-Za-z_][\w-]*+):(?!//)(\S.*)\Z")
_LIST_KEYS = frozenset({"tags", "tag", "categories", "category", "categorie"})


def rescue(
    path: str, block: list[str], first: int, reason: str, load: Callable[[str], object]
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Return what of a broken block can be read, and a problem for each key that was broken.

    `first` is the number of lines in front of the block; `load` reads YAML or raises ValueError.
    """
    front: dict[str, object] = {}
    problems: list[Problem] = []
    for start, lines in _parts(block):
        key = _KEY.match(lines[0])
        glued = None if key else GLUED.match(lines[0])
        if glued:
            front[glued[1]] = _plain(glued[1], glued[2], lines[1:])
            what = f"`{glued[1]}:` needs a space after its colon; the rest was read as text"
            problems.append(_problem(path, first + start + 1, what, "a key"))
            continue
        if not key:
            if lines[0].strip() and not lines[0].lstrip().startswith("#"):
                problems.append(
                    _problem(path, first + start + 1, "this line is not a key", "a key")
                )
            continue
        try:
            loaded = load("\n".join(lines))
            front[key[2]] = loaded[key[2]] if isinstance(loaded, dict) else None
        except (ValueError, KeyError):
            front[key[2]] = _plain(key[2], key[3] or "", lines[1:])
            what = f"`{key[2]}` is not valid YAML ({reason}); it was read as plain text"
            problems.append(_problem(path, first + start + 1, what, "the value"))
    return front, tuple(problems)


def _problem(path: str, line: int, message: str, what: str) -> Problem:
    remedy = (
        "Put the value in double quotes." if what == "the value" else "Write it as `key: value`."
    )
    return Problem("front-matter", "warning", message, path, line, remedy)


def _parts(block: list[str]) -> list[tuple[int, list[str]]]:
    """Return each top level line with the indented lines and items below it."""
    parts: list[tuple[int, list[str]]] = []
    for at, line in enumerate(block):
        below = not line.strip() or line[0] in " \t" or _ITEM.match(line)
        if below and parts:
            parts[-1][1].append(line)
        else:
            parts.append((at, [line]))
    return parts


def _plain(key: str, value: str, below: list[str]) -> object:
    """Return a value as text, or as a list where it looks like one."""
    value = value.strip()
    items = [match[1].strip() for line in below if (match := _ITEM.match(line))]
    if not value and items:
        return [_bare(item) for item in items]
    if key in _LIST_KEYS and value.startswith("[") and value.endswith("]"):
        return [_bare(item.strip()) for item in value[1:-1].split(",") if item.strip()]
    return _bare(" ".join([value, *(line.strip() for line in below)]).strip())


def _bare(value: str) -> str:
    """Return text without the quotes around it."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
