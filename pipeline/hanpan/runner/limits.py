"""Limits: what a step may take of the processor and of memory, and what is said when it is over."""

from __future__ import annotations

import contextlib
import gc
import resource
import sys
from pathlib import Path

from hanpan import budget
from hanpan.problems import Problem

MEMORY = 1_600_000_000  # bytes of a worker; docs/facts.md has what honest posts need
_CHAPTER = 20_000_000  # as many more for each chapter of a book
_AGAIN = "It is built again when it changes, or with --force."


def limit_memory(chapters: int) -> None:
    """Let this process have as much memory as a post may take, or a book of so many chapters."""
    with contextlib.suppress(OSError, ValueError):  # a lower limit is set from outside
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY + _CHAPTER * chapters, hard))


def own_memory() -> int:
    """Return the bytes of memory that this process has for itself.

    Linux: resident without files that are mapped, for pages of fonts are shared by all workers and
    given back when memory is short. Elsewhere: the largest resident memory that it has had.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def give_back_memory() -> None:
    """Collect garbage, and give the system what the C library keeps for later."""
    import ctypes  # only here

    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


def stopped(step: str, source: str, seconds: float, error: BaseException | None = None) -> Problem:
    """Return the problem of a step that was stopped: by what ended its process, or an error."""
    place = budget.place()
    return stopped_at(place, step, source, seconds, out_of_memory=isinstance(error, MemoryError))


def stopped_at(
    place: budget.Place, step: str, source: str, seconds: float, *, out_of_memory: bool = False
) -> Problem:
    """Return the problem of a step that was stopped while it was at a place."""
    where = f", at {place.what}" if place.what else ""
    if out_of_memory:
        rule, what = "no-memory", f"needs more memory than a post may take{where}"
        remedy = f"Use fewer or smaller pictures, or split the post. {_AGAIN}"
    else:
        rule = "too-slow"
        what = f"took more than {seconds:.1f} s of the processor and was stopped{where}"
        remedy = f"Split the post, or raise `seconds` in [limits] of site.toml. {_AGAIN}"
    return Problem(rule, "error", f"{step}: the step {what}", source, place.line, remedy)


def unexpected(step: str, source: str, error: Exception) -> Problem:
    """Return a problem that says where in hanpan the error was raised, for a report."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    message = f"{step}: {type(error).__name__}: {error} (in {where})"
    remedy = "This is a bug in hanpan: please report it. The post's other editions are built."
    if isinstance(error, OSError):
        remedy = "Check the file and its folder, then build again."
    return Problem("step-failed", "error", message, source, None, remedy)
