"""Aside: a function run in a process of its own, for commands that read posts without a pool."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from hanpan.console import hide_logs, hide_warnings
from hanpan.environment import FORKS
from hanpan.orphans import end_with

_LEAVE = 5.0  # seconds in which its pandoc must have ended, and removed its temporary file
Result = TypeVar("Result")


class Lost(Exception):
    """The process took too long, or ended without a result; the text says which."""


def run_aside(seconds: float, function: Callable[..., Result], *arguments: object) -> Result:
    """Return what a function returns; it must not raise. Raises Lost.

    What is passed and returned is pickled where the system cannot fork.
    """
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process: Any = context.Process(  # type: ignore[attr-defined]
        target=_run, args=(theirs, os.getpid(), function, arguments), daemon=True
    )
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise Lost(f"it took longer than {seconds:g} s and was stopped")
        result: Result = ours.recv()
        process.join(_LEAVE)
        return result
    except (EOFError, OSError):
        process.join(5)
        raise Lost(f"it ended its process (exit code {process.exitcode})") from None
    finally:
        process.kill()
        process.join(5)
        ours.close()


def _run(
    pipe: Connection, parent: int, function: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    end_with(parent)
    hide_warnings()
    hide_logs()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command handles Ctrl-C
    pipe.send(function(*arguments))
    from hanpan import pandoc  # one may have been started

    pandoc.stop()
    os._exit(0)
