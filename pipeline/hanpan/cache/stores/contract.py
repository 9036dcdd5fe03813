"""What a cache needs of a store: names and bytes. A name is below `v1/`, with /."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

INDEX, PACKS = "index", "packs"  # the two kinds of entries
_NAME = re.compile(r"v1/(index|packs)/[0-9a-f]{2}/([0-9a-f]{64})")


class StoreMissing(Exception):
    """A store that needs a package which is not installed; the text is what to do."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as a store lists it: its name, its bytes, when it was last used or written."""

    name: str
    size: int
    time: float  # seconds since 1970

    @property
    def kind(self) -> str:
        """Return INDEX or PACKS."""
        return self.name.split("/")[1]


class Store(Protocol):
    """What a cache needs of a store. Any method may raise whatever says that it is out of reach."""

    def read(self, name: str, limit: int) -> bytes:
        """Return an entry. Raises FileNotFoundError, BadEntry where it is larger than `limit`."""

    def write(self, name: str, data: bytes) -> None:
        """Write an entry, whole or not at all."""

    def entries(self) -> Iterator[StoredEntry]:
        """Yield every entry; what else is there is none of ours."""

    def remove(self, name: str) -> None:
        """Remove an entry; one that is gone is no error."""


def entry_name(kind: str, digest: str) -> str:
    """Return the name of an entry."""
    return f"v1/{kind}/{digest[:2]}/{digest}"


def is_entry_name(name: str) -> bool:
    """Tell whether a name is that of an entry."""
    match = _NAME.fullmatch(name)
    return bool(match) and name == entry_name(match[1], match[2])  # type: ignore[index]
