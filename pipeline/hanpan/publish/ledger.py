"""Ledger: crosspost.lock, what was published where. Text, a block for each post and target.

A block is a table of TOML, one key a line, sorted, so that Git merges the work of two people. It is
written before a post is created (`intent`), so that the next run continues one that was cut off.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.files import write_atomic
from hanpan.problems import HanpanError, Problem
from hanpan.publish.payload import Uploaded
from hanpan.roots import Root

NAME = "crosspost.lock"
Key = tuple[str, str, str]  # the post's file below the site's root, platform, target
_HEAD = """\
# What `hanpan publish` has sent where. Written by hanpan; commit it. It holds no secrets.
"""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of one post on one target. Hashes are SHA-256, times ISO 8601."""

    id: str = ""  # "" until it is created
    url: str = ""
    slug: str = ""
    status: str = ""
    scheduled: str = ""  # the time that the author asked for
    sent: str = ""  # Payload.content_hash of what was sent
    given: str = ""  # RemotePost.edit_hash of what the server returned
    version: str = ""
    created: str = ""
    updated: str = ""
    intent: str = ""  # the content hash of a request that was begun and not answered yet
    images: Mapping[str, Uploaded] = field(default_factory=dict)  # by SHA-256


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
        text = ledger_text(self._entries).encode()
        write_atomic(self.path, text, self._temporary, durable=True)


@contextlib.contextmanager
def open_ledger(path: Path, folder: Path) -> Iterator[Ledger]:
    """Hold a site's ledger until the end of the block; another run waits meanwhile.

    `folder` holds the lock and half-written files, on the same file system.
    Raises HanpanError with file and line where the file is not a ledger.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:  # the system releases it when the process ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in folder.glob(".hanpan-*.part"):
            leftover.unlink()
        yield Ledger(path, read_ledger(path), folder)


def read_ledger(path: Path) -> dict[Key, LedgerEntry]:
    """Return the entries of a ledger; none where there is no file. Raises HanpanError."""
    try:
        data = toml_text.load(Root(path.parent).read(path.name).decode("utf-8"))
        return {
            (source, platform, target): _entry(table)
            for source, platforms in data.items()
            for platform, targets in platforms.items()
            for target, table in targets.items()
        }
    except FileNotFoundError:
        return {}
    except HanpanError:
        raise
    except (OSError, ValueError, TypeError, AttributeError) as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else None
        message = f"the ledger cannot be read: {error}"
        remedy = "Fix it (a merge may have left conflict markers), or restore it from Git."
        raise HanpanError(
            Problem("publish-ledger", "error", message, path.name, line, remedy)
        ) from None


def ledger_text(entries: Mapping[Key, LedgerEntry]) -> str:
    """Return the text of a ledger: blocks and keys sorted, empty values left out."""
    blocks = [_HEAD]
    for (source, platform, target), entry in sorted(entries.items()):
        names = (f.name for f in dataclasses.fields(entry) if f.name != "images")
        values = {name: value for name in names if (value := getattr(entry, name))}
        lines = [f"{name} = {_toml_string(value)}" for name, value in sorted(values.items())]
        lines += [
            f"images.{digest} = [{_toml_string(image.id)}, {_toml_string(image.url)}]"
            for digest, image in sorted(entry.images.items())
        ]
        blocks.append(
            "\n".join([f"[{_toml_string(source)}.{platform}.{_toml_string(target)}]", *lines, ""])
        )
    return "\n".join(blocks)


def _entry(table: Mapping[str, Any]) -> LedgerEntry:
    images = {digest: Uploaded(*pair) for digest, pair in table.get("images", {}).items()}
    return LedgerEntry(**{**table, "images": images})


def _toml_string(text: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's too, except for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
