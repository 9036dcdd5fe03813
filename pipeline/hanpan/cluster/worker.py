"""What a worker of Dask runs: batches, in the folder that Dask gives it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from hanpan.cluster.engine import StepProcess
from hanpan.cluster.mirror import Mirror
from hanpan.cluster.orders import TOPIC, Batch, BatchAnswer, OrderResult
from hanpan.cluster.versions import versions_here
from hanpan.roots import real
from hanpan.runner.packs import NotShareable
from hanpan.runner.progress import Turn
from hanpan.runner.steps import StepResult, Task

_FORGOTTEN = 3600  # seconds after which a build that is not heard of has ended


@dataclass(slots=True)
class _Room:
    """What this worker has of one build."""

    mirror: Mirror
    engines: list[StepProcess] = field(default_factory=list)  # that do nothing now
    batches: int = 0  # that are being run
    used: float = 0.0


_rooms: dict[str, _Room] = {}
_lock = Lock()


def probe(build: str) -> dict[str, str]:
    """Return what is installed here."""
    return versions_here()


def leave(build: str) -> None:
    """Forget a build that has ended."""
    with _lock:
        room = _rooms.pop(build, None)
    if room:
        _remove(room)


def run_batch(batch: Batch) -> BatchAnswer:
    """Run the steps of a batch; run nothing where something is lacking."""
    with _room(batch.build) as room:
        mirror = room.mirror
        if batch.epoch != mirror.epoch:
            return BatchAnswer(mirror.epoch)
        mirror.add(batch.contents)
        lacks = set[str]().union(*map(mirror.lacking, batch.orders))
        if lacks:
            return BatchAnswer(mirror.epoch, lacks=frozenset(lacks))
        tasks = [mirror.task(order) for order in batch.orders]
        outcomes = []
        for number, task in enumerate(tasks):
            with _engine(room, batch.date) as engine:
                _tell(batch.name, number)  # if this worker is lost, it is with this step
                engine.submit(task)
                for _, result, turn in engine.results(None):
                    outcomes.append(_outcome(mirror, task, result, turn))
        return BatchAnswer(mirror.epoch, time.monotonic(), tuple(outcomes))


def _tell(batch: str, number: int) -> None:
    from distributed import get_worker

    get_worker().log_event(TOPIC, [batch, number])


def _outcome(mirror: Mirror, task: Task, result: StepResult, turn: Turn | None) -> OrderResult:
    began, ended = (turn.began, turn.ended) if turn else (0.0, 0.0)
    if result.trace is None:
        return OrderResult(result, began=began, ended=ended)
    try:
        data = mirror.pack(task.step, result.trace, result.contents)
    except NotShareable:
        return OrderResult(replace(result, trace=None, contents={}), is_too_large=True)
    # the trace is in the pack, and its problems with it
    bare = replace(result, trace=None, problems=(), contents={})
    return OrderResult(bare, data, False, began, ended)


@contextlib.contextmanager
def _room(build: str) -> Iterator[_Room]:
    """Hold what this worker has of a build; what others have left is removed."""
    now = time.monotonic()
    with _lock:
        old = [name for name, one in _rooms.items() if name != build and _is_forgotten(one, now)]
        left = [_rooms.pop(name) for name in old]
        if build not in _rooms:
            from distributed import get_worker

            folder = real(get_worker().local_directory) / f"hanpan-{build}"
            _rooms[build] = _Room(Mirror(Path(folder)))
        room = _rooms[build]
        if room.mirror.is_full and not room.batches:
            room.mirror.clear()
        room.batches += 1
    for one in left:
        _remove(one)
    try:
        yield room
    finally:
        with _lock:
            room.batches -= 1
            room.used = time.monotonic()


def _is_forgotten(room: _Room, now: float) -> bool:
    return not room.batches and now - room.used > _FORGOTTEN


def _remove(room: _Room) -> None:
    for engine in room.engines:
        engine.close()
    shutil.rmtree(room.mirror.folder, ignore_errors=True)


@contextlib.contextmanager
def _engine(room: _Room, date: str | None) -> Iterator[StepProcess]:
    """Lend a process that runs steps, one for each thread that asks at a time."""
    with _lock:
        engine = room.engines.pop() if room.engines else None
    if engine is None or engine.is_over:
        engine = StepProcess(1, date)
    try:
        yield engine
    except BaseException:
        engine.close()
        raise
    if not engine.is_over:
        with _lock:
            room.engines.append(engine)
