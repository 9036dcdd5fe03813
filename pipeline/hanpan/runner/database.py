"""Database: rows of text in one SQLite file, whose damage never passes for content.

Nothing waits for the disk, so that a loss of power may leave any page old, torn or empty. SQLite
checks how pages hang together, a checksum what is in a row.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SCHEMA = 5
# table -> columns, all of them text, and how many of them are the key
TABLES: dict[str, tuple[tuple[str, ...], int]] = {
    "traces": (("post", "step", "text"), 2),
    "posts": (("post", "path", "root", "slug"), 1),
    "digests": (("path", "sign", "digest"), 1),
    "tools": (("sign", "versions"), 1),
}
_WITHOUT_CHECKSUM = ("digests",)  # there are many, and a wrong one is only a file read again
# the disk is full, the folder read-only: no fault of the file
_OF_THE_SYSTEM = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
Row = tuple[str, ...]


class Damaged(Exception):
    """The file is not what was written."""


class Database:
    """One file with `TABLES`. Methods raise Damaged, and sqlite3.Error where the disk fails."""

    def __init__(self, path: Path) -> None:
        """Open the file; create it where there is none, or one of an earlier version."""
        self._path = path
        self._files = [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]
        own, *beside = map(_status, self._files)
        if not all(_is_ours_alone(status) for status in (own, *beside) if status):
            raise Damaged("it is no file, or has another name elsewhere")
        if not own:
            self._create()
        self._db = sqlite3.connect(path)
        try:
            with raising_damaged():
                self._check()
        except BaseException:
            self._db.close()  # before anybody replaces the file: closing removes its log
            raise

    @classmethod
    def replaced(cls, path: Path) -> Database:
        """Replace the file, whatever it is, by one without rows."""
        for end in ("", "-wal", "-shm", "-journal"):
            _remove(path.with_name(path.name + end))
        return cls(path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Return the rows of a table with their checksums, which are still to be compared.

        The last column of a trace is its bytes: to compare those takes half the time.
        """
        names = ", ".join(_columns(table)).replace("text", "cast(text as blob)")
        with raising_damaged():
            return self._db.execute(f"select {names} from {table}").fetchall()

    def put(self, table: str, rows: Iterable[Row], *, instead: bool = False) -> None:
        """Keep rows, all or none of them; `instead` of those before."""
        names = _columns(table)
        checked = rows if table in _WITHOUT_CHECKSUM else ((*row, checksum(*row)) for row in rows)
        with raising_damaged(), self._db:
            if instead:
                self._db.execute(f"delete from {table}")
            self._db.executemany(
                f"insert or replace into {table} values ({', '.join('?' * len(names))})", checked
            )

    def drop(self, table: str, key: str) -> None:
        """Remove the rows of a table whose first column is `key`."""
        with raising_damaged(), self._db:
            self._db.execute(f"delete from {table} where {TABLES[table][0][0]} = ?", (key,))

    def _check(self) -> None:
        """Raise Damaged unless the file hangs together and has our tables, and nothing else."""
        (version,) = self._db.execute("pragma user_version").fetchone()
        if 0 < version < SCHEMA:
            self._db.close()
            self._create()
            self._db = sqlite3.connect(self._path)
            version = SCHEMA
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=off")  # docs/facts.md has what waiting costs
        statements = {
            statement for (statement,) in self._db.execute("select sql from sqlite_master")
        }
        if version != SCHEMA or statements != set(map(_statement, TABLES)):
            raise Damaged("it has other tables")
        if self._db.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise Damaged("its pages do not hang together")

    def _create(self) -> None:
        """Create the file under another name first, so that one that exists is complete."""
        new = self._path.with_name(f"{self._path.name}-new")
        for file in (*self._files, new, new.with_name(f"{new.name}-journal")):
            _remove(file)
        with contextlib.closing(sqlite3.connect(new)) as db, db:
            db.execute("begin")  # one transaction: each waits four times for the disk
            for table in TABLES:
                db.execute(_statement(table))
            db.execute(f"pragma user_version={SCHEMA}")
        new.rename(self._path)


def _columns(table: str) -> tuple[str, ...]:
    columns, _ = TABLES[table]
    return columns if table in _WITHOUT_CHECKSUM else (*columns, "checksum")


def _statement(table: str) -> str:
    """Return what creates a table; it is its own index, so that no page of it goes unread."""
    columns, keys = TABLES[table]
    key = ", ".join(columns[:keys])
    return f"CREATE TABLE {table} ({', '.join(_columns(table))}, primary key ({key})) without rowid"


def checksum(*columns: str | bytes) -> int:
    """Return the checksum of a row. Raises TypeError, AttributeError for what is no text."""
    value = 0
    for column in columns:
        value = zlib.crc32(column if isinstance(column, bytes) else column.encode(), value)
    return value


def _status(path: Path) -> os.stat_result | None:
    """Return the status of what is at a path, of links themselves; None where nothing is."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _is_ours_alone(status: os.stat_result) -> bool:
    """Tell whether it is a regular file: SQLite writes where it is, under whatever names."""
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def raising_damaged() -> Iterator[None]:
    """Raise Damaged for an error that is the file's own fault."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _OF_THE_SYSTEM and code != sqlite3.SQLITE_IOERR_SHORT_READ:
            raise
        raise Damaged(str(error)) from None
    except UnicodeDecodeError as error:  # SQLite's own message has bytes of the file in it
        raise Damaged(str(error)) from None
