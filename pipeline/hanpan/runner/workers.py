"""Workers: what a build asks of whoever runs its steps: processes of its own, or other machines."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Protocol

from hanpan.runner.steps import StepResult, Task


class Workers(Protocol):
    """Those who run the steps of one build; `Pool` is the one for this machine.

    They are there within a `with` block, at whose end they stop, whatever they are doing. Each step
    that is submitted has one result, whatever happens to who runs it.
    """

    @property
    def busy(self) -> bool:
        """Tell whether a step that was submitted has no result yet."""

    def submit(self, ready: list[Task], expected: Task | None = None) -> None:
        """Take as many of the tasks as there is room for, and remove them from `ready`.

        `expected` is a step whose code a worker that has nothing else to do may load in advance.
        """

    def results(
        self, timeout: float, also: Connection | None = None
    ) -> Iterator[tuple[Task, StepResult]]:
        """Yield the steps that end within `timeout` seconds; their results are in place.

        What becomes readable in `also` ends the wait as well, and is left there.
        """

    def __enter__(self) -> Workers: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
