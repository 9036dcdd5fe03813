"""Damage to state.db and to documents: page after page, type after type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

PAGE = 4096  # bytes; SQLite's own
HARMS = ("zeros", "random", "text", "cut", "another", "a bit")


def harmed(data: bytes, page: int, harm: str, random: Random) -> bytes:
    """Return a file of which one page is not what it was."""
    start, end = page * PAGE, (page + 1) * PAGE
    if harm == "cut":
        return data[: start + random.randrange(PAGE)]
    if harm == "a bit":
        at = random.randrange(start, min(end, len(data)))
        return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]
    other = random.randrange(len(data) // PAGE)
    instead = {
        "zeros": bytes(PAGE),
        "random": random.randbytes(PAGE),
        "text": b"a" * PAGE,
        "another": data[other * PAGE : (other + 1) * PAGE],
    }
    return data[:start] + instead[harm] + data[end:]


VALUES: tuple[object, ...] = (
    None,
    True,
    5,
    1e300,
    "text",
    [],
    ["a"],
    {},
    {"a": 1},
    [[]],
    "\ud800",
    "\0",
    "x" * 100_000,
)


def is_lie(text: str, other: str) -> bool:
    """Tell whether an object has the right types and other values: nobody can know them as wrong.

    docs/security.md says so of a memory that others could write.
    """
    try:
        data, changed = json.loads(text), json.loads(other)
    except (ValueError, RecursionError):
        return False
    if not isinstance(changed, dict):
        return False
    now = [(data[name], value) for name, value in changed.items() if value != data[name]]
    return all(type(a) is type(b) and b not in ({"a": 1}, ["a"], [[]]) for a, b in now)


def of_other_types(text: str) -> Iterator[str]:
    """Yield an object of JSON with each of its values replaced by ones of other types."""
    data = json.loads(text)
    for name in data:
        for value in VALUES:
            yield json.dumps(data | {name: value})
    yield from ("", "null", "[]", "{", "[" * 100_000, "1" * 5000, '{"a": NaN}', "\x00")


def documents_harmed(data: bytes, random: Random) -> Iterator[bytes]:
    """Yield a document as it is not: empty, cut, with other types, of another's text."""
    yield from (b"", b"null", b"[]", b"{}", b"\xff", data[: len(data) // 2], data + b" ")
    at = random.randrange(len(data))
    yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    for text in random.sample(list(of_other_types(data.decode())), 12):
        yield text.encode("utf-8", "surrogatepass")
