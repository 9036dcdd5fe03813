"""Ledger: crosspost.lock, what was published where, held by one run at a time.

It is written before a post is created (`intent`), so that the next run continues one that was cut
off. Git merges the work of two people, because its text has one key a line (ledger_text.py).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from hanpan.files import write_atomic
from hanpan.problems import HanpanError, Problem
from hanpan.publish.ledger_text import Key, LedgerEntry, parse_ledger, write_ledger
from hanpan.roots import RefusedFile, Root


class Ledger:
    """The ledger of one site, held by one run at a time."""

    def __init__(self, path: Path, entries: dict[Key, LedgerEntry], temporary: Path) -> None:
        """`temporary` is a folder on the file system of `path`, for half-written files."""
        self.path = path
        self._temporary = temporary
        self._entries = entries

    def entry(self, key: Key) -> LedgerEntry | None:
        """Return what is known of a post on a target."""
        return self._entries.get(key)

    def of_target(self, platform: str, target: str) -> dict[str, LedgerEntry]:
        """Return all posts of a target, by file."""
        return {k[0]: e for k, e in self._entries.items() if k[1:] == (platform, target)}

    def keep(self, key: Key, entry: LedgerEntry) -> None:
        """Write an entry; when this returns, it is on the disk."""
        self._entries[key] = entry
        self._write()

    def drop(self, key: Key) -> None:
        """Delete an entry: of a create that was refused, or of a post that was renamed."""
        if self._entries.pop(key, None):
            self._write()

    def _write(self) -> None:
        text = write_ledger(self._entries).encode()
        write_atomic(self.path, text, self._temporary, durable=True)


@contextlib.contextmanager
def open_ledger(
    path: Path, folder: Path, waiting: Callable[[], None] = lambda: None
) -> Iterator[Ledger]:
    """Hold a site's ledger until the end of the block.

    `folder` holds the lock and half-written files, on the same file system. `waiting` is called
    once where another run holds it: what that one sends is known when this one begins.
    Raises HanpanError, with file and line where the file is not a ledger.
    """
    try:
        lock = Root.own(folder).lock("lock")
    except RefusedFile:
        raise
    except OSError as error:
        message = f"{folder} cannot be written to: {error.strerror}"
        remedy = "Check its permissions: nothing is sent that cannot be written down."
        raise HanpanError(Problem("publish-file", "error", message, remedy=remedy)) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in folder.glob(".hanpan-*.part"):
            leftover.unlink()
        yield Ledger(path, parse_ledger(path), folder)
    finally:
        os.close(lock)  # the system frees it if we die
