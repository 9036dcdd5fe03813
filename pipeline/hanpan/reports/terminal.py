"""What people see of a build: a progress bar and colours on a terminal, plain lines elsewhere.

rich draws both. It takes longer to load than a third of a build in which nothing has changed, so
it is loaded for the first step that runs, or the first problem, and only on a terminal.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from hanpan.console import plain_line, print_line
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem, number_of
from hanpan.reports.build_json import relative, with_path_from
from hanpan.reports.outcome import Outcome
from hanpan.runner.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.text import Text

# rules of no single step: reported before any post is read, or when all are
PLANNING = (
    "no-posts",
    "slug-clash",
    "slug-duplicate",
    "file-name",
    "folder-unreadable",
    "index-page",
    "cache-unreachable",
    "cache-entry",
    "canonical-shared",
    "link-post",
)
_MOST_TOLD = 20  # problems of one rule in one post: more are counted
_MOST_NAMED = 3  # posts that are left out for one reason
_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}


class Reporter:
    """Reports a build to people; problems go to standard error as they are found."""

    def __init__(self, *, quiet: bool = False, why: bool = False) -> None:
        self.quiet = quiet
        self.why = why
        self.is_terminal = sys.stderr.isatty() and not os.environ.get("CI")
        self.has_colours = self.is_terminal and not os.environ.get("NO_COLOR")
        self._terminal: Console | None = None
        self._bar: Bar | None = None
        self._posts = self._finished_posts = self._tenths = 0
        self._counts: dict[str, Counter[str]] = {}  # by post: how many problems of each rule
        self._names: dict[str, str] = {}  # of posts, as they are shown

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
        """Return the callbacks that a build calls as it runs."""
        return Progress(
            self._begin, self._finish_post, self._tell_of_post, self._begin_step, self.tell
        )

    def waiting(self, out: str) -> None:
        """Report that another build is running in the same folder."""
        self._print(f"another build is running in {out}; waiting for it to finish")

    def queueing(self) -> None:
        """Report that another run is publishing posts of the same site."""
        self._print("another `hanpan publish` is sending posts of this site; waiting for its end")

    def close(self, outcome: Outcome, out: Path | None = None) -> None:
        """Report how the build ended."""
        if self.quiet:
            return
        for problem in outcome.problems:
            if problem.rule in PLANNING:
                self._tell_some(problem, problem.path)
        for post in list(self._counts):
            self._tell_rest(post)
        self._tell_skipped(outcome)
        counts = {
            severity: number_of(p for p in outcome.problems if p.severity == severity)
            for severity in ("error", "warning")
        }
        steps = outcome.summary["steps"]
        parts = [
            plural(outcome.posts, "post"),
            f"{plural(steps['run'], 'step')} run, {steps['fresh']} fresh",
            *(plural(count, severity) for severity, count in counts.items() if count),
            f"{outcome.summary['seconds']:.1f} s",
        ]
        print_line("; ".join(parts) + (f" -> {out}/" if out else ""))

    def _tell_skipped(self, outcome: Outcome) -> None:
        """Print how many posts were left out for each reason, and the first of them."""
        by_reason: dict[str, list[str]] = {}
        for post in outcome.summary["posts"]:
            if "skipped" in post:
                by_reason.setdefault(post["skipped"], []).append(post["source"])
        for reason, sources in by_reason.items():
            shown = ", ".join(sources[:_MOST_NAMED])
            more = len(sources) - _MOST_NAMED
            more_text = f" and {more:,} more" if more > 0 else ""
            self._print(f"skipped {plural(len(sources), 'file')}: {reason}: {shown}{more_text}")

    def close_bar(self) -> None:
        """Remove the progress bar, so that other output can follow."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def tell_of(self, post: str, problems: Iterable[Problem]) -> None:
        """Print the problems of a post: some of each rule, and how many more there are."""
        for problem in problems:
            self._tell_some(problem, post)
        self._tell_rest(post)

    def tell(self, problem: Problem) -> None:
        """Print a problem: its place, what is wrong, and what to do."""
        near = " (near)" if problem.approximate else ""
        place = plain_line(f"{problem.location()}{near}: " if problem.path else "")
        text = plain_line(f": {problem.message} [{problem.rule}]")
        if self.has_colours and not self.quiet:
            from rich.text import Text

            severity = (problem.severity, _STYLES[problem.severity])
            self._print(Text.assemble(place, severity, text))
        else:
            self._print(f"{place}{problem.severity}{text}")
        if problem.remedy:
            self._print(f"    {problem.remedy}")

    def _begin(self, posts: int) -> None:
        self._posts = posts

    def _begin_step(self, post: str, step: str, reason: str) -> None:
        if self.is_terminal and not self.quiet and self._posts > 1 and not self._bar:
            from rich.progress import Progress as Bar

            # no refresh thread: workers are forked while the bar is shown
            self._bar = Bar(console=self._console(), transient=True, auto_refresh=False)
            self._bar.add_task("posts", total=self._posts, completed=self._finished_posts)
            self._bar.start()
        if self.why:
            self._print(f"{post.removeprefix('../')}: {step}: {reason}")

    def _finish_post(self, post: str) -> None:
        self._tell_rest(post)
        self._finished_posts += 1
        tenths = self._finished_posts * 10 // self._posts if self._posts else 0
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._finished_posts, refresh=True)
        elif not self.is_terminal and self._posts >= 20 and tenths > self._tenths:
            self._tenths = tenths
            self._print(f"{self._finished_posts} of {self._posts} posts")

    def _tell_of_post(self, post: PlannedPost, problem: Problem) -> None:
        self._names[post.key] = relative(post.file.path, Path.cwd())
        self._tell_some(with_path_from(problem, post.file.root, Path.cwd()), post.key)

    def _tell_some(self, problem: Problem, post: str) -> None:
        """Print a problem of a post, unless enough of its rule have been printed."""
        counts = self._counts.setdefault(post, Counter())
        if counts[problem.rule] < _MOST_TOLD:
            self.tell(problem)
        counts[problem.rule] += problem.more or 1

    def _tell_rest(self, post: str) -> None:
        """Print how many problems of a post have not been printed."""
        name = self._names.get(post, post)
        for rule, count in self._counts.pop(post, Counter[str]()).items():
            if count > _MOST_TOLD:
                self._print(f"{name}: and {count - _MOST_TOLD:,} more of the rule {rule}")

    def _console(self) -> Console:
        from rich.console import Console

        self._terminal = self._terminal or Console(stderr=True)
        return self._terminal

    def _print(self, line: str | Text) -> None:
        """Print a line on standard error; above the bar, if there is one."""
        if self.quiet:
            return
        if not isinstance(line, str):  # of parts that are plain
            self._console().print(line, soft_wrap=True)
        elif self._bar:
            shown = plain_line(line)
            self._console().print(shown, markup=False, highlight=False, emoji=False, soft_wrap=True)
        else:
            print_line(line, sys.stderr)


def plural(number: int, noun: str) -> str:
    """Return a number and a noun that agree."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
