"""Roster: the workers of a cluster as a build knows them: what each has, and how much is out."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from hanpan.cluster.address import cluster_lost
from hanpan.cluster.orders import Order
from hanpan.cluster.scheduler import Returned
from hanpan.cluster.versions import differences
from hanpan.problems import Problem
from hanpan.runner.steps import Task

_RECENT = 64  # steps whose posts a worker is taken to remember
_CHOICE = 64  # steps at the front of a queue that are looked at for one that suits a worker
_REMEMBERED = 200_000  # contents that a worker is known to have
_NOTICE = 5.0  # seconds without a worker, after which that is said
_PATIENCE = 600.0  # ... after which the build ends
_AHEAD = 1  # batches that wait at a worker, so that it need not wait for the next


@dataclass(slots=True)
class SentBatch:
    """A batch that is out."""

    number: int
    name: str
    tasks: list[Task]
    orders: list[Order]
    laid: dict[tuple[str, str], str]  # files of the whole site in it, as KnownWorker has them


@dataclass(slots=True)
class KnownWorker:
    """A worker that may be sent batches: `slots` of them run at once."""

    address: str
    slots: int
    number: int  # from 1, as they come
    epoch: str = ""
    has: set[str] = field(default_factory=set)  # hashes of contents
    laid: dict[tuple[str, str], str] = field(default_factory=dict)  # by place and path: a hash
    posts: deque[str] = field(default_factory=lambda: deque(maxlen=_RECENT))
    batches: dict[int, SentBatch] = field(default_factory=dict)
    failures: int = 0  # batches in a row of which nothing came

    @property
    def room(self) -> int:
        """Return how many more batches it may be sent; one while it is not known what it has."""
        return (self.slots + _AHEAD if self.epoch else 1) - len(self.batches)

    @property
    def is_idle(self) -> bool:
        """Tell whether it has nothing to do at the moment, or too little."""
        return len(self.batches) < self.slots

    def forget(self, epoch: str) -> None:
        """Begin again with a worker whose folder is empty."""
        self.epoch = epoch
        self.has.clear()
        self.laid.clear()

    def note(self, digests: Iterable[str]) -> None:
        """Note contents that it has; what is forgotten is sent once more."""
        if len(self.has) > _REMEMBERED:
            self.has.clear()
        self.has.update(digests)

    def running(self) -> list[SentBatch]:
        """Return the batches that it may have been running: the oldest."""
        return list(self.batches.values())[: self.slots]


class Absence:
    """How long a build has had nobody to work for it."""

    def __init__(self, cluster: str) -> None:
        self._cluster = cluster
        self._since = time.monotonic()
        self._is_told = False

    def look(
        self, used: Collection[str], there: Collection[str], refused: AbstractSet[str]
    ) -> Problem | None:
        """Return what is to be said of it, once. Raises BuildError when it lasts too long."""
        absent = time.monotonic() - self._since
        if used:
            self._since = time.monotonic()
        elif there and all(one in refused for one in there):
            remedy = "Install the same versions there as here; `hanpan doctor` lists them."
            raise cluster_lost(f"no worker of {self._cluster} can be used", remedy)
        elif absent > _PATIENCE:
            message = f"{self._cluster} has had no worker for {_PATIENCE:.0f} s"
            raise cluster_lost(message, "Start workers.")
        elif absent > _NOTICE and not there and not self._is_told:
            self._is_told = True
            message = f"{self._cluster} has no worker yet; waiting for one"
            return Problem("cluster-worker", "info", message, remedy="Start workers.")
        return None


class Roster:
    """The workers that are there."""

    def __init__(self) -> None:
        self.workers: dict[str, KnownWorker] = {}
        self._count = 0

    def add(self, address: str, slots: int) -> None:
        """Add a worker."""
        self._count += 1
        self.workers[address] = KnownWorker(address, max(1, slots), self._count)

    @property
    def slots(self) -> int:
        """Return how many batches run at once."""
        return sum(worker.slots for worker in self.workers.values())

    @property
    def open(self) -> list[SentBatch]:
        """Return the batches that are out."""
        return [batch for one in self.workers.values() for batch in one.batches.values()]

    def with_room(self) -> list[KnownWorker]:
        """Return the workers that may be sent something, those with least to do first."""
        free = [worker for worker in self.workers.values() if worker.room > 0]
        return sorted(free, key=lambda worker: len(worker.batches) / worker.slots)

    def take(self, worker: KnownWorker, ready: list[Task], most: int) -> list[Task]:
        """Take steps for a worker out of a queue.

        Those of posts that it has worked on come first, then those of posts that no other has; an
        idle worker takes what there is.
        """
        others = (one for one in self.workers.values() if one is not worker)
        elsewhere = {post for other in others for post in other.posts}
        choices = sorted(
            (task.post not in worker.posts, task.post in elsewhere, index)
            for index, task in enumerate(ready[:_CHOICE])
        )
        if not worker.is_idle:
            choices = [one for one in choices if not one[1] or not one[0]]
        chosen = [index for _, _, index in choices[:most]]
        tasks = [ready[index] for index in chosen]
        for index in sorted(chosen, reverse=True):
            del ready[index]
        return tasks


def refusal(versions: dict[str, str], returned: Returned) -> str:
    """Return why a worker is not used that has told its versions; an empty text where it is."""
    if returned.error is not None:
        is_missing = isinstance(returned.error, ImportError)
        what = "hanpan is not installed there" if is_missing else "it failed"
        return f"{what}: {returned.reason}"
    return differences(versions, returned.value)


def refused_worker(address: str, reason: str) -> Problem:
    """Return the problem of a worker that is not used."""
    remedy = "Install the same versions there as here, then start the worker again."
    message = f"the worker {address} is not used: {reason}"
    return Problem("cluster-worker", "warning", message, remedy=remedy)
