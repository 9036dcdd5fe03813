"""Compare: what a body holds, looked for in what an edition shows of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hanpan.conservation.inventory import Inventory, TableSize
from hanpan.conservation.letters import letters
from hanpan.conservation.losses import LostWords, Passage, find_losses
from hanpan.conservation.shown import Shown

_SIGN = re.compile(r"\[U\+([0-9A-F]{4,6})\]")  # of a character that no font has, told elsewhere


class Missing(NamedTuple):
    """What an edition does not show: words, or what is said of tables, pictures, formulas."""

    place: int
    words: str = ""
    parts: str = ""


def find_missing(inventory: Inventory, shown: Shown) -> Iterator[Missing]:
    """Yield what of a body's inventory is not shown."""
    text, passages = shown.text, inventory.passages
    if _SIGN.search(text):
        text = _SIGN.sub(_character, text)
        passages = tuple(Passage(at, _SIGN.sub(_character, words)) for at, words in passages)
    for loss in _losses(passages, letters(text)):
        yield Missing(loss.place, words=loss.words)
    yield from _tables(inventory.tables, shown.tables)
    for places, count, name in (
        (inventory.pictures, shown.pictures, "pictures"),
        ([formula.place for formula in inventory.formulas], shown.formulas, "formulas"),
    ):
        if count is not None and count < len(places):
            yield Missing(places[0], parts=f"{count} of {len(places)} {name}")


@lru_cache(maxsize=8)  # payloads differ in marks and addresses more often than in letters
def _losses(passages: tuple[Passage, ...], shown: str) -> tuple[LostWords, ...]:
    return tuple(find_losses(passages, shown))


def _tables(
    tables: Sequence[tuple[int, TableSize]], shown: Sequence[TableSize] | None
) -> Iterator[Missing]:
    """Yield the tables of which rows or cells are not shown."""
    if shown is None or len(shown) > len(tables):
        return
    if len(shown) < len(tables):
        yield Missing(tables[0][0], parts=f"{len(shown)} of {len(tables)} tables")
        return
    for (place, table), now in zip(tables, shown, strict=True):
        for count, of, name in zip(now, table, ("rows", "cells", "filled cells"), strict=True):
            if count < of:
                yield Missing(place, parts=f"{count} of the {of} {name} of a table")
                break


def _character(sign: re.Match[str]) -> str:
    number = int(sign[1], 16)
    return chr(number) if number < 0x110000 else sign[0]


def without(inventory: Inventory, places: Collection[range]) -> Inventory:
    """Return an inventory less what stands within some places, because it is told otherwise."""
    if not places:
        return inventory

    # of elements within elements the outer one ends last
    starts: list[int] = []
    ends: list[int] = []
    for one in sorted(places, key=lambda one: (one.start, -one.stop)):
        if not ends or one.start >= ends[-1]:
            starts.append(one.start)
            ends.append(one.stop)

    def is_kept(place: int) -> bool:
        before = bisect_right(starts, place)
        return not before or place >= ends[before - 1]

    return Inventory(
        tuple(one for one in inventory.passages if is_kept(one.place)),
        tuple(one for one in inventory.tables if is_kept(one[0])),
        tuple(place for place in inventory.pictures if is_kept(place)),
        tuple(one for one in inventory.formulas if is_kept(one.place)),
    )
