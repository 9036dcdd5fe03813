"""Hanging: what has no end is stopped, so that it is a failure and not a wait."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

HANG = 60.0  # seconds of the processor that nothing takes that ends, on any machine


class TooSlow(BaseException):
    """Time is up; no `except Exception` catches it, and Hypothesis does not make it smaller."""


@contextmanager
def within(seconds: float = HANG) -> Iterator[None]:
    """Raise TooSlow when the block takes more of the processor, also within one expression."""

    def stop(*_: object) -> None:
        raise TooSlow(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
