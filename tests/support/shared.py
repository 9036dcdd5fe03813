"""Processes that all workers of a test run share: what takes long to start is started once.

Each reads its standard input from a named pipe and ends where that ends: whoever uses it has the
pipe open for writing as long as he lives, and the last one takes the process along.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

_of_run: list[Path] = []  # the folder of the test run, once pytest has one


def use_folder_of(folders: pytest.TempPathFactory) -> None:
    """Share processes with the other workers of this run."""
    run = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # of all workers
    folder = run / "shared"
    folder.mkdir(mode=0o700, exist_ok=True)
    if len(os.fsencode(folder)) < 80:  # Linux has 107 bytes for the address of a socket
        _of_run[:] = [folder]


def shared_folder() -> Path:
    """Return the folder for pipes and sockets of shared processes."""
    return _of_run[0] if _of_run else _own_folder(os.getpid())


@cache
def _own_folder(process: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hanpan-tests-"))

    def remove() -> None:
        if os.getpid() == process:  # and not a fork of it
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process at a time do what is in the block."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def line_to(name: str, start: Callable[[int], subprocess.Popen[bytes]]) -> int:
    """Return a file on which to write to a process, which is started where it does not run.

    `start` is given what the process is to read, and returns the process when that is ready. Who
    started it waits for its end, when he has ended himself but for that.
    """
    place = shared_folder() / name
    with locked(place.with_name(f"{name}.lock")):
        try:
            return os.open(place, os.O_WRONLY | os.O_NONBLOCK)  # fails where nobody reads
        except OSError:
            place.unlink(missing_ok=True)
        os.mkfifo(place)
        reads = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        line = os.open(place, os.O_WRONLY)
        os.set_blocking(reads, True)
        process = start(reads)
        os.close(reads)
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:  # and not a fork of it
            os.close(line)
            process.wait()

    atexit.register(end)
    return line
