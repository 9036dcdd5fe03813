"""Sets of code points, small: a font has 25,000, and a build asks dozens of fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

import uharfbuzz as hb


class CodePoints(Set[int]):
    """A set of code points that does not change; what operators make of it is a frozenset."""

    __slots__ = ("_bits",)

    def __init__(self, sets: Iterable[hb.Set | CodePoints]) -> None:
        """Unite `sets`."""
        self._bits = hb.Set()
        for one in sets:
            self._bits.update(one._bits if isinstance(one, CodePoints) else one)

    @classmethod
    def _from_iterable(cls, it: Iterable[int]) -> frozenset[int]:  # type: ignore[override]
        return frozenset(it)

    def __contains__(self, code: object) -> bool:
        return code in self._bits

    def issuperset(self, codes: Iterable[int]) -> bool:
        """Tell whether all `codes` are in the set."""
        return all(code in self._bits for code in codes)

    def __iter__(self) -> Iterator[int]:
        return iter(self._bits)

    def __len__(self) -> int:
        return len(self._bits)
