"""Digests: files by their content, hashed once for each change."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path

ABSENT = "absent"  # the digest of what does not exist, or must not be read
_TICK = 2_000_000_000  # nanoseconds: the longest that two edits can have the same change time (FAT)


def sha256(data: bytes) -> str:
    """Return the hash under which everything is known: SHA-256, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


class Digests:
    """Hashes of files by content, computed once for each change.

    A file whose size, times and inode are as they were is not read again. The change time of the
    inode cannot be set back by an editor or by `touch`, so an edit is always seen; a file that was
    changed just now is read again, for it could be changed once more at the same time.
    """

    def __init__(self, known: dict[str, tuple[str, str]] | None = None) -> None:
        self.known = known if known is not None else {}
        self.fresh: dict[str, tuple[str, str]] = {}

    def digest(self, path: Path | str, *, links: bool = True) -> str:
        """Return the SHA-256 of a regular file, or ABSENT; so for a link, unless `links` count."""
        try:
            status = os.stat(path, follow_symlinks=links)
            if not stat.S_ISREG(status.st_mode):
                return ABSENT
            name = str(path)
            stamp = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
            known = self.known.get(name)
            if known and known[0] == stamp:
                return known[1]
            known = OF_PROCESS.known.get(name)
            if known and known[0] == stamp:
                digest = known[1]
            else:
                with open(path, "rb", opener=_open_at_once) as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ABSENT
        if not 0 <= time.time_ns() - status.st_ctime_ns < _TICK:
            self.known[name] = self.fresh[name] = (stamp, digest)
        return digest


OF_PROCESS = Digests()  # fonts are hashed once in a process, not once at each door


def _open_at_once(path: str, flags: int) -> int:
    """Open a file; what has become a named pipe since it was looked at is not waited for."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
