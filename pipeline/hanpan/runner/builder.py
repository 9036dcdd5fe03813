"""The build: the steps that are stale, run in parallel, each result kept as it comes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from hanpan.editions import FOLLOWS, SLOW_TO_LOAD
from hanpan.files import Digests
from hanpan.plan.options import Options
from hanpan.plan.posts import Plan, PlannedPost
from hanpan.problems import Problem
from hanpan.runner.line_numbers import renumbered
from hanpan.runner.outline import Outline
from hanpan.runner.pool import Pool, processors
from hanpan.runner.staleness import FAILED, Staleness
from hanpan.runner.state import State, Trace
from hanpan.runner.steps import READ, EditionInput, StepResult, Task
from hanpan.runner.tools import tools_of


@dataclass(slots=True)
class Progress:
    """What a build tells while it runs: set by the command line, silent by default."""

    began: Callable[[int], None] = lambda posts: None
    finished: Callable[[str], None] = lambda post: None
    problem: Callable[[PlannedPost, Problem], None] = lambda post, problem: None
    stale: Callable[[str, str, str], None] = lambda post, step, reason: None


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book whose chapters are read: `book` stands for it where a post would stand."""

    book: PlannedPost
    outline: Outline
    editions: tuple[str, ...]


class Builder:
    """One build of a plan."""

    def __init__(self, plan: Plan, options: Options, state: State, progress: Progress) -> None:
        self.plan = plan
        self.options = options
        self.state = state
        self.progress = progress
        self.out = options.out.resolve()
        self.digests = Digests(state.digests())
        self.tools = tools_of(state, self.digests)
        self.staleness = Staleness(options, state, self.digests, self.tools.fingerprint)
        self.traces = state.traces()
        self.ran = self.fresh = 0
        self.open_books: Callable[[], list[OpenBook]] = list  # asked once, when all posts are read
        self.book_steps: set[tuple[str, str]] = set()  # of the books that were opened
        self._posts = {post.key: post for post in plan.posts}
        self._open: dict[str, int] = {}  # steps of each post that have not ended
        # steps that have not ended -> the edition that follows, if one waits for it
        self._following: dict[tuple[str, str], tuple[str, EditionInput] | None] = {}
        self._ready: list[Task] = []

    def run(self) -> None:
        """Run every stale step."""
        self.progress.began(len(self.plan.posts))
        # the longest first: one that is begun last would keep a single worker busy at the end
        for post in sorted(self.plan.posts, key=lambda post: -post.file.size):
            self._begin(post)
        if self._ready or self._begin_books():
            with Pool(self.options.jobs or processors()) as pool:
                expected = self._expected()
                while self._ready or pool.busy or self._begin_books():
                    pool.submit(self._ready, expected)
                    self._while_waiting()
                    for task, result in pool.results(timeout=1.0):
                        self._end(task, result)
        if self.options.write:
            self.staleness.keep_locks(self.plan.posts, self.traces)
        self.state.keep_digests(self.digests.fresh)

    def _begin(self, post: PlannedPost) -> None:
        """Queue a post's reading, or its stale editions where the reading is fresh."""
        trace = self.traces.get((post.key, READ))
        reason = self.staleness.reason(post, READ, trace, {"slug:": post.slug})
        if reason:
            self._queue(post, READ, reason)
            self._open[post.key] = 1
        else:
            self.fresh += 1
            assert trace
            self._open[post.key] = 0
            self._editions(post, self.options.editions, EditionInput(trace.made, lines=trace.lines))

    def _begin_books(self) -> bool:
        """Queue the stale editions of books, for the chapters have come to an end."""
        books, self.open_books = self.open_books(), list
        for found in books:
            self._posts[found.book.key] = found.book
            self._open[found.book.key] = 0
            self.book_steps.update((found.book.key, edition) for edition in found.editions)
            self._editions(found.book, found.editions, EditionInput(outline=found.outline))
        return bool(self._ready)

    def _while_waiting(self) -> None:
        """Load what the index page will need, while the workers work."""
        if self.options.write:
            import_module("hanpan.editions.index")

    def _expected(self) -> Task | None:
        """Return the step that takes longest to load: what an idle worker may do in advance."""
        slowest = [edition for edition in SLOW_TO_LOAD if edition in self.options.editions]
        return replace(self._ready[0], step=slowest[0]) if slowest else None

    def _editions(self, post: PlannedPost, editions: tuple[str, ...], given: EditionInput) -> None:
        """Queue the stale editions of a post or book, ahead of other posts' reading.

        One that follows another waits for that one's end, to read what it leaves.
        """
        for edition in reversed(editions):
            if edition not in FOLLOWS:
                self._edition(post, edition, given)
        for edition in editions:
            before = FOLLOWS.get(edition, "")
            if (post.key, before) in self._following:
                self._following[post.key, before] = edition, given
                self._open[post.key] += 1
            elif before:
                trace = self.traces.get((post.key, before))
                # found fresh just now, or not asked for: then its pages may be of another text
                is_fresh = before in editions or not self.staleness.reason(
                    post, before, trace, given.reads()
                )
                left = trace.made if trace and is_fresh else ""
                self._edition(post, edition, replace(given, left=left))
        self._finish(post)

    def _edition(self, post: PlannedPost, edition: str, given: EditionInput) -> None:
        """Queue an edition if it is stale."""
        trace = self.traces.get((post.key, edition))
        reason = self.staleness.reason(post, edition, trace, given.reads())
        if reason:
            self._queue(post, edition, reason, given)
            self._open[post.key] += 1
            return
        self.fresh += 1
        if trace and self.options.write and trace.lines not in ("", given.lines):
            trace = self.traces[post.key, edition] = renumbered(
                trace, given.lines, self.state, self.out
            )
            self.state.keep(post.key, edition, trace)

    def _finish(self, post: PlannedPost) -> None:
        if not self._open[post.key]:
            self.progress.finished(post.key)

    def _queue(
        self, post: PlannedPost, step: str, reason: str, given: EditionInput | None = None
    ) -> None:
        self.progress.stale(post.key, step, reason)
        site = self.staleness.site(post.site)
        task = Task(
            post.key, step, post.file.relative, post.slug, post.site, site.workspace, site.lock,
            self.tools.fingerprint, given or EditionInput(),
        )  # fmt: skip
        if step in FOLLOWS.values():
            self._following[post.key, step] = None
        if given:
            self._ready.insert(0, task)
        else:
            self._ready.append(task)

    def _end(self, task: Task, result: StepResult) -> None:
        """Keep what a step gave, and queue what it makes possible."""
        self.ran += 1
        post = self._posts[task.post]
        old = self.traces.get((task.post, task.step))
        trace = result.trace or self._failure(old, result)
        if self.options.write and old:
            self.remove(set(old.writes) - set(trace.writes))
        self.traces[task.post, task.step] = trace
        self.state.keep(task.post, task.step, trace)
        for problem in result.problems:
            self.progress.problem(post, problem)
        self._open[task.post] -= 1
        if result.trace and task.step == READ:
            given = EditionInput(trace.made, lines=trace.lines)
            self._editions(post, self.options.editions, given)
            return
        if after := self._following.pop((task.post, task.step), None):
            self._open[task.post] -= 1
            edition, given = after
            left = result.trace.made if result.trace else ""
            self._edition(post, edition, replace(given, left=left))
        self._finish(post)

    def _failure(self, old: Trace | None, result: StepResult) -> Trace:
        """Return the trace of a step that failed: what stood before still stands."""
        empty = Trace({}, {}, FAILED)
        return replace(old or empty, tools=FAILED, problems=result.problems)

    def remove(self, paths: set[str]) -> None:
        """Remove files that hanpan wrote below out/, and the folders that are empty then."""
        for path in sorted(paths):
            target = self.out / path
            with contextlib.suppress(OSError):
                target.unlink()
            for folder in target.parents:
                if folder == self.out:
                    break
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    continue
                break

    def drop_gone(self) -> None:
        """Forget posts that are gone or unpublished, and remove what hanpan made of them.

        One that was there when the build began and cannot be read now has a problem to tell.
        """
        for key, known in self.state.posts().items():
            is_gone = key not in self._posts and not (self.out / known.path).is_file()
            if key in self.plan.skipped or is_gone:
                steps = [step for post, step in self.traces if post == key]
                for step in steps:
                    self.remove(set(self.traces.pop((key, step)).writes))
                self.state.forget(key)
        self.state.drop_documents(set().union(*(trace.left() for trace in self.traces.values())))


def seconds_since(start: float) -> float:
    """Return the seconds since a `time.monotonic()` value, to a hundredth."""
    return round(time.monotonic() - start, 2)
