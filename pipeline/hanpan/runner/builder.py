"""The build: runs the stale steps in parallel, and keeps each result as it comes."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from hanpan.editions import FOLLOWS
from hanpan.files import Digests
from hanpan.plan.options import Options
from hanpan.plan.posts import Plan, PlannedPost
from hanpan.roots import Root, real
from hanpan.runner.failures import failed_trace
from hanpan.runner.line_numbers import UNREADABLE, renumber
from hanpan.runner.outline import OpenBook
from hanpan.runner.pool import Pool, processors
from hanpan.runner.progress import Progress
from hanpan.runner.shares import Shares
from hanpan.runner.sharing import NoCache, ResultCache, Wanted
from hanpan.runner.staleness import Staleness
from hanpan.runner.state import State
from hanpan.runner.steps import PAGE, READ, EditionInput, StepResult, Task, preparation
from hanpan.runner.tools import tools_of
from hanpan.runner.trace import Trace
from hanpan.runner.workers import Workers


class Builder:
    """One build of a plan."""

    def __init__(self, plan: Plan, options: Options, state: State, progress: Progress) -> None:
        self.plan = plan
        self.options = options
        self.state = state
        self.progress = progress
        self.out = real(options.out)
        self._own = Root(self.out, links=False)
        self.digests = Digests(state.digests())
        self.tools = tools_of(state, self.digests)
        self.staleness = Staleness(options, state, self.digests, self.tools.fingerprint)
        self.traces = state.traces()
        self.ran = self.fresh = 0
        # called once, when all posts have been read
        self.open_books: Callable[[], list[OpenBook]] = list
        self.book_steps: set[tuple[str, str]] = set()  # of the books that have been opened
        self._posts = {post.key: post for post in plan.posts}
        self._open: dict[str, int] = {}  # unfinished steps of each post
        # unfinished steps -> the edition that follows, if one waits for it
        self._following: dict[tuple[str, str], tuple[str, EditionInput] | None] = {}
        self._ready: list[Task] = []
        self.shares = Shares()
        self.cache: ResultCache = NoCache()
        self.open_workers: Callable[[], Workers] = self._open_pool
        self._has_run: set[str] = set()  # posts of which a step has
        self.adopted: set[tuple[str, str]] = set()  # steps whose results another build has had

    def planned(self, key: str) -> PlannedPost:
        """Return the post with a key, or what stands for a book."""
        return self._posts[key]

    def run(self) -> None:
        """Run every stale step."""
        self.progress.began(len(self.plan.posts))
        # longest first: one that starts last would keep a single worker busy at the end
        with self.cache:
            for post in sorted(self.plan.posts, key=lambda post: -post.file.size):
                if not self.cache.ask(Wanted(post, self.options.editions)):
                    self._begin_post(post)
            if self._has_work() or self._begin_books():
                self._run_steps()
        if self.options.write:
            self.staleness.keep_locks(self.plan.posts, self.traces)

    def _run_steps(self) -> None:
        """Run steps as they get ready, until nothing is left to do."""
        with self.open_workers() as workers:
            while self._has_work() or workers.busy or self._begin_books():
                workers.submit(self._ready, preparation(self._ready, self.options.editions))
                self._while_waiting()
                for task, result in workers.results(timeout=1.0, also=self.cache.pipe):
                    self._keep(task, result)
                for wanted in self.cache.answered():
                    self._begin(wanted)

    def _open_pool(self) -> Workers:
        jobs, private = self.options.jobs or processors(), self.state.folder
        return Pool(jobs, private=private, grant=self.shares.grant, ran=self.progress.ran)

    def _has_work(self) -> bool:
        return bool(self._ready) or self.cache.is_asked

    def _begin(self, wanted: Wanted) -> None:
        """Begin with a post or book, or with the editions of a post that was read."""
        if wanted.inputs:
            self._queue_editions(wanted.post, wanted.editions, wanted.inputs)
        else:
            self._begin_post(wanted.post)

    def _begin_post(self, post: PlannedPost) -> None:
        """Queue a post's reading, or its stale editions where the reading is fresh."""
        trace = self.traces.get((post.key, READ))
        reason = self._reason(post, READ, trace, {"slug:": post.slug})
        if reason or trace is None:
            self._queue(post, READ, reason)
            self._open[post.key] = 1
            return
        self.fresh += 1
        self._open[post.key] = 0
        if trace.given_up:
            self._leave(post, READ, trace)
            self._finish(post)
            return
        self._queue_editions(
            post, self.options.editions, EditionInput(trace.output, lines=trace.lines)
        )

    def _reason(
        self, post: PlannedPost, step: str, trace: Trace | None, inputs: Mapping[str, str]
    ) -> str:
        """Return why a step must run, or an empty text."""
        if (post.key, step) in self.adopted:
            return ""
        reason = self.staleness.reason(post, step, trace, inputs)
        return reason or ("--force asks for it" if self.options.force else "")

    def _leave(self, post: PlannedPost, step: str, trace: Trace) -> None:
        """Report a step that was given up, and that nothing has changed for."""
        self.progress.stale(post.key, step, "it was given up and is not run: nothing has changed")
        for problem in trace.problems:
            self.progress.problem(post, problem)

    def _begin_books(self) -> bool:
        """Queue the stale editions of books: all chapters have been read."""
        books, self.open_books = self.open_books(), list
        for book in books:
            self._posts[book.book.key] = book.book
            self._open[book.book.key] = 0
            self.book_steps.update((book.book.key, edition) for edition in book.editions)
            inputs = EditionInput(outline=book.outline, page=book.page)
            wanted = Wanted(book.book, book.editions, inputs)
            if book.page or not self.cache.ask(
                wanted
            ):  # a page is made sooner than it is asked for
                self._begin(wanted)
        return self._has_work()

    def _while_waiting(self) -> None:
        """Load what the index page needs while others are busy."""
        if self.options.write:
            import_module("hanpan.editions.index")

    def _queue_editions(
        self, post: PlannedPost, editions: tuple[str, ...], inputs: EditionInput
    ) -> None:
        """Queue the stale editions of a post or book, ahead of other posts' reading.

        An edition that follows another waits for its end, and reads what it leaves.
        """
        for edition in reversed(editions):
            if edition not in FOLLOWS:
                self._queue_if_stale(post, edition, inputs)
        for edition in editions:
            before = FOLLOWS.get(edition, "")
            if (post.key, before) in self._following:
                self._following[post.key, before] = edition, inputs
                self.shares.expect(post.key, edition)
                self._open[post.key] += 1
            elif before:
                trace = self.traces.get((post.key, before))
                # fresh as of now; or not asked for, and then its pages may be those of another text
                is_fresh = before in editions or not self.staleness.reason(
                    post, before, trace, inputs.values()
                )
                left = trace.output if trace and is_fresh and not trace.given_up else ""
                self._queue_if_stale(post, edition, replace(inputs, left=left))
        self._finish(post)

    def _queue_if_stale(self, post: PlannedPost, edition: str, inputs: EditionInput) -> None:
        """Queue an edition if it is stale."""
        trace = self.traces.get((post.key, edition))
        reason = self._reason(post, edition, trace, inputs.values())
        if reason:
            self._queue(post, edition, reason, inputs)
            self._open[post.key] += 1
            return
        if trace and trace.given_up:
            self._leave(post, edition, trace)
        elif trace and self.options.write and trace.lines not in ("", inputs.lines):
            try:
                trace = renumber(trace, inputs.lines, self.state, self.out)
            except (OSError, *UNREADABLE):
                self._queue(post, edition, "its line numbers cannot be corrected", inputs)
                self._open[post.key] += 1
                return
            self.traces[post.key, edition] = trace
            self.state.keep(post.key, edition, trace)
        self.fresh += 1

    def _finish(self, post: PlannedPost) -> None:
        if not self._open[post.key] and (post.key, PAGE) not in self.book_steps:
            self.progress.finished(post.key)
            if post.key in self._has_run:
                self.cache.offer(post)

    def _queue(
        self, post: PlannedPost, step: str, reason: str, inputs: EditionInput | None = None
    ) -> None:
        self.progress.stale(post.key, step, reason)
        site = self.staleness.site(post.site)
        task = Task(
            post.key, step, post.file.relative, post.slug, post.site, site.workspace, site.lock,
            self.tools.fingerprint, inputs or EditionInput(),
        )  # fmt: skip
        if inputs and not inputs.outline and not inputs.page:
            self.shares.expect(post.key, step)
        if step in FOLLOWS.values():
            self._following[post.key, step] = None
        if inputs:
            self._ready.insert(0, task)
        else:
            self._ready.append(task)

    def _keep(self, task: Task, result: StepResult) -> None:
        """Keep the result of a step, and queue the steps that need it."""
        self.ran += 1
        self.shares.settle(task, result.seconds)
        post = self._posts[task.post]
        old = self.traces.get((task.post, task.step))
        files = self.staleness.site(task.site).files
        trace = result.trace or failed_trace(task, old, result, files)
        self._remember(task.post, task.step, trace)
        self._has_run.add(task.post)
        for problem in result.problems:
            self.progress.problem(post, problem)
        self._open[task.post] -= 1
        if result.trace and task.step == READ:
            inputs = EditionInput(trace.output, lines=trace.lines)
            wanted = Wanted(post, self.options.editions, inputs)
            if not self.cache.ask(wanted):
                self._begin(wanted)
            return
        if after := self._following.pop((task.post, task.step), None):
            self._open[task.post] -= 1
            edition, inputs = after
            left = result.trace.output if result.trace else ""
            self._queue_if_stale(post, edition, replace(inputs, left=left))
        self._finish(post)

    def adopt(self, post: PlannedPost, traces: Mapping[str, Trace]) -> None:
        """Take results over that a cache had, and that are in out/ now."""
        for step, trace in traces.items():
            self._remember(post.key, step, trace)
            self.adopted.add((post.key, step))

    def _remember(self, post: str, step: str, trace: Trace) -> None:
        """Remember a result, and remove what the one before had written and this one has not."""
        old = self.traces.get((post, step))
        self.traces[post, step] = trace
        if self.options.write and old:
            self.remove(set(old.writes) - set(trace.writes))
        self.state.keep(post, step, trace)

    def report_damage(self) -> None:
        """Report what builds remembered and was damaged; it has been built again by now."""
        if self.staleness.damaged:
            count = f"{self.staleness.damaged} files in out/.hanpan/documents"
            self.state.report_damage(f"{count} were damaged; their posts have been built again")
        self.plan.problems += self.state.problems

    def remove(self, paths: set[str]) -> None:
        """Remove files that hanpan wrote below out/, and folders that are then empty.

        One that a trace still names is another step's by now.
        """
        if paths:
            paths = paths.difference(*(trace.writes for trace in self.traces.values()))
        for path in sorted(paths):
            try:
                target = self._own.place(path)
                target.unlink(missing_ok=True)
            except OSError:
                continue
            for folder in target.parents:
                if folder == self.out:
                    break
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    continue
                break

    def drop_gone(self) -> None:
        """Forget posts that are gone or unpublished, and remove their artifacts.

        One that has disappeared during the build is kept: its step reports that.
        """
        for key, known in self.state.posts().items():
            is_gone = key not in self._posts and _is_gone(self.out / known.path)
            if key in self.plan.skipped or is_gone:
                steps = [step for post, step in self.traces if post == key]
                for step in steps:
                    self.remove(set(self.traces.pop((key, step)).writes))
                self.state.forget(key)
        self.state.drop_documents(set().union(*(trace.left() for trace in self.traces.values())))


def _is_gone(path: Path) -> bool:
    """Tell whether there is no file any more; one that is out of reach may be there."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
