"""Watching: examples are judged in a process of their own, which may crash, hang or grow.

Its processor time is limited for each example by the system itself, so that a loop in C ends too;
a machine that is busy with other things makes nothing slower by this measure.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import pickle
import resource
import signal
import tempfile
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hanpan.console import hide_logs, hide_warnings
from tests.fuzzing.rounds import report_of, run
from tests.fuzzing.target import Target

MEMORY = 3_000_000_000  # bytes that a process may ask for
_SPARE = 4  # times the limit of an example after which the system ends the process


def run_watched(
    targets: Mapping[str, Target], name: str, number: int, seconds: float, jobs: int
) -> tuple[int, list[str]]:
    """Fuzz a target in so many processes; return the count of examples, and reports."""
    context = multiprocessing.get_context("fork")
    count, reports = 0, []
    with tempfile.TemporaryDirectory() as folder:
        workers = []
        for job in range(jobs):
            ours, theirs = context.Pipe(duplex=False)
            last = Path(folder, f"last-{job}")
            arguments = (targets[name], number + job, seconds, last, theirs)
            process = context.Process(target=_work, args=arguments)
            process.start()
            theirs.close()
            workers.append((process, ours, last))
        for process, ours, last in workers:
            try:
                done, report = ours.recv()
            except EOFError:
                process.join()
                done, report = 0, _epitaph(name, last, process.exitcode or 0)
            process.join()
            count += done
            reports += [report] if report else []
    return count, reports


def _work(target: Target, number: int, seconds: float, last: Path, pipe: Connection) -> None:
    hide_warnings()
    hide_logs()
    faulthandler.disable()  # how it ends is reported once, with the example
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def watch(example: Any) -> None:
        last.write_bytes(pickle.dumps(example))
        limit = int(time.process_time() + _SPARE * target.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))

    pipe.send(run(number, target, seconds=seconds, watch=watch))


def _epitaph(name: str, last: Path, code: int) -> str:
    """Return the report of an example that its process did not survive."""
    how = signal.Signals(-code).name if code < 0 else f"code {code}"
    if not last.is_file():
        return f"{name}: the process ended with {how} before the first example"
    example = pickle.loads(last.read_bytes())
    return report_of(example, f"{name} {how}", f"the process ended with {how}")
