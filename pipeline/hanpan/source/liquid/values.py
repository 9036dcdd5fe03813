"""Values: what filters receive, as text, numbers and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from liquid.undefined import Undefined

from hanpan.source.liquid.ruby import LENGTH_LIMIT, to_s

__all__ = ("LENGTH_LIMIT", "LIST_LIMIT", "Markdown")
LIST_LIMIT = 200_000  # items of a list that one filter may make
_ITEM = 16  # characters for which an item of a list counts
_NUMBER = re.compile(r"\s*+[-+]?\d{1,300}+(?:\.\d{1,300}+)?\Z")
_INTEGER = re.compile(r"\s*+[-+]?\d{1,300}+")
_LIKE_NUMBER = re.compile(r"\s*+-?(?:\d{1,300}+\.?\d{0,300}+|\.\d{1,300}+)\s*+\Z")


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


def is_nothing(value: object) -> bool:
    """Tell whether a value is nil."""
    return value is None or isinstance(value, Undefined)


def list_of(value: object) -> list[object]:
    """Return a value as the list that Liquid's filters see: lists in it are part of it."""
    if is_nothing(value):
        return []
    if isinstance(value, (list, tuple)):
        return _flat(value) if any(isinstance(item, (list, tuple)) for item in value) else [*value]
    return [*value] if isinstance(value, range) else [value]


def _flat(items: list[object] | tuple[object, ...], depth: int = 0) -> list[object]:
    flat: list[object] = []
    for item in items:
        if isinstance(item, (list, tuple)) and depth < 60:
            flat += _flat(item, depth + 1)
        else:
            flat.append(item)
        if len(flat) > LIST_LIMIT:
            raise ValueError("a list is too long")
    return flat


def items_of(value: object) -> list[object]:
    """Return what Jekyll's filters choose from: the items of a list, the values of a map."""
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple, range)) else []


def is_list(value: object) -> bool:
    """Tell whether Jekyll's filters find items in a value."""
    return isinstance(value, (list, tuple, range, Mapping)) and not is_nothing(value)


def property_of(item: object, key: object) -> object:
    """Return the value of an item under `key`, such as `author.name`; None where it has none."""
    name = to_s(key)
    if isinstance(item, Mapping) and name in item:
        return item[name]
    value: object = item
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def like_number(value: object) -> object:
    """Return a text that is a number as one: Jekyll sorts and groups by numbers."""
    if isinstance(value, str) and _LIKE_NUMBER.match(value):
        return float(value) if "." in value else int(value)
    return value


def number_of(value: object) -> int | float:
    """Return a value as a number, 0 where it is none."""
    if isinstance(value, bool):
        return 0
    if isinstance(value, (int, float)):
        return value
    text = value if isinstance(value, str) else ""
    if _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    whole = _INTEGER.match(text)
    return int(whole[0]) if whole else 0


def integer_of(value: object, otherwise: int = 0) -> int:
    """Return a value as a whole number: of a text, the digits that it begins with."""
    if isinstance(value, bool) or is_nothing(value):
        return otherwise
    return int(number_of(value))
