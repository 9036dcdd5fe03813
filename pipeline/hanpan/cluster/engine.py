"""Step process: a process that runs steps with a pool of its own.

A worker of Dask has threads, and so has a build that speaks with a scheduler. A pool forks, and
steps count the processor in their main thread: so both start a Python that does nothing else. It
ends when its pipe is closed, and so with the one that started it, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection

from hanpan.console import hide_logs, hide_warnings
from hanpan.runner.pool import Pool, lost_result
from hanpan.runner.progress import Turn
from hanpan.runner.steps import StepResult, Task

_EPOCH = "SOURCE_DATE_EPOCH"
_QUICK = 5  # seconds that it is given to end by itself
_EndedStep = tuple[Task, StepResult, Turn | None]


class StepProcess:
    """The process, for whoever starts it; `date` is the SOURCE_DATE_EPOCH of its steps."""

    def __init__(self, jobs: int, date: str | None) -> None:
        ours, theirs = socket.socketpair()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        environment.pop(_EPOCH, None)
        if date is not None:
            environment[_EPOCH] = date
        # -P: nothing is imported from the current folder, which may be a blog of strangers
        module = ("-P", "-m", "hanpan.cluster.engine")
        command = [sys.executable, *module, str(theirs.fileno()), str(jobs)]
        with theirs:
            self._process = subprocess.Popen(
                command, env=environment, pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self.pipe = Connection(ours.detach())
        self._open: dict[int, Task] = {}
        self._number = 0

    @property
    def open(self) -> int:
        """Return how many steps have no result yet."""
        return len(self._open)

    @property
    def is_over(self) -> bool:
        """Tell whether the process has ended: it can be given nothing more."""
        return self._process.poll() is not None

    def submit(self, task: Task) -> None:
        """Have a step run, within the seconds that it has."""
        self._number += 1
        self._open[self._number] = task
        with contextlib.suppress(OSError):  # it has ended: `results` notices
            self.pipe.send((self._number, task))

    def results(self, timeout: float | None) -> Iterator[_EndedStep]:
        """Yield what has ended, if anything does within `timeout` seconds.

        When the process has ended, every open step is lost.
        """
        try:
            while self._open and self.pipe.poll(timeout):
                number, result, turn = self.pipe.recv()
                yield self._open.pop(number), result, turn
                timeout = 0.0
        except (EOFError, OSError):
            self.close()
            lost = list(self._open.values())
            self._open.clear()
            for task in lost:
                result = lost_result(task, "lost the process that ran it")
                yield task, StepResult(None, result.problems, 0, is_lost=True), None

    def close(self) -> None:
        """End the process and its pool, whatever they are doing."""
        self.pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_QUICK)
            return
        self._process.kill()
        self._process.wait()


def main() -> None:
    """Run what the pipe brings until it is closed."""
    hide_warnings()
    hide_logs()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe, jobs = Connection(int(sys.argv[1])), int(sys.argv[2])
    os.set_inheritable(pipe.fileno(), False)
    ready: list[Task] = []
    numbers: dict[tuple[str, str], int] = {}
    turns: list[Turn] = []
    with (
        contextlib.suppress(EOFError, OSError),
        Pool(jobs, grant=lambda task: task.seconds, ran=turns.append) as pool,
    ):
        while True:
            pool.submit(ready)
            for task, result in pool.results(600.0, also=pipe):
                number = numbers.pop((task.post, task.step))
                pipe.send((number, result, turns[-1] if turns else None))
                turns.clear()
            while pipe.poll():
                number, task = pipe.recv()
                numbers[task.post, task.step] = number
                ready.append(task)
    os._exit(0)


if __name__ == "__main__":
    main()
