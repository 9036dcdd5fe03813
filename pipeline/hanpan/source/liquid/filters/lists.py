"""Filters of lists: their items in order, chosen, counted, put together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cmp_to_key

from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import FilterArgumentError

from hanpan.source.liquid.ruby import Written, compare, inspect, joined, to_json, to_s
from hanpan.source.liquid.values import (
    LENGTH_LIMIT,
    LIST_LIMIT,
    integer_of,
    is_list,
    is_nothing,
    items_of,
    like_number,
    list_of,
    property_of,
)

_ANY = object()  # where a filter is not told what to look for


def join(value: object, between: object = " ") -> str:
    """Return the items of a list as one text."""
    items, mark = list_of(value), to_s(between)
    if len(mark) * len(items) > LENGTH_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    return joined(items, mark)


def size(value: object) -> int:
    """Return how long a text is, and how many items a list has."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 8  # bytes, says Ruby
    return len(value) if isinstance(value, (str, list, tuple, range, Mapping)) else 0


def first(value: object) -> object:
    return _at(value, 0)


def last(value: object) -> object:
    return None if isinstance(value, Mapping) else _at(value, -1)


def _at(value: object, place: int) -> object:
    if isinstance(value, Mapping):
        return list(next(iter(value.items()))) if value else None
    return value[place] if isinstance(value, (list, tuple, range)) and value else None


def concat(value: object, more: object) -> list[object]:
    if not isinstance(more, (list, tuple, range)):
        raise FilterArgumentError("concat: it takes a list", token=None)
    return [*list_of(value), *more]


def reverse(value: object) -> list[object]:
    return list_of(value)[::-1]


def map_to(value: object, key: object) -> list[object]:
    return [property_of(item, key) for item in list_of(value)]


def compact(value: object, key: object = None) -> list[object]:
    """Return a list without what is nothing, or says nothing under `key`."""
    own = (lambda item: item) if is_nothing(key) else (lambda item: property_of(item, key))
    return [item for item in list_of(value) if not is_nothing(own(item))]


def uniq(value: object, key: object = None) -> list[object]:
    """Return the items without those that are, or that say under `key`, what one before does."""
    kept: dict[Hashable, object] = {}
    for item in list_of(value):
        own = item if is_nothing(key) else property_of(item, key)
        is_one = isinstance(own, (str, int, float, Written))
        same: Hashable = own if is_one and isinstance(own, Hashable) else inspect(own)
        kept.setdefault((type(own) is bool, isinstance(own, str), same), item)
    return list(kept.values())


def sort(value: object, key: object = None, nils: object = "first") -> list[object]:
    """Return the items in order, or in that of what they say under `key`."""
    items = list_of(value)
    if isinstance(value, (list, tuple)):
        items = [*value]
    elif isinstance(value, Mapping):
        items = [[*pair] for pair in value.items()]
    if is_nothing(key):
        return sorted(items, key=cmp_to_key(compare))
    place = 1 if nils == "last" else -1
    owned = [(like_number(property_of(item, key)), item) for item in items]

    def order(one: tuple[object, object], two: tuple[object, object]) -> int:
        left, right = one[0], two[0]
        if is_nothing(left) or is_nothing(right):
            return place * (is_nothing(left) - is_nothing(right))
        return compare(left, right)

    return [item for _, item in sorted(owned, key=cmp_to_key(order))]


def sort_natural(value: object, key: object = None) -> list[object]:
    """Return the items in order, small letters as capitals; what is nothing comes last."""

    def sort_key(item: object) -> tuple[bool, str]:
        own = item if is_nothing(key) else property_of(item, key)
        return is_nothing(own), to_s(own).lower()

    return sorted(list_of(value), key=sort_key)


def group_by(value: object, key: object) -> object:
    """Return the items by what they say under `key`."""
    if not is_list(value):
        return value
    groups: dict[str, list[object]] = {}
    for item in value if isinstance(value, (list, tuple)) else items_of(value):
        groups.setdefault(to_s(like_number(property_of(item, key))), []).append(item)
    return in_groups(groups)


def in_groups(groups: Mapping[str, list[object]]) -> list[dict[str, object]]:
    """Return groups as templates see them."""
    return [
        {"name": name, "items": members, "size": len(members)} for name, members in groups.items()
    ]


