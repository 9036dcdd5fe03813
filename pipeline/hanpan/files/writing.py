"""Writing: a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from hanpan.orphans import end_if_orphaned


def write_atomic(
    path: Path,
    data: bytes,
    temporary: Path | None = None,
    *,
    durable: bool = False,
    mode: int = 0o644,
) -> None:
    """Write a file whole or not at all: under a temporary name first, then renamed.

    `temporary` is the folder for the first name, which one who is killed leaves there; else, or on
    another file system, it is that of `path`. `durable`: the file survives a loss of power from now
    on, which costs a wait for the disk.
    """
    if not os.path.isdir(path.parent):  # to ask is cheaper than to try
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write_and_rename(path, data, temporary or path.parent, durable, mode)
    except OSError as error:
        if error.errno != errno.EXDEV or not temporary:
            raise
        _write_and_rename(path, data, path.parent, durable, mode)


def _write_and_rename(path: Path, data: bytes, folder: Path, durable: bool, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".hanpan-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, mode)
        end_if_orphaned()  # the build that wanted it is over, and another may be running
        os.replace(name, path)
        if durable:
            _sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _sync_folder(folder: Path) -> None:
    """Flush a folder's names to the disk: until then a rename may be lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
