"""Warm worker processes: a crash, a hang or excessive memory costs one step, not the build."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from hanpan import budget
from hanpan.console import hide_logs, hide_warnings
from hanpan.environment import FORKS
from hanpan.orphans import end_with, without_interrupts
from hanpan.problems import Problem
from hanpan.runner.limits import give_back_memory, limit_memory, own_memory, stopped_at
from hanpan.runner.progress import Turn
from hanpan.runner.steps import StepResult, Task, run

SECONDS = 300.0  # that a step may take, or that may pass until it has got on a little ...
CHAPTER_SECONDS = 15.0  # ... and as many more for each chapter of a book
_GETS_ON = 1 / 300  # of that time, on the processor: `budget` ends what uses too much of it
MEMORY = 210_000_000  # bytes of its own; a worker that keeps more is replaced after its step
_GARBAGE = 150_000  # objects that a worker leaves uncollected between steps
_RECENT = 12  # steps whose posts a worker still remembers
_CHOICE = 32  # steps at the front of the queue that are looked at for one that suits a worker


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int
    task: Task | None = None
    began: float = 0.0
    since: float = 0.0  # the same, unless the step is late and has got on
    used: float = 0.0  # seconds of the processor, until then
    place: budget.Place = budget.NOWHERE  # where it may not come back from
    warmed: set[str] = field(default_factory=set)  # steps whose code it has loaded
    posts: deque[str] = field(default_factory=lambda: deque(maxlen=_RECENT))


class Pool:
    """Up to `jobs` worker processes, started when there is work for them.

    A step that takes longer than `seconds` is stopped with its worker, unless the machine is so
    busy that it has used a little of the processor only, and does get on; a worker that keeps more
    than `memory` bytes of its own is replaced after its step. Workers end with this process, and do
    not have open what it has open below the folder `private`. `grant` says how much of the
    processor a step that starts may take, and `ran` is told of each that has ended.
    """

    def __init__(
        self,
        jobs: int,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        private: Path | None = None,
        grant: Callable[[Task], float] = lambda task: task.site.limits.seconds,
        ran: Callable[[Turn], None] = lambda turn: None,
    ) -> None:
        self._grant = grant
        self._ran = ran
        self._started = 0  # workers
        self.jobs = max(1, jobs)
        self._private = private
        self.seconds = seconds
        self.memory = memory
        self._workers: list[_Worker] = []
        self._context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
        )

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill() if worker.task else worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)

    def submit(self, ready: list[Task], expected: Task | None = None) -> None:
        """Give tasks to idle workers, and remove them from `ready`.

        `expected` is a step whose code a worker without a task may load in advance.
        """
        while ready:
            worker = self._idle(ready[0].step)
            task = self._take_task(worker, ready) if worker else None
            if worker is None or task is None:
                return
            self._send(worker, task)
        if expected and len(self._workers) < self.jobs:
            self._send(self._start(), replace(expected, only_prepare=True))

    @property
    def busy(self) -> bool:
        """Tell whether any step is being run."""
        return any(worker.task and not worker.task.only_prepare for worker in self._workers)

    def results(
        self, timeout: float, also: Connection | None = None
    ) -> Iterator[tuple[Task, StepResult]]:
        """Yield the steps that end within `timeout` seconds.

        What becomes readable in `also` ends the wait as well, and is left there.
        """
        pipes = {worker.pipe: worker for worker in self._workers if worker.task}
        others = [also] if also else []
        for pipe in wait([*pipes, *others], timeout) if pipes or others else ():
            if pipe is also:
                continue
            assert isinstance(pipe, Connection)
            worker = pipes[pipe]
            task, result = worker.task, self._receive(worker)
            if task and result:
                self._tell(worker, task, result)
                if not task.only_prepare:
                    yield task, result
        for worker in list(self._workers):
            task = worker.task
            late = task and time.monotonic() - worker.since > self._limit(task)
            if task and late and not self._gets_on(worker, task):
                self._discard(worker)
                what = f"took longer than {self._limit(task):g} s and was stopped"
                result = lost_result(task, what)
                self._tell(worker, task, result)
                if not task.only_prepare:
                    yield task, result

    def _tell(self, worker: _Worker, task: Task, result: StepResult) -> None:
        turn = Turn(
            task.post, task.step, worker.number, worker.began, time.monotonic(), result.seconds,
            task.only_prepare,
        )  # fmt: skip
        self._ran(turn)

    def _gets_on(self, worker: _Worker, task: Task) -> bool:
        """Tell whether a step that is late has used the processor; then its time begins again."""
        used = budget.used_by(worker.process.pid or 0)
        if not task.seconds or used - worker.used < _GETS_ON * self._limit(task):
            return False
        worker.since, worker.used = time.monotonic(), used
        return True

    def _limit(self, task: Task) -> float:
        """Return the seconds that a step may take."""
        return self.seconds + CHAPTER_SECONDS * task.chapters

    def _receive(self, worker: _Worker) -> StepResult | None:
        """Return a worker's result, or a problem that says how the worker ended.

        None where it only tells where it is.
        """
        task = worker.task
        assert task
        try:
            result: StepResult | budget.Place = worker.pipe.recv()
        except (EOFError, OSError):
            self._discard(worker)
            if worker.process.exitcode == -budget.KILLED_BY:
                problem = stopped_at(worker.place, task.step, task.source, task.seconds)
                return StepResult(None, (problem,), 0, task.seconds, gave_up=True)
            what = f"ended its worker (exit code {worker.process.exitcode})"
            return replace(lost_result(task, what), is_lost=True)
        if isinstance(result, budget.Place):
            worker.place = result
            return None
        worker.task = None
        if result.memory > self.memory or result.gave_up:  # what was interrupted may be half done
            self._discard(worker)
        return result

    def _idle(self, step: str) -> _Worker | None:
        """Return a worker for a step: one that has loaded its code, else an idle or a new one."""
        idle = [worker for worker in self._workers if not worker.task]
        idle.sort(key=lambda worker: step not in worker.warmed)
        if idle:
            return idle[0]
        return self._start() if len(self._workers) < self.jobs else None

    def _take_task(self, worker: _Worker, ready: list[Task]) -> Task | None:
        """Take a step of a post that the worker knows, else of one that no other knows, else any.

        A worker remembers the converted pictures and code of its posts. A step whose code
        another worker is loading is left to that worker.
        """
        others = [other for other in self._workers if other is not worker]
        tasks = [other.task for other in others if other.task]
        loading = {task.step for task in tasks if task.only_prepare} - worker.warmed
        elsewhere = {post for other in others for post in other.posts}
        choices = [
            (task.post not in worker.posts, task.post in elsewhere, index)
            for index, task in enumerate(ready[:_CHOICE])
            if task.step not in loading
        ]
        return ready.pop(min(choices)[2]) if choices else None

    def _send(self, worker: _Worker, task: Task) -> None:
        if not task.only_prepare:
            task = replace(task, seconds=self._grant(task))
            worker.posts.append(task.post)
        worker.task, worker.began, worker.place = task, time.monotonic(), budget.NOWHERE
        worker.since = worker.began
        worker.used = budget.used_by(worker.process.pid or 0)
        worker.warmed.add(task.step)
        with contextlib.suppress(OSError):  # it has died: `results` finds its pipe closed
            worker.pipe.send(task)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._workers]
        inherited = [ours, *others] if FORKS else []
        arguments = (theirs, inherited, os.getpid(), self._private, self.memory)
        process = self._context.Process(target=_serve, args=arguments, daemon=True)
        with without_interrupts():
            process.start()
        theirs.close()
        self._started += 1
        worker = _Worker(process, ours, self._started)
        self._workers.append(worker)
        return worker

    def _discard(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join(5)
        worker.pipe.close()
        self._workers.remove(worker)


def _serve(
    pipe: Connection, inherited: list[Connection], build: int, private: Path | None, memory: int
) -> None:
    """Run tasks until the build (a process) closes the pipe, or is killed."""
    end_with(build)
    hide_warnings()  # where a worker is a new Python
    hide_logs()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build handles Ctrl-C
    if private and FORKS:  # elsewhere nothing is inherited
        _close_files_below(private)
    for connection in inherited:
        connection.close()  # else a worker would keep its own pipe open after the build's end
    gc.disable()  # it would take a fifth of WeasyPrint's time; garbage is collected between steps
    budget.tell_places(pipe.send)
    loaded: set[str] = set()
    try:
        while True:
            task: Task = pipe.recv()
            limit_memory(task.chapters)
            result = run(task)
            if result.memory > memory:  # garbage of a long post does not make it a greedy worker
                give_back_memory()
                result = replace(result, memory=own_memory())
            pipe.send(result)
            if task.step not in loaded or gc.get_count()[0] > _GARBAGE:
                loaded.add(task.step)
                gc.collect()
                gc.freeze()  # what is left is code and caches, which need not be looked at again
    except (EOFError, OSError):
        pass
    from hanpan import pandoc  # only workers have one

    pandoc.stop()
    os._exit(0)  # nothing to clean up: files are written whole, and shutting Python down takes long


def _close_files_below(folder: Path) -> None:
    """Close the files that a fork has inherited: the lock of out/, and SQLite's.

    Not by what owns them: SQLite would take its own locks for the build's.
    """
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            if Path(os.readlink(f"/proc/self/fd/{name}")).is_relative_to(folder):
                os.close(int(name))


def lost_result(task: Task, what: str) -> StepResult:
    """Return the result of a step that has none; `what` completes "the step ..."."""
    problem = Problem(
        "worker-lost",
        "error",
        f"{task.step}: the step {what}",
        task.source,
        None,
        "The post's other editions are built. Look for something huge or endless in the post.",
    )
    return StepResult(None, (problem,), 0)
