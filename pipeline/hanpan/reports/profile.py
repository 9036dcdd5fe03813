"""Profile: which worker ran which step when, as Chrome's trace events, for `--profile`.

The form is the Trace Event Format ("JSON Object Format"), which chrome://tracing, Perfetto and
speedscope open: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan.editions import FOLLOWS
from hanpan.problems import Problem, UsageError, system_reason
from hanpan.runner.progress import Progress, Turn
from hanpan.runner.steps import READ

Event = dict[str, Any]
_PROCESS = 1
_BUILD = 0  # the thread of the build itself; workers are numbered from 1


@contextlib.contextmanager
def profiled(path: Path | None, progress: Progress) -> Iterator[Progress]:
    """Yield the callbacks for a build, and write its profile when it has ended, however that was.

    Without a path, nothing is noted. Raises UsageError where the file cannot be written.
    """
    if path is None:
        yield progress
        return
    profile = Profile(path)
    try:
        yield profile.watch(progress)
    finally:
        profile.write()


class Profile:
    """What a build did, while it runs and as a file afterwards."""

    def __init__(self, path: Path) -> None:
        """Begin. Raises UsageError where the file cannot be written: better now than at the end."""
        self.path = path
        self._replace_file("")
        self._start = time.monotonic()
        self._planned = self._start
        self._queued: dict[tuple[str, str], tuple[float, str]] = {}  # when, and why
        self._turns: list[Turn] = []

    def watch(self, progress: Progress) -> Progress:
        """Return callbacks that note what a build tells, and tell it on."""

        def began(posts: int) -> None:
            self._planned = time.monotonic()
            progress.began(posts)

        def stale(post: str, step: str, reason: str) -> None:
            self._queued[post, step] = time.monotonic(), reason
            progress.stale(post, step, reason)

        return replace(progress, began=began, stale=stale, ran=self._turns.append)

    def write(self) -> None:
        """Write the file. Raises UsageError where it cannot be written."""
        events = [*self._threads(), *self._of_build(), *self._steps(), *self._flows()]
        events += self._counts()
        text = json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}, ensure_ascii=False)
        self._replace_file(f"{text}\n")

    def _replace_file(self, text: str) -> None:
        try:
            self.path.write_text(text, "utf-8")
        except OSError as error:
            reason = system_reason(error)
            remedy = "Name a file in a folder that you may write to."
            message = f"the profile {self.path} cannot be written: {reason}"
            raise UsageError(Problem("profile", "error", message, remedy=remedy)) from None

    def _at(self, moment: float) -> int:
        """Return a moment in microseconds since the beginning."""
        return round((moment - self._start) * 1e6)

    def _threads(self) -> Iterator[Event]:
        names = {_BUILD: "build"} | {turn.worker: f"worker {turn.worker}" for turn in self._turns}
        yield _about("process_name", _BUILD, {"name": "hanpan"})
        for thread, name in sorted(names.items()):
            yield _about("thread_name", thread, {"name": name})
            yield _about("thread_sort_index", thread, {"sort_index": thread})

    def _of_build(self) -> Iterator[Event]:
        end = time.monotonic()
        last = max((turn.ended for turn in self._turns), default=self._planned)
        for name, since, until in (
            ("plan", self._start, self._planned),
            ("steps", self._planned, last),
            ("report", last, end),
        ):
            yield self._slice(name, "build", _BUILD, since, until, {})

    def _steps(self) -> Iterator[Event]:
        for turn in self._turns:
            if turn.only_prepares:
                yield self._slice(
                    f"load {turn.step}", "load", turn.worker, turn.began, turn.ended, {}
                )
                continue
            queued, reason = self._queued.get((turn.post, turn.step), (turn.began, ""))
            about = {
                "post": turn.post,
                "why": reason,
                "waited (s)": round(turn.began - queued, 3),
                "processor (s)": round(turn.processor, 3),
            }
            yield self._slice(turn.step, "step", turn.worker, turn.began, turn.ended, about)

    def _slice(
        self, name: str, kind: str, thread: int, since: float, until: float, about: Event
    ) -> Event:
        start = self._at(since)
        length = max(0, self._at(until) - start)
        event = {"name": name, "cat": kind, "ph": "X", "ts": start, "dur": length}
        return event | {"pid": _PROCESS, "tid": thread, "args": about}

    def _flows(self) -> Iterator[Event]:
        """Yield arrows: from a post's reading to its editions, and to one that follows another."""
        turns = {(turn.post, turn.step): turn for turn in self._turns if not turn.only_prepares}
        for number, turn in enumerate(turns.values()):
            before = turns.get((turn.post, FOLLOWS.get(turn.step, READ)))
            if before and before is not turn:
                arrow = {"name": "needs", "cat": "flow", "id": number, "pid": _PROCESS}
                # an arrow starts within its slice, not at its end
                start = max(self._at(before.began), self._at(before.ended) - 1)
                yield arrow | {"ph": "s", "ts": start, "tid": before.worker}
                yield arrow | {"ph": "f", "bp": "e", "ts": self._at(turn.began), "tid": turn.worker}

    def _counts(self) -> Iterator[Event]:
        """Yield how many steps wait for a worker and how many run, at each change."""
        changes: list[tuple[float, int, int]] = []
        for turn in self._turns:
            if not turn.only_prepares:
                queued, _ = self._queued.get((turn.post, turn.step), (turn.began, ""))
                changes += [(queued, 1, 0), (turn.began, -1, 1), (turn.ended, 0, -1)]
        waiting = running = 0
        for moment, more_waiting, more_running in sorted(changes):
            waiting, running = waiting + more_waiting, running + more_running
            counts = {"waiting": waiting, "running": running}
            event = {"name": "steps", "ph": "C", "ts": self._at(moment), "pid": _PROCESS}
            yield event | {"args": counts}


def _about(name: str, thread: int, about: Event) -> Event:
    """Return an event that describes a process or thread."""
    return {"name": name, "ph": "M", "pid": _PROCESS, "tid": thread, "args": about}
