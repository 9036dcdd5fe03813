"""What a person sees of a build: a progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from hanpan.plan.posts import Planned
from hanpan.problems import Problem
from hanpan.reports.build_json import located
from hanpan.runner.builder import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from hanpan.builds import Outcome
    from hanpan.publish.run import Published
    from hanpan.vendoring import Vendored

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
        self._close_bar()

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
                self._tell(problem)
        count = {
            kind: sum(problem.severity == kind for problem in outcome.problems)
            for kind in ("error", "warning")
        }
        steps = outcome.summary["steps"]
        parts = [
            _plural(outcome.posts, "post"),
            f"{_plural(steps['run'], 'step')} run, {steps['fresh']} fresh",
            *(_plural(number, kind) for kind, number in count.items() if number),
            f"{outcome.summary['seconds']:.1f} s",
        ]
        place = f" -> {out}/" if out else ""
        print("; ".join(parts) + place)

    def vendored(self, done: Iterable[Vendored], *, dry_run: bool) -> int:
        """Say what became of each post's remote pictures; return the exit code."""
        pictures = references = code = 0
        for post in done:
            for problem in post.problems:
                self._tell(problem)
                code = max(code, int(problem.severity == "error"))
            if post.rewritten:
                count = _plural(post.rewritten, "reference")
                print(f"{post.path}: {count} to {_plural(len(post.copies), 'picture')}")
                for copy in post.copies:
                    print(f"    {copy.path}")
            pictures += len(post.copies)
            references += post.rewritten
        said = "would be rewritten; nothing was written" if dry_run else "rewritten"
        print(f"{_plural(references, 'reference')} {said}; {_plural(pictures, 'picture')}")
        return code

    def published(self, done: Iterable[Published]) -> tuple[int, list[dict[str, Any]]]:
        """Say what became of each post that was sent; return the exit code, and all as JSON."""
        code, listed = 0, []
        for post in done:
            listed.append(post.as_json())
            for problem in post.done.problems:
                self._tell(problem)
            code = max(code, int(post.done.action == "failed"))
            if not self.quiet:
                self._close_bar()
                _print_published(post)
        return code, listed

    def _close_bar(self) -> None:
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

    def _problem(self, post: Planned, problem: Problem) -> None:
        self._tell(located(problem, post.file.root, Path.cwd()))

    def _stale(self, post: str, step: str, reason: str) -> None:
        if self.why:
            self._say(f"{post.removeprefix('../')}: {step}: {reason}")

    def _tell(self, problem: Problem) -> None:
        severity = problem.severity
        if self.colour:
            severity = f"\x1b[{_COLOURS[severity]}m{severity}\x1b[0m"  # type: ignore[assignment]
        near = " (near)" if problem.approximate else ""
        place = f"{problem.place()}{near}: " if problem.path else ""
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


def _print_published(post: Published) -> None:
    """Print what became of a post: a line, and below it what was asked to be shown."""
    remote, request = post.done.remote, post.done.request
    state = f" ({remote.status}) {remote.url}" if remote else ""
    print(f"{post.source}: {post.done.action}{state}")
    if request:
        print(request.as_text())
    if post.done.difference:
        print(post.done.difference)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