def says(item: object, key: object, wanted: object) -> bool:
    """Tell whether an item says `wanted` under `key`, or its list there has it."""
    own = like_number(property_of(item, key))
    if isinstance(item, str):  # Ruby: a text has what is a part of it
        own = to_s(key) if to_s(key) in item else None
    if wanted is _ANY:
        return not is_nothing(own) and own is not False
    if is_nothing(wanted):
        return is_nothing(own)
    if isinstance(wanted, (Empty, Blank)):
        return own == "" or (isinstance(own, (list, dict)) and not own)
    listed = own if isinstance(own, (list, tuple)) else [] if is_nothing(own) else [own]
    return to_s(like_number(wanted)) in [to_s(like_number(one)) for one in listed]


def where(value: object, key: object, wanted: object = _ANY) -> object:
    """Return the items that say `wanted` under `key`."""
    if not is_list(value) or is_nothing(key) or isinstance(wanted, (list, dict)):
        return value
    return [item for item in items_of(value) if says(item, key, wanted)]


def reject(value: object, key: object, wanted: object = _ANY) -> list[object]:
    """Return the items that do not say `wanted` under `key`."""
    wanted = _ANY if is_nothing(wanted) else wanted
    return [item for item in list_of(value) if not says(item, key, wanted)]


def find(value: object, key: object, wanted: object = _ANY) -> object:
    """Return the first item that says `wanted` under `key`."""
    chosen = where(value, key, wanted)
    return next(iter(chosen), None) if isinstance(chosen, list) else chosen


def find_index(value: object, key: object, wanted: object = _ANY) -> object:
    """Return the place of the first item that says `wanted` under `key`."""
    wanted = _ANY if is_nothing(wanted) else wanted
    return next((at for at, item in enumerate(list_of(value)) if says(item, key, wanted)), None)


def has(value: object, key: object, wanted: object = _ANY) -> bool:
    """Tell whether an item says `wanted` under `key`."""
    return find_index(value, key, wanted) is not None


def array_to_sentence(value: object, connector: object = "and") -> str:
    """Return a list as a sentence has it: `a, b, and c`."""
    items = [to_s(item) for item in items_of(value)]
    word = to_s(connector)
    if len(items) < 3:
        return f" {word} ".join(items)
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"


def push(value: object, item: object) -> object:
    return [*_growing(value), item] if isinstance(value, list) else value


def unshift(value: object, item: object) -> object:
    return [item, *_growing(value)] if isinstance(value, list) else value


def _growing(value: list[object]) -> list[object]:
    if len(value) >= LIST_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    return value


def pop(value: object, count: object = 1) -> object:
    return value[: max(0, len(value) - integer_of(count))] if isinstance(value, list) else value


def shift(value: object, count: object = 1) -> object:
    return value[max(0, integer_of(count)) :] if isinstance(value, list) else value


def sample(value: object, count: object = 1) -> object:
    """Return the first item, or the first of some: no dice are rolled."""
    if not isinstance(value, list):
        return value
    number = integer_of(count, 1)
    return value[:number] if number != 1 else next(iter(value), None)


def default(value: object, other: object = "", *, allow_false: object = False) -> object:
    """Return a value, or the other where it is nothing, false or empty."""
    if value is False:
        return value if allow_false is True else other
    empty = is_nothing(value) or (isinstance(value, (str, list, dict, Empty, Blank)) and not value)
    return other if empty else value


LIST_FILTERS: dict[str, Callable[..., object]] = {
    "array_to_sentence_string": array_to_sentence,
    "compact": compact,
    "concat": concat,
    "default": default,
    "find": find,
    "find_index": find_index,
    "first": first,
    "group_by": group_by,
    "has": has,
    "join": join,
    "jsonify": to_json,
    "last": last,
    "map": map_to,
    "pop": pop,
    "push": push,
    "reject": reject,
    "reverse": reverse,
    "sample": sample,
    "shift": shift,
    "size": size,
    "sort": sort,
    "sort_natural": sort_natural,
    "uniq": uniq,
    "unshift": unshift,
    "where": where,
}
