"""Values: what filters receive, as text, numbers and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from liquid.stringify import to_liquid_string
from liquid.undefined import Undefined

LENGTH_LIMIT = 4_000_000  # characters that one filter may make
LIST_LIMIT = 200_000  # items of a list that one filter may make
_ITEM = 16  # characters for which an item of a list counts


class Markdown(str):
    """Text that is to be read as Markdown: pandoc reads it where it ends up."""

    __slots__ = ()


def weight(value: object, limit: int) -> int:
    """Return what a value weighs in characters, lists within lists too; past `limit` at most some.

    What is read when it is named (the pages of a site) weighs as one.
    """
    total, waiting = 0, [value]
    while waiting and total <= limit:
        item = waiting.pop()
        if isinstance(item, str):
            total += len(item)
        elif isinstance(item, (list, tuple, range)):
            total += _ITEM * len(item)
            waiting += item if not isinstance(item, range) else ()
        elif type(item) is dict:
            total += _ITEM * len(item)
            waiting += [*item, *item.values()]
        elif isinstance(item, int):
            total += item.bit_length() // 8
        total += 1
    return total


def text_of(value: object) -> str:
    """Return a value as Liquid writes it."""
    if isinstance(value, Undefined):
        return ""
    if isinstance(value, (dict, list)):
        return jsonify(value) if isinstance(value, dict) else to_liquid_string(value, False)
    return to_liquid_string(value, False)


def list_of(value: object) -> list[object]:
    """Return a value as a list: of one item where it is none."""
    if isinstance(value, (str, Undefined)) or value is None:
        return [value] if isinstance(value, str) and value else []
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else [value]


def property_of(item: object, key: object) -> object:
    """Return the value of an item under `key`, such as `author.name`; None where it has none."""
    value: object = item
    for name in text_of(key).split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def number_of(value: object) -> int | float:
    """Return a value as a number, 0 where it is none."""
    if isinstance(value, (int, float)):
        return value
    match = re.match(r"\s*-?\d{1,300}(\.\d{1,300})?", text_of(value))
    if not match:
        return 0
    return float(match[0]) if match[1] else int(match[0])


def jsonify(value: object) -> str:
    """Return a value as JSON. Raises ValueError where it would be too long."""
    budget = [100_000]

    def simple(item: object, depth: int = 0) -> Any:
        budget[0] -= 1
        if budget[0] < 0 or depth > 20:
            raise ValueError("too much for JSON")
        if isinstance(item, Mapping) and not isinstance(item, Undefined):
            return {str(key): simple(inner, depth + 1) for key, inner in item.items()}
        if isinstance(item, (list, tuple)):
            return [simple(inner, depth + 1) for inner in item]
        if item is None or isinstance(item, (bool, int, float, str)):
            return item
        return text_of(item)

    return json.dumps(simple(value), ensure_ascii=False)
