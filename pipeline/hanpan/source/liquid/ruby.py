"""Ruby: values written as Ruby writes them, which is how Jekyll shows them: to_s, inspect, JSON.

Nothing here is longer than a limit: a list may hold another a thousand times over.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.builtin.tags.for_tag import ForLoop
from liquid.builtin.tags.tablerow_tag import TableRow
from liquid.exceptions import ResourceLimitError
from liquid.undefined import Undefined

LENGTH_LIMIT = 4_000_000  # characters that one value may be written as
_DEPTH_LIMIT = 90  # lists within lists
_JULIAN = 1_721_425  # the Julian day before the first of Python's days
_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f",
    "\v": "\\v", "\b": "\\b", "\a": "\\a", "\x1b": "\\e",
}  # fmt: skip
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]|#(?=[{$@])')
_NOT_SHOWN = frozenset(("Cc", "Cs", "Zl", "Zp"))


class Written:
    """A mark for maps that Ruby knows as objects of their own: a page, a collection, the site."""

    def ruby_text(self) -> str:
        """Return what its to_s says."""
        raise NotImplementedError

    def json_items(self) -> Iterable[tuple[str, object]]:
        """Return what its JSON has."""
        raise NotImplementedError


def written(value: object) -> str:
    """Return a value as `{{ value }}` writes it: lists without anything between their items."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return joined(value, "")
    return to_s(value)


def joined(items: Iterable[object], mark: str) -> str:
    """Return Ruby's Array#join: lists within the list are joined as well."""
    budget = _Budget()
    parts: list[str] = []

    def add(inner: Iterable[object], depth: int) -> None:
        for item in inner:
            if isinstance(item, (list, tuple)):
                if depth > _DEPTH_LIMIT:
                    raise ResourceLimitError("its lists are nested too deeply", token=None)
                add(item, depth + 1)
                continue
            text = to_s(item)
            budget.spend(len(text) + len(mark) + 1)
            parts.append(text)

    add(items, 0)
    return mark.join(parts)


def to_s(value: object) -> str:
    """Return a value as Ruby's to_s writes it: what a filter of texts is given."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (Undefined, Empty, Blank)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Written):
        return value.ruby_text()
    return inspect(value)


def inspect(value: object) -> str:
    """Return a value as Ruby's inspect writes it."""
    budget = _Budget()
    parts: list[str] = []
    _inspect(value, parts.append, budget, 0)
    return "".join(parts)


def _inspect(value: object, add: Callable[[str], None], budget: _Budget, depth: int) -> None:
    if depth > _DEPTH_LIMIT:
        raise ResourceLimitError("its lists are nested too deeply", token=None)
    if isinstance(value, Written):
        add(f"#<{type(value).__name__}>")
        budget.spend(40)
    elif isinstance(value, (ForLoop, TableRow)):
        add("Liquid::ForloopDrop" if isinstance(value, ForLoop) else "Liquid::TablerowloopDrop")
    elif isinstance(value, Mapping):
        add("{")
        for at, (key, inner) in enumerate(value.items()):
            add(", " if at else "")
            _inspect(key, add, budget, depth + 1)
            add("=>")
            _inspect(inner, add, budget, depth + 1)
            budget.spend(4)
        add("}")
    elif isinstance(value, (list, tuple, set, frozenset)):
        add("[")
        for at, inner in enumerate(value):
            add(", " if at else "")
            _inspect(inner, add, budget, depth + 1)
            budget.spend(2)
        add("]")
    else:
        text = _simple(value)
        budget.spend(len(text))
        add(text)


def _simple(value: object) -> str:
    """Return what inspect says of a value that holds no others."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, (Undefined, Empty, Blank)):
        return "nil"
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    if isinstance(value, datetime):
        return time_text(value, parts=True)
    if isinstance(value, date):
        days = value.toordinal() + _JULIAN
        return f"#<Date: {value.isoformat()} (({days}j,0s,0n),+0s,2299161j)>"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    """Return a text in quotation marks, with Ruby's escapes."""

    def escaped(match: re.Match[str]) -> str:
        sign = match[0]
        return _ESCAPES.get(sign) or (f"\\{sign}" if sign == "#" else f"\\x{ord(sign):02X}")

    text = _ESCAPED.sub(escaped, text)
    if not text.isprintable():
        shown = ((sign, unicodedata.category(sign) not in _NOT_SHOWN) for sign in text)
        text = "".join(sign if is_shown else f"\\u{ord(sign):04X}" for sign, is_shown in shown)
    return f'"{text}"'


def time_text(moment: datetime, *, parts: bool = False) -> str:
    """Return Ruby's Time#to_s; with the parts of a second, Time#inspect."""
    fraction = f".{moment.microsecond:06}".rstrip("0") if parts and moment.microsecond else ""
    zone = "UTC" if moment.tzname() == "UTC" else moment.strftime("%z") or "+0000"
    return f"{moment:%Y-%m-%d %H:%M:%S}{fraction} {zone}"


def float_text(value: float) -> str:
    """Return a number with a fraction: 1.0, 1.0e+16, Infinity."""
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    text = repr(value)
    number, mark, power = text.partition("e")
    if not mark:
        return text
    return f"{number if '.' in number else f'{number}.0'}e{power}"


def to_json(value: object) -> str:
    """Return a value as Ruby's to_json writes it. Raises ValueError where it would be too long."""
    parts: list[str] = []
    budget = [100_000]

    def add(item: object, depth: int) -> None:
        budget[0] -= 1
        if budget[0] < 0 or depth > 20:
            raise ValueError("too much for JSON")
        if isinstance(item, Mapping) and not isinstance(item, (ForLoop, TableRow, Undefined)):
            mark = "{"
            inside = item.json_items() if isinstance(item, Written) else item.items()
            for key, inner in inside:
                parts.append(f"{mark}{json.dumps(to_s(key), ensure_ascii=False)}:")
                add(inner, depth + 1)
                mark = ","
            parts.append("}" if item else "{}")
        elif isinstance(item, (list, tuple)):
            mark = "["
            for inner in item:
                parts.append(mark)
                add(inner, depth + 1)
                mark = ","
            parts.append("]" if item else "[]")
        else:
            parts.append(_simple_json(item))

    add(value, 0)
    return "".join(parts)


def _simple_json(item: object) -> str:
    """Return the JSON of a value that holds no others."""
    if item is None or isinstance(item, (Undefined, Empty, Blank)):
        return "null"
    if isinstance(item, float):
        return float_text(item) if math.isfinite(item) else "null"
    if isinstance(item, (bool, int)):
        return to_s(item)
    return json.dumps(to_s(item), ensure_ascii=False)


class _Budget:
    """The characters that are left for one value."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = LENGTH_LIMIT

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise ResourceLimitError("a value is too long to be written", token=None)


def compare(one: object, two: object) -> int:
    """Return -1, 0 or 1 as Ruby's <=> does; what cannot be compared goes by its text."""
    if isinstance(one, datetime) and isinstance(two, datetime):
        return _order(_aware(one), _aware(two))
    if isinstance(one, date) and isinstance(two, date):
        return _order(_day(one), _day(two))
    for kind in (str, (int, float)):
        if isinstance(one, kind) and isinstance(two, kind):
            return _order(one, two)
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)):
        for left, right in zip(one, two, strict=False):
            if order := compare(left, right):
                return order
        return _order(len(one), len(two))
    return _order(to_s(one), to_s(two))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _order(one: Any, two: Any) -> int:
    return int(one > two) - int(one < two)
