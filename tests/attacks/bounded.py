"""A program that runs another one within bounds, and reports what that cost: see `running.py`.

It adopts what its children leave behind, so that all processor time is counted and nothing that a
command has started is still there when this ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

GRACE = 5.0  # seconds in which what a command has started must end after it
_PR_SET_CHILD_SUBREAPER = 36
_LAST = 600  # seconds of the processor for one process, whoever waits for it


def main() -> None:
    """Run `REPORT WALL HEAP FILE COMMAND...`: seconds, bytes of memory, bytes of a file."""
    report, wall, heap, file, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    child = subprocess.Popen(command, preexec_fn=lambda: _bound(int(heap), int(file)))
    code = _wait(child.pid, time.monotonic() + float(wall))
    left = _wait_for_the_rest(time.monotonic() + (GRACE if code is not None else 0))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "code": code,  # None: it was stopped
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
        "left": left if code is not None else [],
    }
    Path(report).write_text(json.dumps(cost), "utf-8")


def _bound(heap: int, file: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (heap, heap))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CPU, (_LAST, _LAST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait(child: int, end: float) -> int | None:
    """Return the code of the child; None where its time is up, or nobody wants to know it."""
    parent = os.getppid()
    while time.monotonic() < end and os.getppid() == parent:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == child:
            return os.waitstatus_to_exitcode(status)
        if not pid:
            time.sleep(0.01)
    return None


def _wait_for_the_rest(end: float) -> list[str]:
    """Wait until no descendant is left, or kill them; return the names of those."""
    left: list[str] = []
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return left
        if not pid and time.monotonic() > end:
            for child in _children():  # orphans of these become our children next
                left.append(_name(child))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        if not pid:
            time.sleep(0.01)


def _children() -> Iterator[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii")
    yield from (int(pid) for pid in listed.split())


def _name(process: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text("utf-8", "replace").strip()
    return "?"


if __name__ == "__main__":
    main()
