"""A program that runs another one within bounds, and reports what that cost: see `running.py`.

It adopts what its children leave behind, so that all processor time is counted and nothing that a
command has started is still there when this ends. A machine that is busy with other things makes
no command fail: what counts is the time of the processor, and the time in which all processes of
the command sleep.
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

GRACE = 5.0  # seconds of sleep, or of work, after which what a command has left behind must end
_PR_SET_CHILD_SUBREAPER = 36
_LAST = 600  # seconds of the processor for one process, whoever waits for it
_LOOK = 0.1  # seconds between looks at the processes
_EVER = 7_200.0  # seconds: nothing that works or sleeps within its bounds takes longer
_TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run `REPORT CPU SLEEP HEAP FILE COMMAND...`: seconds, bytes of memory, bytes of a file."""
    report, cpu, sleep, heap, file, *command = sys.argv[1:]
    adopt()
    child = subprocess.Popen(command, preexec_fn=lambda: bound(int(heap), int(file)))
    watch(child.pid, report, float(cpu), float(sleep))


def adopt() -> None:
    """Become the parent of what children leave behind."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def watch(child: int, report: str, cpu: float, sleep: float) -> None:
    """Wait for a child, of seconds of the processor and of sleep, and report what it cost."""
    code, why = _wait(child, cpu, sleep)
    left = _wait_for_the_rest(is_over=code is None)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "code": code,  # None: it was stopped
        "why": why,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
        "left": left if code is not None else [],
    }
    Path(report).write_text(json.dumps(cost), "utf-8")


def bound(heap: int, file: int) -> None:
    """Limit this process: bytes of memory, bytes of a file."""
    resource.setrlimit(resource.RLIMIT_DATA, (heap, heap))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CPU, (_LAST, _LAST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Watch:
    """What the processes below this one have used, and how long all of them slept."""

    def __init__(self) -> None:
        self.slept = 0.0
        self.used = 0.0
        self._looked = time.monotonic()

    def look(self) -> None:
        """Look at the processes, where it is time to."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        # nobody knows what they did between two looks that are far apart
        passed, self._looked = min(now - self._looked, 2 * _LOOK), now
        family = list(_descendants(os.getpid()))
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = ended.ru_utime + ended.ru_stime + sum(map(_used, family))
        if used == self.used and not any(map(_is_awake, family)):
            self.slept += passed
        self.used = max(self.used, used)


def _wait(child: int, cpu: float, sleep: float) -> tuple[int | None, str]:
    """Return the code of the child; None and why, where its bounds are reached or nobody asks."""
    parent = os.getppid()
    watch = _Watch()
    end = time.monotonic() + _EVER
    while os.getppid() == parent and time.monotonic() < end:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == child:
            return os.waitstatus_to_exitcode(status), ""
        if pid:
            continue
        watch.look()
        if watch.used > cpu:
            return None, f"within {cpu:g} s of the processor"
        if watch.slept > sleep:
            return None, f"and slept for {sleep:g} s"
        time.sleep(0.01)
    return None, f"within {_EVER:g} s"


def _wait_for_the_rest(*, is_over: bool) -> list[str]:
    """Wait until no descendant is left, or kill them; return the names of those."""
    left: list[str] = []
    watch = _Watch()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    already = before.ru_utime + before.ru_stime
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return left
        if pid:
            continue
        watch.look()
        if is_over or watch.slept > GRACE or watch.used > already + GRACE:
            is_over = True
            for child in _children(os.getpid()):  # orphans of these become our children next
                left.append(_name(child))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        time.sleep(0.01)


def _descendants(process: int) -> Iterator[int]:
    for child in _children(process):
        yield child
        yield from _descendants(child)


def _children(process: int) -> Iterator[int]:
    for task in _tasks(process):
        with contextlib.suppress(OSError):
            yield from (int(pid) for pid in (task / "children").read_text("ascii").split())


def _tasks(process: int) -> list[Path]:
    with contextlib.suppress(OSError):
        return list(Path(f"/proc/{process}/task").iterdir())
    return []


def _fields(stat: Path) -> list[str]:
    """Return what follows the name in a `stat` file of proc(5); nothing where it has ended."""
    with contextlib.suppress(OSError):
        return stat.read_text("utf-8", "replace").rpartition(")")[2].split()
    return []


def _used(process: int) -> float:
    """Return the seconds that a process and those that it has waited for have used."""
    fields = _fields(Path(f"/proc/{process}/stat"))
    return sum(map(int, fields[11:15])) / _TICK


def _is_awake(process: int) -> bool:
    """Tell whether any thread runs, waits for a processor or a disk, or is being traced."""
    states = (_fields(task / "stat")[:1] for task in _tasks(process))
    return any(state and state[0] not in "SZXI" for state in states)


def _name(process: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text("utf-8", "replace").strip()
    return "?"


if __name__ == "__main__":
    main()
