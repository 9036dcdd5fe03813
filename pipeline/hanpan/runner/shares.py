"""Shares: how the time that a post may take is divided among its steps."""

from __future__ import annotations

from collections import defaultdict

from hanpan.editions import EDITIONS
from hanpan.runner.steps import READ, Task

_READING = 0.5  # of the whole, where editions follow


class Shares:
    """The processor time that is left to each post in this build.

    A step is given its share of what is left when it starts, by what steps of its kind take; what
    it does not use is there for those that start later. So steps that run at once do not take more
    than one after the other.
    """

    def __init__(self) -> None:
        self._left: dict[str, float] = {}
        self._open: dict[str, set[str]] = defaultdict(set)
        self._granted: dict[tuple[str, str], float] = {}

    def expect(self, post: str, step: str) -> None:
        """Reserve a share for a step that will run."""
        self._open[post].add(step)

    def grant(self, task: Task) -> float:
        """Return the seconds that a step may take which now starts."""
        whole = task.site.limits.seconds
        if task.chapters or task.input.page:
            return whole * max(1, task.chapters)
        left = self._left.setdefault(task.post, whole)
        if task.step == READ:
            share = _READING
        else:
            waiting = sum(EDITIONS[step].share for step in self._open[task.post] | {task.step})
            share = EDITIONS[task.step].share / waiting
        self._open[task.post].discard(task.step)
        seconds = self._granted[task.post, task.step] = left * share
        self._left[task.post] = left - seconds
        return seconds

    def settle(self, task: Task, used: float) -> None:
        """Give back what a step has not used."""
        granted = self._granted.pop((task.post, task.step), 0.0)
        if granted:
            self._left[task.post] += granted - min(used, granted)
