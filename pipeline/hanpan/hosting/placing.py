"""Placing: files of hanpan's among those of others, in a folder that is somebody's own.

What was written is known by its path and the hash of its content. Only a file that is still as it
was written is replaced or removed: all else is another's.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hanpan.files import sha256, write_atomic
from hanpan.roots import Root

Content = Callable[[], bytes]


@dataclass(slots=True)
class Placed:
    """What came of it: the files that are hanpan's, with hashes; those of others in their place."""

    files: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def place_files(
    folder: Path, contents: Mapping[str, Content], earlier: Mapping[str, str]
) -> Placed:
    """Bring the files of hanpan's in `folder` up to date with `contents`, by paths with /.

    `earlier` has the hashes of those that were written before; what is in it and not in `contents`
    is removed. Each file is written whole or not at all. Raises RefusedFile, OSError.
    """
    root, placed = Root(folder, links=False), Placed()
    for name, content in contents.items():
        data = content()
        digest = sha256(data)
        there = _digest(root, name)
        if there not in (None, digest, earlier.get(name)):
            placed.foreign.append(name)
            continue
        placed.files[name] = digest
        if there != digest:
            write_atomic(root.place(name, make=True), data)
            placed.written.append(name)
    gone = {name: digest for name, digest in earlier.items() if name not in contents}
    placed.removed = remove_files(folder, gone)
    return placed


def remove_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Remove files that are as they were written, and folders that are empty then; return them."""
    root, removed = Root(folder, links=False), []
    for name, digest in files.items():
        try:
            is_ours = _digest(root, name) == digest
        except OSError:  # a link, or a folder in its place: another's
            continue
        if is_ours:
            root.place(name).unlink()
            removed.append(name)
    for name in _folders(removed):
        with contextlib.suppress(OSError):
            root.place(name).rmdir()
    return removed


def _digest(root: Root, name: str) -> str | None:
    """Return the hash of a file, None where there is none. Raises RefusedFile for what is none."""
    try:
        return sha256(root.read(name))
    except FileNotFoundError:
        return None


def _folders(names: Iterable[str]) -> list[str]:
    """Return the folders that files are in, the deepest first."""
    folders = {
        "/".join(parts[:depth])
        for parts in (name.split("/")[:-1] for name in names)
        for depth in range(1, len(parts) + 1)
    }
    return sorted(folders, key=lambda name: (-name.count("/"), name))
