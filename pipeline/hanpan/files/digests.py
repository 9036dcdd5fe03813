"""Digests: files by their content, hashed once for each change."""

from __future__ import annotations

import hashlib
from pathlib import Path

ABSENT = "absent"  # the digest of what does not exist


def sha256(data: bytes) -> str:
    """Return the hash under which everything is known: SHA-256, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


class Digests:
    """Hashes of files by content, computed once for each change.

    A file whose size, times and inode are as they were is not read again. The change time of the
    inode cannot be set back by an editor or by `touch`, so an edit is always seen.
    """

    def __init__(self, known: dict[str, tuple[str, str]] | None = None) -> None:
        self.known = known if known is not None else {}
        self.fresh: dict[str, tuple[str, str]] = {}

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, or ABSENT."""
        try:
            stat = path.stat()
            if not path.is_file():
                return ABSENT
            name = str(path)
            stamp = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
            known = self.known.get(name)
            if known and known[0] == stamp:
                return known[1]
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ABSENT
        self.known[name] = self.fresh[name] = (stamp, digest)
        return digest
