"""Mutations: bytes that were sound, with bits, pieces and numbers changed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from hypothesis import strategies as st

_NUMBERS = (
    0,
    1,
    2,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    65_535,
    65_536,
    2**31 - 1,
    2**31,
    2**32 - 1,
)
_OPERATIONS = ("bit", "byte", "short", "long", "cut", "drop", "double", "swap", "insert", "splice")
_MOST = 6  # changes of one example
Change = tuple[str, float, float, int, bytes]


def mutated(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return seeds with a few changes."""
    places = st.floats(0, 1, exclude_max=True)
    change = st.tuples(
        st.sampled_from(_OPERATIONS),
        places,
        places,
        st.sampled_from(_NUMBERS),
        st.binary(max_size=8),
    )
    changes = st.lists(change, max_size=_MOST)
    return st.tuples(st.sampled_from(seeds), changes, st.sampled_from(seeds)).map(
        lambda parts: _changed(*parts)
    )


def _changed(data: bytes, changes: list[Change], other: bytes) -> bytes:
    for change in changes:
        data = _change(data, change, other)
    return data


def _change(data: bytes, change: Change, other: bytes) -> bytes:
    operation, first, second, number, given = change
    if not data:
        return given
    start, end = sorted((int(first * len(data)), int(second * len(data))))
    if operation == "bit":
        return data[:start] + bytes([data[start] ^ (1 << number % 8)]) + data[start + 1 :]
    if operation == "byte":
        return data[:start] + bytes([number % 256]) + data[start + 1 :]
    if operation in ("short", "long"):
        order = "<>"[number % 2] if number % 3 else ">"
        size = "H" if operation == "short" else "I"
        packed = struct.pack(f"{order}{size}", number % (1 << (16 if size == "H" else 32)))
        return data[:start] + packed + data[start + len(packed) :]
    pieces = {
        "cut": data[:start],
        "drop": data[:start] + data[end:],
        "double": data[:end] + data[start:end] * (1 + number % 5) + data[end:],
        "swap": data[end:] + data[start:end] + data[:start],
        "insert": data[:start] + given + data[start:],
        "splice": data[:start] + other[int(second * len(other)) :],
    }
    return pieces[operation][:2_000_000]


def with_sums(data: bytes) -> bytes:
    """Return a PNG whose chunks have the sums that belong to them: else nothing looks into it."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return data
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        body = data[at + 4 : at + 8 + size]
        out += [data[at : at + 4], body, struct.pack(">I", zlib.crc32(body))]
        at += 12 + size
    return b"".join([*out, data[at:]])
