"""An object store, or anything else that fsspec reaches: s3://, gs://, az://, https://, memory://.

fsspec and its file systems see to credentials, retries of a busy server and pools of connections.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from hanpan.cache.address import CacheAddress
from hanpan.cache.entries import BadEntry
from hanpan.cache.stores.contract import StoredEntry, StoreMissing, is_entry_name
from hanpan.messages.installation import extra_command

_TIMES = ("LastModified", "last_modified", "updated", "mtime", "created")


class RemoteStore:
    """Entries as objects below a prefix."""

    def __init__(self, address: CacheAddress) -> None:
        try:
            import fsspec

            self._system: Any
            self._system, path = fsspec.core.url_to_fs(address.url)
        except ImportError as error:
            is_fsspec = error.name == "fsspec"
            remedy = f"{error}".rstrip(".")
            if is_fsspec:
                remedy = f"Install it with `{extra_command('cache')}`"
            raise StoreMissing(f"{remedy}.") from None
        self._prefix = path.rstrip("/")

    def read(self, name: str, limit: int) -> bytes:
        """Return an entry; no more than `limit` bytes are asked for."""
        data: bytes = self._system.cat_file(self._path(name), start=0, end=limit + 1)
        if len(data) > limit:
            raise BadEntry(f"it is longer than {limit:,} bytes")
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write an entry: stores show an object when it is whole."""
        self._system.pipe_file(self._path(name), data)

    def entries(self) -> Iterator[StoredEntry]:
        """Yield every entry, with the time when it was written."""
        listed = self._system.find(self._path("v1"), detail=True)
        for path, about in sorted(listed.items()):
            name = f"v1/{path.rpartition('/v1/')[2]}"
            if is_entry_name(name):
                yield StoredEntry(name, int(about.get("size") or 0), _time_of(about))

    def remove(self, name: str) -> None:
        """Remove an entry."""
        try:
            self._system.rm_file(self._path(name))
        except FileNotFoundError:
            return

    def _path(self, name: str) -> str:
        return f"{self._prefix}/{name}"


def _time_of(about: dict[str, Any]) -> float:
    """Return when an object was written; file systems have different names for it."""
    for key in _TIMES:
        match about.get(key):
            case datetime() as time:
                return time.timestamp()
            case int(time) | float(time):
                return float(time)
    return 0.0
