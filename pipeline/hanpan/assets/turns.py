"""Turns: at most two requests at a time to one host, also from several workers of a build."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from hanpan.files import sha256
from hanpan.roots import Root

AT_ONCE = 2  # requests to one host: what a polite crawler opens
_PAUSE = 0.03  # seconds between looks at whether a turn is free


@contextlib.contextmanager
def turn(folder: Path, host: str, seconds: float) -> Iterator[None]:
    """Hold one of a host's turns until the end of the block.

    A turn is a locked file below `folder`: freed by the system when a worker dies. Raises
    TimeoutError where none is free for so many seconds.
    """
    own = Root.own(folder)
    name = sha256(host.lower().encode())[:16]
    deadline = time.monotonic() + seconds
    with contextlib.ExitStack() as opened:
        files = [own.lock(f"{name}-{number}") for number in range(AT_ONCE)]
        for file in files:
            opened.callback(os.close, file)
        while True:
            for file in files:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
            if time.monotonic() > deadline:
                raise TimeoutError(host)
            time.sleep(_PAUSE)
