"""What people see of a build: a progress bar and colours on a terminal, plain lines elsewhere.

rich draws both. It takes longer to load than a third of a build in which nothing has changed, so
it is loaded for the first step that runs, or the first problem, and only on a terminal.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING

from hanpan.console import plain_line, print_line
from hanpan.messages.translation import translated
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem, Severity, number_of
from hanpan.reports.build_json import relative, with_path_from
from hanpan.reports.causes import Cause, causes_of
from hanpan.reports.formats.github import SHOWN, is_on_github, print_annotations
from hanpan.reports.listing import Extent, RuleListing, listings
from hanpan.reports.outcome import Outcome
from hanpan.reports.tally import tally
from hanpan.reports.tally_table import colourful, plain
from hanpan.reports.words import TerminalLabels
from hanpan.runner.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress as Bar

_MOST_TOLD = 20  # problems of one rule in one post, where they are told as they are found
_LONGEST_NAME = 32  # characters of a post's name, beside the bar
_MOST_NAMED = 3  # posts that are left out for one reason, problems that are gone
STYLES: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}


class Reporter:
    """Reports a build to people, on standard error.

    Problems are listed when the build has ended, those of posts that have not changed among them;
    or, if it `streams`, as they are found, those of what has run.
    """

    def __init__(
        self, *, quiet: bool = False, why: bool = False, streams: bool = False, lang: str = "en"
    ) -> None:
        self.quiet = quiet
        self.why = why
        self.lang = lang
        self.labels = TerminalLabels(lang)
        self.is_terminal = sys.stderr.isatty() and not os.environ.get("CI")
        self.has_colours = self.is_terminal and not os.environ.get("NO_COLOR")
        self._streams = streams
        self._terminal: Console | None = None
        self._bar: Bar | None = None
        self._posts = self._finished_posts = self._tenths = 0
        self._damage: list[Problem] = []  # that has been reported
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
            self._begin, self._finish_post, self._find, self._begin_step, self._report_damage
        )

    def waiting(self, out: str) -> None:
        """Report that another build is running in the same folder."""
        self._print(self.labels.waiting.format(out=out))

    def queueing(self) -> None:
        """Report that another run is publishing posts of the same site."""
        self._print(self.labels.queueing)

    def close(
        self, outcome: Outcome, out: Path | None = None, extent: Extent | None = None
    ) -> None:
        """Report how the build ended: what is to be put right, a table of it, and a line."""
        if self.quiet:
            return
        self._tell_skipped(outcome)
        if self._streams:  # the others have been told
            of_all = [one.problem for one in outcome.counted if not one.post]
            self.tell_of("", [problem for problem in of_all if problem not in self._damage])
        else:
            self._list(outcome, extent or Extent())
        problems = [one.problem for one in outcome.counted]
        counts = {
            severity: number_of(p for p in problems if p.severity == severity)
            for severity in ("error", "warning")
        }
        steps, labels = outcome.summary["steps"], self.labels
        run = steps["run"] if labels.is_korean else labels.count(steps["run"], "step")
        parts = [
            labels.count(outcome.posts, "post"),
            labels.steps.format(run=run, fresh=steps["fresh"])
            + (labels.adopted.format(number=steps["adopted"]) if "adopted" in steps else ""),
            *(labels.count(count, severity) for severity, count in counts.items() if count),
            labels.seconds.format(outcome.summary["seconds"]),
        ]
        print_line("; ".join(parts) + (f" -> {out / outcome.opens}" if out else ""))
        if is_on_github() and not self._streams:
            print_annotations(causes_of(outcome.only(_is_annotated).counted), self.lang, SHOWN)

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

    def _list(self, outcome: Outcome, extent: Extent) -> None:
        """Print what is to be put right, each remedy once, and the table."""
        causes = causes_of(one for one in outcome.counted if one.problem not in self._damage)
        shown = listings(causes, extent)
        for listing in shown:
            self._tell_rule(listing, extent)
        rows = tally(outcome.counted)
        if sum(row.problems for row in rows) > 1 or extent.summary:
            if self.has_colours:
                self._print_rich(colourful(rows, self.labels, STYLES))
            else:
                for line in plain(rows, self.labels):
                    self._print(line)
        if any(listing.left_out for listing in shown):
            self._print(self.labels.hint)
        self._tell_of_baseline(outcome)

    def _tell_rule(self, listing: RuleListing, extent: Extent) -> None:
        """Print the causes of a rule; a remedy follows the last of those that it puts right."""
        for number, cause in enumerate(listing.causes, 1):
            after = listing.causes[number] if number < len(listing.causes) else None
            self._tell_cause(cause)
            if cause.first.remedy and (after is None or after.first.remedy != cause.first.remedy):
                self._print(f"    {translated(cause.first.remedy, self.lang)}")
        if listing.causes and listing.left_out:
            self._print(self.labels.more.format(number=f"{listing.left_out:,}"))

    def _tell_cause(self, cause: Cause) -> None:
        labels, more = self.labels, ""
        if cause.others:
            posts = labels.count(cause.posts, "post")
            more = labels.also.format(number=f"{cause.others:,}", posts=posts)
        self._tell_line(cause.first, more)

    def tell_of_baseline(self, path: Path, number: int) -> None:
        """Report how many problems a baseline has."""
        counted = self.labels.count(number, "problem")
        self._print(self.labels.written.format(file=os.path.relpath(path), number=counted))

    def _tell_of_baseline(self, outcome: Outcome) -> None:
        """Print how many problems are known, and which of those are gone."""
        labels, file = self.labels, outcome.baseline
        known = number_of(one.problem for one in outcome.problems if one.known)
        if known:
            number = labels.count(known, "problem")
            self._print(labels.known.format(number=number, file=file))
        if outcome.gone:
            number = labels.count(len(outcome.gone), "problem")
            self._print(labels.gone.format(number=number, file=file))
            for path, rule in outcome.gone[:_MOST_NAMED]:
                self._print(f"    {path}: [{rule}]")
            if len(outcome.gone) > _MOST_NAMED:
                self._print(labels.more.format(number=f"{len(outcome.gone) - _MOST_NAMED:,}"))

    def _tell_skipped(self, outcome: Outcome) -> None:
        """Print how many posts were left out for each reason, and the first of them."""
        by_reason: dict[str, list[str]] = {}
        for post in outcome.summary["posts"]:
            if "skipped" in post:
                by_reason.setdefault(post["skipped"], []).append(post["source"])
        for reason, sources in by_reason.items():
            shown = ", ".join(sources[:_MOST_NAMED])
            if len(sources) > _MOST_NAMED:
                shown += self.labels.others.format(number=f"{len(sources) - _MOST_NAMED:,}")
            number = self.labels.count(len(sources), "file")
            reason = translated(reason, self.lang)
            self._print(self.labels.skipped.format(number=number, reason=reason, files=shown))

    def tell(self, problem: Problem) -> None:
        """Print a problem: its place, what is wrong, and what to do."""
        self._tell_line(problem)
        if problem.remedy:
            self._print(f"    {translated(problem.remedy, self.lang)}")

    def _tell_line(self, problem: Problem, more: str = "") -> None:
        near = self.labels.near if problem.approximate else ""
        place = plain_line(f"{problem.location()}{near}: " if problem.path else "")
        message = translated(problem.message, self.lang)
        text = plain_line(f": {message}{more} [{problem.rule}]")
        severity = self.labels.name_of(problem.severity)
        if self.has_colours and not self.quiet:
            from rich.text import Text

            # of parts that are plain
            self._print_rich(Text.assemble(place, (severity, STYLES[problem.severity]), text))
        else:
            self._print(f"{place}{severity}{text}")

    def _report_damage(self, problem: Problem) -> None:
        """Report at once why a build does more than it should."""
        self._damage.append(problem)
        self.tell(problem)

    def _begin(self, posts: int) -> None:
        self._posts = posts

    def _begin_step(self, post: str, step: str, reason: str) -> None:
        is_shown = self.is_terminal and not self.quiet and self._posts > 1
        if is_shown and not self._bar:
            from rich.progress import Progress as Bar

            # no refresh thread: workers are forked while the bar is shown
            self._bar = Bar(console=self._console(), transient=True, auto_refresh=False)
            self._bar.add_task("", total=self._posts, completed=self._finished_posts)
            self._bar.start()
        if self._bar:
            from rich.markup import escape

            name = escape(plain_line(PurePosixPath(post).stem)[:_LONGEST_NAME])
            self._bar.update(self._bar.task_ids[0], description=name, refresh=True)
        if self.why:
            reason = translated(reason, self.lang)
            self._print(f"{post.removeprefix('../')}: {step}: {reason}")

    def _finish_post(self, post: str) -> None:
        self._tell_rest(post)
        self._finished_posts += 1
        tenths = self._finished_posts * 10 // self._posts if self._posts else 0
        if self._bar:
            self._bar.update(self._bar.task_ids[0], completed=self._finished_posts, refresh=True)
        elif not self.is_terminal and self._posts >= 20 and tenths > self._tenths:
            self._tenths = tenths
            self._print(self.labels.progress.format(done=self._finished_posts, posts=self._posts))

    def _find(self, post: PlannedPost, problem: Problem) -> None:
        if self._streams:
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
                number = f"{count - _MOST_TOLD:,}"
                self._print(self.labels.more_of_post.format(post=name, number=number, rule=rule))

    def _console(self) -> Console:
        from rich.console import Console

        self._terminal = self._terminal or Console(stderr=True)
        return self._terminal

    def _print_rich(self, shown: RenderableType) -> None:
        if not self.quiet:
            self._console().print(shown, soft_wrap=True)

    def _print(self, line: str) -> None:
        """Print a line on standard error; above the bar, if there is one."""
        if self.quiet:
            return
        if self._bar:
            shown = plain_line(line)
            self._console().print(shown, markup=False, highlight=False, emoji=False, soft_wrap=True)
        else:
            print_line(line, sys.stderr)


def _is_annotated(problem: Problem) -> bool:
    """Tell whether a problem is worth a note that nobody asked for."""
    return problem.severity != "info"
