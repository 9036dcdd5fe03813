"""Result cache: what was computed from bytes, kept for the next edition, up to a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar, cast

_LIMIT = 32_000_000  # bytes
Result = TypeVar("Result")
_results: OrderedDict[str, object] = OrderedDict()


def get_or_make(key: str, make: Callable[[], Result]) -> Result:
    """Return the result kept under `key`, else call `make`; the key names input and function."""
    if key in _results:
        _results.move_to_end(key)
        return cast(Result, _results[key])
    result = _results[key] = make()
    while sum(map(_weight, _results.values())) > _LIMIT:
        _results.popitem(last=False)
    return result


def _weight(result: object) -> int:
    return len(result[0]) if isinstance(result, tuple) else 200
