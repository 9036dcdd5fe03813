"""Orphans: processes that end with the one that started them, and write nothing after its end.

Linux kills them at once (prctl(2), PR_SET_PDEATHSIG); elsewhere a thread looks after the parent.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

_PR_SET_PDEATHSIG = 1
_PAUSE = 0.2  # seconds between looks at the parent
_parents: list[int] = []  # none or one: the process that this one ends with


def end_with(parent: int) -> None:
    """End this process with `parent`, which has started it, whatever it is doing then."""
    _parents[:] = [parent]
    if sys.platform == "linux":
        ask_for_death()(parent)
    else:
        threading.Thread(target=_watch, daemon=True).start()


def ask_for_death() -> Callable[[int], None]:
    """Return what asks Linux to kill the calling process when `parent` ends.

    It loads nothing, and may be called between fork and exec.
    """
    prctl = _prctl()

    def ask(parent: int) -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it had ended before
            os._exit(1)

    return ask


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Start a process within the block that Ctrl-C does not reach: its parent ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_if_orphaned() -> None:
    """End this process if the parent that it was to end with has ended."""
    if _parents and os.getppid() != _parents[0]:
        os._exit(1)


def _watch() -> None:
    while True:
        end_if_orphaned()
        time.sleep(_PAUSE)


@cache
def _prctl() -> Callable[..., int]:
    import ctypes  # takes 2 ms

    prctl: Callable[..., int] = ctypes.CDLL(None).prctl
    return prctl
