"""Budget: the time of the processor that a step may take, and where the step is when it is up.

Two timers of the system count what this process uses, whatever else the machine does. The first
interrupts Python. The second, a little later, ends the process: it is in a library that does not
come back. What the process starts has neither.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType, FrameType, FunctionType

KILLED_BY = signal.SIGVTALRM  # what ends a process that Python could not interrupt
_GRACE = 2.0  # seconds until then
_AGAIN = 0.05  # seconds: something may swallow the first interruption


class TimeUp(BaseException):
    """The step's time is up; no `except Exception` catches it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a step is doing: `what` completes "was stopped at ...", `line` is in the post."""

    what: str = ""
    line: int | None = None


NOWHERE = Place()


@dataclass(slots=True)
class _Budget:
    allowed: float = 0.0  # seconds besides those that the step began with
    spent: float = 0.0  # seconds of other processes
    start: float = 0.0
    runs: bool = False
    place: Place = NOWHERE
    work: CodeType | None = None  # of the function that may be interrupted; None: any
    reasons: set[str] = field(default_factory=set)  # for what was allowed
    tell: Callable[[Place], None] | None = None


_now = _Budget()


def tell_places(tell: Callable[[Place], None]) -> None:
    """Have `tell` called with each place that this process may not come back from."""
    _now.tell = tell


def begin(seconds: float, work: Callable[..., object] | None = None) -> None:
    """Count from now on; raise TimeUp in the main thread once `seconds` are used, unless 0.

    It is raised within the function `work` only, and so never while one who has caught it counts.
    """
    if not seconds:
        return
    _now.work = work.__code__ if isinstance(work, FunctionType) else None
    signal.signal(signal.SIGPROF, _interrupt)
    signal.signal(KILLED_BY, signal.SIG_DFL)
    sys.unraisablehook = _report_unraisable
    _now.allowed = _now.spent = 0.0
    _now.place = NOWHERE
    _now.reasons.clear()
    _now.start = time.process_time()
    _now.runs = True
    _arm(seconds)


def end() -> float:
    """Stop counting; return the seconds that were used, without those that `allow` added."""
    if not _now.runs:
        return 0.0
    _now.runs = False
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    used = time.process_time() - _now.start + _now.spent
    return max(0.0, used - _now.allowed)


def left() -> float:
    """Return the seconds that are left; endless where nothing counts."""
    return signal.getitimer(signal.ITIMER_PROF)[0] if _now.runs else float("inf")


def allow(seconds: float, reason: str) -> None:
    """Add time for something that honestly takes long; for each reason once."""
    if _now.runs and reason not in _now.reasons:
        _now.reasons.add(reason)
        _now.allowed += seconds
        _arm(left() + seconds)


def spend(seconds: float) -> None:
    """Count what another process has used on this one's behalf."""
    if _now.runs:
        _now.spent += seconds
        _arm(max(left() - seconds, 0.001))


def used_by(process: int) -> float:
    """Return the seconds that a running process has used; 0 where it has ended, or is not told."""
    if sys.platform != "linux":
        return 0.0
    try:  # clock_getcpuclockid(3)
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return 0.0


def at(what: str, line: int | None = None) -> None:
    """Note what is being done."""
    _now.place = Place(what, line)


def risk() -> None:
    """Tell the place: the library that is called next may not come back."""
    if _now.runs and _now.tell:
        _now.tell(_now.place)


def place() -> Place:
    """Return what was being done last."""
    return _now.place


def _arm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds + _GRACE)


def _report_unraisable(what: sys.UnraisableHookArgs) -> None:
    """Report an error that Python swallows, but for an interruption: the next one follows."""
    if not issubclass(what.exc_type, TimeUp):
        sys.__unraisablehook__(what)


def _interrupt(_sign: int, frame: FrameType | None) -> None:
    while _now.work and frame and frame.f_code is not _now.work:
        frame = frame.f_back
    if _now.runs and (frame or not _now.work):
        raise TimeUp
