"""Upkeep: what is in a cache: counted, pruned by age and size, verified entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hanpan.cache.entries import BadEntry, unseal
from hanpan.cache.stores.contract import INDEX, PACKS, Store, StoredEntry
from hanpan.cache.work import ENVELOPE, INDEX_SIZE, variants_in
from hanpan.files import sha256
from hanpan.runner.packs import MOST, unpack

_THREADS = 8  # that wait for a server


@dataclass(frozen=True, slots=True)
class CacheSize:
    """How many entries there are, of posts and of packs, and their bytes."""

    posts: int
    packs: int
    bytes: int


@dataclass(frozen=True, slots=True)
class UnusableEntry:
    """An entry that no build will use, and why."""

    name: str
    reason: str


def size_of(entries: Iterable[StoredEntry]) -> CacheSize:
    """Return how much there is."""
    listed = list(entries)
    posts = sum(entry.kind == INDEX for entry in listed)
    return CacheSize(posts, len(listed) - posts, sum(entry.size for entry in listed))


def prune(store: Store, *, before: float = 0.0, size: int | None = None) -> list[StoredEntry]:
    """Remove what was last used before a time, then the oldest until `size` bytes are left.

    Returns what was removed. A store other than a folder knows when an entry was written, and not
    when it was read. An index whose pack is gone costs a request, and nothing else.
    """
    entries = sorted(store.entries(), key=lambda entry: (entry.time, entry.name))
    left = sum(entry.size for entry in entries)
    removed = []
    for entry in entries:
        if entry.time < before or (size is not None and left > size):
            store.remove(entry.name)
            removed.append(entry)
            left -= entry.size
    return removed


def unusable(store: Store, key: bytes = b"") -> Iterator[UnusableEntry]:
    """Read every entry; yield those that are damaged, or not signed with the key, if there is one.

    Entries that go meanwhile are none. Raises what the store raises.
    """

    def look(entry: StoredEntry) -> UnusableEntry | None:
        try:
            _check(store, entry, key)
        except FileNotFoundError:
            return None
        except ValueError as error:  # BadEntry is one
            return UnusableEntry(entry.name, str(error))
        return None

    with ThreadPoolExecutor(_THREADS) as threads:
        yield from filter(None, threads.map(look, store.entries()))


def _check(store: Store, entry: StoredEntry, key: bytes) -> None:
    """Raise ValueError for an entry that no build will use."""
    limit = MOST if entry.kind == PACKS else INDEX_SIZE
    content = unseal(entry.name, store.read(entry.name, limit + ENVELOPE), limit, key)
    if entry.kind == PACKS:
        if sha256(content) != entry.name.rpartition("/")[2]:
            raise BadEntry("it is not what its name says")
        unpack(content)
        return
    variants_in(content)
