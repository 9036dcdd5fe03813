"""Workers on a cluster: steps go out in batches, and results come home as if they were made here.

A batch goes to one worker that this build chooses, for it knows what each has. When a worker is
lost, the step that it was running is tried once more, alone; one that loses a second worker is
reported. A step that no worker can run, or not with the same result, runs here.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from uuid import uuid4

from hanpan.cluster.address import ClusterAddress
from hanpan.cluster.engine import StepProcess
from hanpan.cluster.homecoming import arrive
from hanpan.cluster.orders import Batch, BatchAnswer, Order, OrderResult
from hanpan.cluster.placing import MOST, Placing
from hanpan.cluster.roster import Absence, KnownWorker, Roster, SentBatch, refusal, refused_worker
from hanpan.cluster.scheduler import Returned, Scheduler
from hanpan.cluster.supplies import NotSendable, Supplies
from hanpan.cluster.versions import versions_here
from hanpan.cluster.worker import leave, probe, run_batch
from hanpan.runner.builder import Builder
from hanpan.runner.pool import lost_result, processors
from hanpan.runner.progress import Turn
from hanpan.runner.steps import StepResult, Task

_DEATHS = 2  # workers that a step may lose
_ROUNDS = 6  # times that a step is sent because it lacked a file
_SECONDS = 2.0  # of work that a batch should have
_MOST = 16  # steps of a batch
_SIZE = 16_000_000  # bytes of contents in a batch of several steps
_SMOOTH = 0.1  # share of the newest step in the mean time of one
_FAILURES = 3  # batches in a row that may fail on a worker
_OWN = 10_000  # added to the numbers of workers on this machine, in a profile
_Ended = tuple[Task, StepResult]


class ClusterWorkers:
    """Those who run the steps of one build on a cluster."""

    def __init__(self, address: ClusterAddress, builder: Builder) -> None:
        self._address = address
        self._builder = builder
        self._build = uuid4().hex
        self._date = os.environ.get("SOURCE_DATE_EPOCH")
        self._supplies = Supplies(builder)
        self._roster = Roster()
        self._probes: dict[int, str] = {}
        self._refused: set[str] = set()
        self._again: list[Task] = []  # to be sent once more
        self._alone: deque[Task] = deque()  # ... each in a batch of its own
        self._here: deque[Task] = deque()  # that run on this machine
        self._deaths: Counter[tuple[str, str]] = Counter()
        self._rounds: Counter[tuple[str, str]] = Counter()
        self._ended: deque[_Ended] = deque()
        self._count = 0  # of batches
        self._mean = _SECONDS / 4
        self._absence = Absence(address.shown)
        self._engine: StepProcess | None = None
        self._jobs = builder.options.jobs or processors()

    def __enter__(self) -> ClusterWorkers:
        """Connect. Raises BuildError."""
        self._versions = versions_here()
        folder = self._builder.state.folder / "cluster"
        self._scheduler = Scheduler(self._address, self._build, folder)
        self._placing = Placing(self._scheduler.wake)
        return self

    def __exit__(self, *_: object) -> None:
        for batch in self._roster.open:
            self._scheduler.drop(batch.number)
        self._scheduler.close(leave)
        self._placing.close()
        if self._engine:
            self._engine.close()

    @property
    def busy(self) -> bool:
        """Tell whether a step that was submitted has no result yet."""
        waiting = self._again or self._alone or self._here or self._ended
        engine = self._engine.open if self._engine else 0
        return bool(waiting or self._roster.open or self._placing.open or engine)

    def submit(self, ready: list[Task], expected: Task | None = None) -> None:
        """Send batches to workers that have room, and remove their steps from `ready`."""
        if self._scheduler.is_lost and self._placing.open:
            return  # what has come home is kept first
        self._muster()
        for worker in self._roster.with_room() if self._placing.open < MOST else ():
            while worker.room > 0 and (tasks := self._choose(worker, ready)):
                self._send(worker, tasks)
        while self._here and (not self._engine or self._engine.open < self._jobs):
            if not self._engine or self._engine.is_over:
                self._engine = StepProcess(self._jobs, self._date)
            self._engine.submit(self._here.popleft())

    def results(self, timeout: float, also: Connection | None = None) -> Iterator[_Ended]:
        """Yield the steps that end within `timeout` seconds; their results are in place."""
        engine = self._engine
        pipes = [self._scheduler.pipe, *([engine.pipe] if engine and engine.open else [])]
        if not self._ended:
            wait([*pipes, *([also] if also else [])], timeout)
        for returned in self._scheduler.returned():
            self._receive(returned)
        for one in self._placing.done():
            if one.is_there:
                self._end(one.task, one.result, one.turn)
            else:
                self._here.append(one.task)  # the step itself reports why it cannot write
        if engine and engine.open:
            for task, result, turn in engine.results(0.0):
                self._end(task, result, turn and replace(turn, worker=turn.worker + _OWN))
        while self._ended:
            yield self._ended.popleft()

    def _muster(self) -> None:
        """Look who works there: ask new ones what they have, give steps of lost ones to others."""
        self._scheduler.check()
        there = self._scheduler.workers
        for address in self._roster.workers.keys() - there.keys():
            self._lose(self._roster.workers.pop(address))
        asked = {*self._roster.workers, *self._refused, *self._probes.values()}
        for address in there.keys() - asked:
            self._probes[self._scheduler.send(probe, self._build, address)] = address
        for number in [one for one, at in self._probes.items() if at not in there]:
            self._scheduler.drop(number)
            del self._probes[number]
        self._refused &= there.keys()
        if problem := self._absence.look(self._roster.workers, there, self._refused):
            self._builder.progress.damage(problem)

    def _choose(self, worker: KnownWorker, ready: list[Task]) -> list[Task]:
        """Take the steps of the next batch for a worker out of those that wait."""
        if self._alone:
            return [self._alone.popleft()] if worker.is_idle else []
        share = -(-(len(ready) + len(self._again)) // (2 * self._roster.slots))
        most = min(_MOST, share, int(_SECONDS / self._mean) + 1)
        tasks = self._roster.take(worker, self._again, most)
        return tasks or self._roster.take(worker, ready, most)

    def _granted(self, task: Task) -> Task:
        """Return a step with the seconds that it may take, which it is granted once."""
        return task if task.seconds else replace(task, seconds=self._builder.shares.grant(task))

    def _send(self, worker: KnownWorker, tasks: list[Task]) -> None:
        """Send steps in one batch, with what the worker lacks; those that cannot go run here."""
        contents: dict[str, bytes] = {}
        orders: list[Order] = []
        sent: list[Task] = []
        laid: dict[tuple[str, str], str] = {}
        size = 0
        for task in map(self._granted, tasks):
            if sent and size > _SIZE:
                self._again.append(task)
                continue
            if task.input.outline or task.input.page:  # it is made of many posts
                self._here.append(task)
                continue
            try:
                supply = self._supplies.order(task)
                order = supply.without(worker.laid)
                lacking = order.digests() - worker.has - contents.keys()
                new = {digest: supply.content(digest) for digest in lacking}
            except NotSendable:
                self._here.append(task)
                continue
            contents |= new
            size += sum(map(len, new.values()))
            orders.append(order)
            sent.append(task)
            laid |= {
                (order.place, file.path): file.digest
                for file in order.files
                if file.path in supply.common
            }
            worker.posts.append(task.post)
        if not sent:
            return
        self._count += 1
        name = f"{self._build}-{self._count}"
        batch = Batch(self._build, name, worker.epoch, self._date, tuple(orders), contents)
        number = self._scheduler.send(run_batch, batch, worker.address)
        worker.batches[number] = SentBatch(number, name, sent, orders, laid)
        worker.note(contents)

    def _receive(self, returned: Returned) -> None:
        address = self._probes.pop(returned.number, "")
        if address:
            self._welcome(address, returned)
            return
        at = (one for one in self._roster.workers.values() if returned.number in one.batches)
        worker = next(at, None)
        if worker is None:
            return
        batch = worker.batches[returned.number]
        if isinstance(returned.value, BatchAnswer):
            del worker.batches[returned.number]
            self._take(worker, batch, returned.value)
        elif type(returned.error).__name__ == "KilledWorker":  # it came back under its name
            del worker.batches[returned.number]
            self._strike(batch, worker.address)
        elif worker.address in self._scheduler.workers:  # else `_muster` finds that it is lost
            self._fail(worker, batch, returned)

    def _fail(self, worker: KnownWorker, batch: SentBatch, returned: Returned) -> None:
        """Have the steps of a batch that failed run elsewhere; leave a worker that only fails."""
        del worker.batches[batch.number]
        worker.failures += 1
        if worker.failures >= _FAILURES:
            self._put_back(list(worker.batches.values()))
            del self._roster.workers[worker.address]
            self._refuse(worker.address, f"it failed: {returned.reason}")
        for task in batch.tasks:
            self._send_again(task)

    def _welcome(self, address: str, returned: Returned) -> None:
        """Use a worker that has the same versions as this build."""
        if reason := refusal(self._versions, returned):
            self._refuse(address, reason)
        elif address in self._scheduler.workers:
            self._roster.add(address, self._scheduler.workers[address])

    def _refuse(self, address: str, reason: str) -> None:
        """Leave a worker out, and say why."""
        self._refused.add(address)
        problem = refused_worker(address, reason)
        self._builder.progress.damage(problem)
        self._builder.plan.problems.append(problem)

    def _take(self, worker: KnownWorker, batch: SentBatch, answer: BatchAnswer) -> None:
        """Take what came of a batch home."""
        if answer.epoch != worker.epoch:
            worker.forget(answer.epoch)
        self._scheduler.begun.pop(batch.name, None)
        worker.has -= answer.lacks
        worker.failures = 0
        if not answer.outcomes:
            self._again[:0] = batch.tasks
            return
        worker.laid |= batch.laid
        shift = time.monotonic() - answer.now
        for task, order, outcome in zip(batch.tasks, batch.orders, answer.outcomes, strict=True):
            self._bring_home(worker, task, order, outcome, shift)

    def _bring_home(
        self, worker: KnownWorker, task: Task, order: Order, outcome: OrderResult, shift: float
    ) -> None:
        """Have the result of a step placed, if it was made of what is here."""
        if outcome.result.is_lost:
            self._die(task, f"{worker.address}, twice a process of its own")
            return
        arrival = arrive(task, order, outcome, self._supplies)
        if arrival.result is None:
            for path in arrival.lacks:
                worker.laid.pop((order.place, path), None)
            self._here.append(task) if arrival.only_here else self._send_again(task)
            return
        result = arrival.result
        worker.note(result.trace.left() if result.trace else ())
        turn = Turn(
            task.post, task.step, worker.number, outcome.began + shift, outcome.ended + shift,
            result.seconds, False,
        )  # fmt: skip
        if arrival.results:
            self._placing.submit(task, result, turn, arrival.results)
        else:
            self._end(task, result, turn)

    def _send_again(self, task: Task) -> None:
        """Send a step once more, with what it has lacked; after some times it runs here."""
        self._rounds[task.post, task.step] += 1
        is_endless = self._rounds[task.post, task.step] > _ROUNDS
        (self._here if is_endless else self._again).append(task)

    def _end(self, task: Task, result: StepResult, turn: Turn | None) -> None:
        """Hand a result on to the build."""
        self._rounds.pop((task.post, task.step), None)
        if turn:
            self._mean += _SMOOTH * (turn.ended - turn.began - self._mean)
            self._builder.progress.ran(turn)
        self._ended.append((task, result))

    def _lose(self, worker: KnownWorker) -> None:
        """Have the steps of a worker that is gone run elsewhere."""
        running = worker.running()
        for batch in worker.batches.values():
            self._scheduler.drop(batch.number)
        for batch in running:
            self._strike(batch, worker.address)
        self._put_back([one for one in worker.batches.values() if one not in running])

    def _strike(self, batch: SentBatch, address: str) -> None:
        """Note with which step of a batch its worker was lost; with any, where nobody has said."""
        begun = self._scheduler.begun.pop(batch.name, None)
        for number, task in enumerate(batch.tasks):
            if begun in (number, None):
                self._die(task, address)
            else:
                self._again.append(task)

    def _put_back(self, batches: list[SentBatch]) -> None:
        for batch in batches:
            self._again[:0] = batch.tasks

    def _die(self, task: Task, where: str) -> None:
        """Note that a worker was lost with a step; try it once more, alone, or report it."""
        step = task.post, task.step
        self._deaths[step] += 1
        if self._deaths[step] < _DEATHS:
            self._alone.append(task)
            return
        result = lost_result(task, f"lost {_DEATHS} workers, the last one {where}")
        self._end(task, result, None)
