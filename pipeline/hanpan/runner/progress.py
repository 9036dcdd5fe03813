"""Progress: what a running build tells whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem


@dataclass(frozen=True, slots=True)
class Turn:
    """A step's turn on a worker; moments are `time.monotonic()`."""

    post: str
    step: str
    worker: int  # numbered from 1 as they start
    began: float
    ended: float
    processor: float  # seconds
    only_prepares: bool  # it loads a step's code in advance


@dataclass(slots=True)
class Progress:
    """Callbacks of a running build: set by the command line, silent by default."""

    began: Callable[[int], None] = lambda posts: None
    finished: Callable[[str], None] = lambda post: None
    problem: Callable[[PlannedPost, Problem], None] = lambda post, problem: None
    stale: Callable[[str, str, str], None] = lambda post, step, reason: None
    damage: Callable[[Problem], None] = lambda problem: None
    ran: Callable[[Turn], None] = lambda turn: None
