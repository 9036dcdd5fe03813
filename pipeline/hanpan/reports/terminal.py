"""What a person sees of a build: a progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem
from hanpan.reports.build_json import with_path_from
from hanpan.reports.outcome import Outcome
from hanpan.runner.builder import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from hanpan.reports.outcome import Outcome

# of no single step: found before any post is read, or when all are
PLANNING = (
    "no-posts",
    "slug-clash",
    "slug-duplicate",
    "file-name",
    "canonical-shared",
    "link-post",
)
_COLOURS = {"error": "31", "warning": "33", "info": "36"}


class Reporter:
    """Tells a person what a build does; problems go to standard error as they are found."""

    def __init__(self, *, quiet: bool = False, why: bool = False) -> None:
        self.quiet = quiet
        self.why = why
        self.terminal = sys.stderr.isatty() and not os.environ.get("CI")
        self.colour = self.terminal and not os.environ.get("NO_COLOR")
        self._bar: Bar | None = None
        self._total = self._done = self._told = 0

    def __enter__(self) -> Reporter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close_bar()

    def progress(self) -> Progress:
        """Return what the build calls as it goes."""
        return Progress(self._began, self._finished, self._problem, self._stale)

    def waiting(self, out: str) -> None:
        """Say that another build is at work in the same folder."""
        self._say(f"another build is at work in {out}; waiting for it to end")

    def close(self, outcome: Outcome, out: Path | None = None) -> None:
        """Say how the build ended."""
        if self.quiet:
            return
        for problem in outcome.problems:
            if problem.rule in PLANNING:
                self.tell(problem)
        count = {
            kind: sum(problem.severity == kind for problem in outcome.problems)
            for kind in ("error", "warning")
        }
        steps = outcome.summary["steps"]
        parts = [
            plural(outcome.posts, "post"),
            f"{plural(steps['run'], 'step')} run, {steps['fresh']} fresh",
            *(plural(number, kind) for kind, number in count.items() if number),
            f"{outcome.summary['seconds']:.1f} s",
        ]
        place = f" -> {out}/" if out else ""
        print("; ".join(parts) + place)

    def close_bar(self) -> None:
        """Take the bar away, for what is printed next."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _began(self, posts: int) -> None:
        self._total = posts
        if self.terminal and not self.quiet and posts > 1:
            from rich.console import Console
            from rich.progress import Progress as Bar

            # no refresh thread: workers are forked while the bar is shown
            self._bar = Bar(console=Console(stderr=True), transient=True, auto_refresh=False)
            self._bar.add_task("posts", total=posts)
            self._bar.start()

    def _finished(self, post: str) -> None:
        self._done += 1
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._done, refresh=True)
        elif (
            not self.terminal and self._total >= 20 and self._done * 10 // self._total > self._told
        ):
            self._told = self._done * 10 // self._total
            self._say(f"{self._done} of {self._total} posts")

    def _problem(self, post: PlannedPost, problem: Problem) -> None:
        self.tell(with_path_from(problem, post.file.root, Path.cwd()))

    def _stale(self, post: str, step: str, reason: str) -> None:
        if self.why:
            self._say(f"{post.removeprefix('../')}: {step}: {reason}")

    def tell(self, problem: Problem) -> None:
        """Print a problem: its place, what is wrong, and what to do."""
        severity = problem.severity
        if self.colour:
            severity = f"\x1b[{_COLOURS[severity]}m{severity}\x1b[0m"  # type: ignore[assignment]
        near = " (near)" if problem.approximate else ""
        place = f"{problem.location()}{near}: " if problem.path else ""
        self._say(f"{place}{severity}: {problem.message} [{problem.rule}]")
        if problem.remedy:
            self._say(f"    {problem.remedy}")

    def _say(self, line: str) -> None:
        if self.quiet:
            return
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr, flush=True)


def plural(number: int, noun: str) -> str:
    """Return a number and a noun that agree."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
