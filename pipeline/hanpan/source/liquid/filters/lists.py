"""Filters of lists and numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from liquid.exceptions import FilterArgumentError
from liquid.filter import sequence_filter

from hanpan.source.liquid.filters.values import (
    LENGTH_LIMIT,
    LIST_LIMIT,
    list_of,
    number_of,
    property_of,
    text_of,
)

NUMBER_LIMIT = 4_096  # bits


def join(value: object, between: object = " ") -> str:
    """Return the items of a list as one text."""
    items, mark = [text_of(item) for item in list_of(value)], text_of(between)
    if sum(map(len, items)) + len(mark) * len(items) > LENGTH_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    return mark.join(items)


def times(value: object, factor: object) -> object:
    """Return a product; of whole numbers that grow without end, 0."""
    one, two = number_of(value), number_of(factor)
    if isinstance(one, int) and isinstance(two, int):
        return one * two if one.bit_length() + two.bit_length() < NUMBER_LIMIT else 0
    return one * two


def to_integer(value: object) -> int:
    return int(number_of(value))


def group_by(value: object, key: object) -> list[dict[str, object]]:
    """Return the items by what they say under `key`."""
    groups: dict[str, list[object]] = {}
    for item in list_of(value):
        groups.setdefault(text_of(property_of(item, key)), []).append(item)
    return [
        {"name": name, "items": members, "size": len(members)} for name, members in groups.items()
    ]


def where(value: object, key: object, wanted: object = None) -> list[object]:
    """Return the items that say `wanted` under `key`, or whose list there holds it."""
    items = []
    for item in list_of(value):
        own = property_of(item, key)
        alike = text_of(own) == text_of(wanted) if not isinstance(own, list) else wanted in own
        if alike or (wanted is None and own):
            items.append(item)
    return items


def sort(value: object, key: object = None, _nils: object = None) -> list[object]:
    """Return the items in order of what they say under `key`; numbers before texts."""

    def sort_key(item: object) -> tuple[int, float, str]:
        own = item if key is None else property_of(item, key)
        if isinstance(own, (int, float)):
            return 0, float(own), ""
        return 1, 0.0, text_of(own)

    return sorted(list_of(value), key=sort_key)


@sequence_filter
def uniq(items: Iterable[object], key: object = None) -> list[object]:
    """Return the items without those that are, or that say under `key`, what one before does."""
    kept: dict[Hashable, object] = {}
    for item in items:
        own = item if key is None else property_of(item, key)
        kept.setdefault(own if isinstance(own, (str, int, float)) else (text_of(own),), item)
    return list(kept.values())


def split(value: object, mark: object = "") -> list[str]:
    """Return the parts of a text between marks; its characters where the mark is empty."""
    text, between = text_of(value), text_of(mark)
    if (text.count(between) if between else len(text)) > LIST_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    if not between:
        return list(text)
    return [] if text in ("", between) else text.split(None if between == " " else between)


def array_to_sentence(value: object, connector: object = "and") -> str:
    items = [text_of(item) for item in list_of(value)]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {text_of(connector)} {items[-1]}"


def push(value: object, item: object) -> list[object]:
    return [*list_of(value), item]


def unshift(value: object, item: object) -> list[object]:
    return [item, *list_of(value)]
