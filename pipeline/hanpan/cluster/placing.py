"""Placing: results that have come home are written in threads: mostly they wait for the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from hanpan.runner.packs import Pack, place
from hanpan.runner.progress import Turn
from hanpan.runner.steps import StepResult, Task

_THREADS = 4
MOST = 64  # results that may wait, before no more steps are sent


@dataclass(frozen=True, slots=True)
class PlacedResult:
    """A result that was to be placed; `is_there` unless it could not be written."""

    task: Task
    result: StepResult
    turn: Turn
    is_there: bool


class Placing:
    """What is being written; `wake` is called, in a thread, when something is done."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._threads = ThreadPoolExecutor(_THREADS, "hanpan-placing")
        self._open: dict[Future[None], tuple[Task, StepResult, Turn]] = {}

    @property
    def open(self) -> int:
        """Return how many results are not there yet."""
        return len(self._open)

    def submit(self, task: Task, result: StepResult, turn: Turn, results: Pack) -> None:
        """Have a result written to where a build here would have written it."""
        future = self._threads.submit(place, results, [task.step], task.workspace, fetched=False)
        self._open[future] = task, result, turn
        future.add_done_callback(lambda _: self._wake())

    def done(self) -> Iterator[PlacedResult]:
        """Yield what is done."""
        for future in [one for one in self._open if one.done()]:
            task, result, turn = self._open.pop(future)
            error = future.exception()
            if error is not None and not isinstance(error, OSError | ValueError):
                raise error
            yield PlacedResult(task, result, turn, error is None)

    def close(self) -> None:
        """Wait for what is being written, and leave the rest."""
        self._threads.shutdown(cancel_futures=True)
