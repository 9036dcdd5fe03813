"""Writing: a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from hanpan.orphans import end_if_orphaned


def write_atomic(
    path: Path, data: bytes, temporary: Path | None = None, *, durable: bool = False
) -> None:
    """Write a file whole or not at all: under a temporary name first, then renamed.

    `temporary` is a folder on the same file system for the first name, else that of `path`.
    `durable`: the file survives a loss of power from now on, which costs a wait for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = temporary or path.parent
    handle, name = tempfile.mkstemp(dir=folder, prefix=".hanpan-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o644)
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
