"""A folder as a store: files written whole, with the time when each was last used."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from hanpan.cache.address import CacheAddress
from hanpan.cache.entries import BadEntry
from hanpan.cache.stores.contract import StoredEntry, is_entry_name
from hanpan.files import write_atomic
from hanpan.roots import RefusedFile, Root

_ABANDONED = 3600  # seconds after which a half-written file is nobody's


class FolderStore:
    """Entries as files. No link is followed below the folder."""

    def __init__(self, address: CacheAddress) -> None:
        self._root = Root(address.url, links=False)
        self._is_touched = not address.read_only
        if not address.read_only:
            self._clear_temporary()

    def read(self, name: str, limit: int) -> bytes:
        """Return an entry. Raises FileNotFoundError, BadEntry, OSError."""
        try:
            data = self._root.read(name, limit)
        except RefusedFile as error:
            raise BadEntry(str(error.problem.message)) from None
        if self._is_touched:
            with contextlib.suppress(OSError):  # of another user
                os.utime(f"{self._root.path}/{name}")
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write an entry. Raises OSError."""
        temporary = self._root.place("tmp/_", make=True).parent
        write_atomic(self._root.place(name, make=True), data, temporary)

    def entries(self) -> Iterator[StoredEntry]:
        """Yield every entry. Raises OSError."""
        folder = Path(self._root.path)
        for path in sorted(folder.glob("v1/*/*/*")):
            name = path.relative_to(folder).as_posix()
            if is_entry_name(name):
                with contextlib.suppress(OSError):
                    status = self._root.place(name).lstat()
                    yield StoredEntry(name, status.st_size, status.st_mtime)

    def remove(self, name: str) -> None:
        """Remove an entry. Raises OSError."""
        self._root.place(name).unlink(missing_ok=True)

    def _clear_temporary(self) -> None:
        """Remove what who was killed has left half-written."""
        with contextlib.suppress(OSError):
            for item in os.scandir(self._root.place("tmp/_").parent):
                if time.time() - item.stat(follow_symlinks=False).st_mtime > _ABANDONED:
                    os.unlink(item)
