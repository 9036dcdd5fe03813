"""Failures: what is remembered of a step that has no result."""

from __future__ import annotations

from dataclasses import replace

from hanpan.files import Files
from hanpan.runner.staleness import FAILED
from hanpan.runner.steps import READ, StepResult, Task
from hanpan.runner.trace import Trace


def failed_trace(task: Task, old: Trace | None, result: StepResult, files: Files) -> Trace:
    """Return the trace of a failed step; what it wrote before is kept.

    One that was given up depends on what it had read, as far as that is known.
    """
    before = old or Trace({}, {}, FAILED)
    if not result.gave_up:
        return replace(before, tools=FAILED, problems=result.problems, given_up=False)
    own = {"slug:": task.slug} if task.step == READ else task.input.reads()
    known = {"settings:limits", *result.reads, f"file:{task.source}"} - own.keys()
    if task.input.outline:
        known.remove(f"file:{task.source}")  # a book is no file
    # as of now: what was read last may have been interrupted
    reads = {key: files.fingerprint(key) for key in sorted(known)} | own
    return replace(before, reads=reads, tools=task.tools, problems=result.problems, given_up=True)
