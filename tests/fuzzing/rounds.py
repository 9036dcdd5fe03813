"""Rounds: examples judged one after another, until time or number are up, or one is bad."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzzing.target import Target
from tests.support.limits.hanging import TooSlow, within

ROUND = 400  # examples with one seed
_MEMORY = Path("/dev/shm")  # a disk that nobody waits for
_TRIES = 3  # of one that was too slow: other work on the machine can make it so once


class Enough(BaseException):
    """The time for all examples is up, or there were as many as were asked for."""


def run(
    number: int,
    target: Target,
    *,
    seconds: float = float("inf"),
    most: float = float("inf"),
    watch: Callable[[Any], None] = lambda example: None,
) -> tuple[int, str]:
    """Judge examples for so many seconds of the processor, or so many of them.

    Return how many, and what the first bad one is. `watch` is told of each before it is judged.
    """
    count = 0
    end = time.process_time() + seconds
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        place = target.prepare(Path(name))

        def judge_next(example: Any) -> None:
            nonlocal count
            if count >= most or time.process_time() > end:
                raise Enough
            count += 1
            watch(example)
            _judge(target, place, example)

        at = number * 1_000_000
        while count < most and time.process_time() < end:
            at += 1
            report = _round(target.examples(), judge_next, at)
            if report:
                return count, report
    return count, ""


def _judge(target: Target, place: Any, example: Any) -> None:
    """Judge an example; it is too slow only if it is each time."""
    for left in reversed(range(_TRIES)):
        try:
            with within(target.seconds):
                target.judge(place, example)
            return
        except TooSlow:
            if not left:
                raise


def _round(examples: st.SearchStrategy[Any], judge: Callable[[Any], None], number: int) -> str:
    last: Any = None

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
    )
    @given(examples)
    def judge_all(example: Any) -> None:
        nonlocal last
        last = example
        judge(example)

    try:
        judge_all()
    except Enough:
        return ""
    except (Exception, TooSlow):  # whatever it is, it is what is looked for
        return report_of(last, f"seed {number}", traceback.format_exc(limit=-6))
    return ""


def report_of(example: Any, what: str, reason: str) -> str:
    """Keep an example in a file, and return what is wrong with it."""
    kind, data = example if isinstance(example, tuple) else ("md", example)
    name = what.replace(" ", "-")
    path = Path(tempfile.gettempdir(), f"hanpan-fuzz-{name}.{kind}")
    path.write_bytes(data)
    shown = data if len(data) < 2_000 else data[:1_000] + b" ... " + data[-1_000:]
    return f"{what}, {kind}, {len(data)} bytes in {path}: {shown!r}\n{reason}"
