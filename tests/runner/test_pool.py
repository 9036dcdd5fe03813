"""The pool: a step that hangs, grows or dies costs itself, and the pool goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hanpan.plan.sites import Sites
from hanpan.runner.outline import Outline, PlannedChapter
from hanpan.runner.pool import CHAPTER_SECONDS, Pool
from hanpan.runner.state import State
from hanpan.runner.steps import READ, EditionInput, StepResult, Task, Workspace
from hanpan.site.books import BookPlan, BookSettings
from tests.support.blog import make_blog

PATIENCE = 120  # seconds until a test gives up: events are waited for, and not a time
HUGE = 200_000_000  # bytes
ANY = 1 << 40  # bytes: a worker begins with what its parent has, which is much in a run of tests
ENDLESS = "endless"  # the hash of a document whose reading never ends
# the site's layout of the HTML, which says what that step does
PLAIN = "<title>{{ 1 }}</title>"
LOOPS = "{{% for a in range({}) %}}{{% for b in range(99999) %}}{{% endfor %}}{{% endfor %}}"
# 50,000 at a time: Jinja would compute a constant when it compiles, and allows no longer range
TEXT = "{% set text = 'a' * (range(50000) | length * " + str(HUGE // 50000) + ") %}"
GREEDY = TEXT + PLAIN
KEPT = '{% from "html/kept.html" import text %}'  # what a template exports stays with it


def make_tasks(folder: Path, layout: str = PLAIN) -> tuple[Task, Task]:
    """Return the reading of a post, and its HTML edition, which hangs without the document."""
    blog = make_blog(folder, posts=1)
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(layout, "utf-8")
    (blog / "layouts" / "html" / "kept.html").write_text(TEXT, "utf-8")
    out = blog / "out"
    State(out / ".hanpan").close()
    (out / ".hanpan" / "documents").mkdir()
    os.mkfifo(out / ".hanpan" / "documents" / f"{ENDLESS}.json")  # nobody writes into it
    workspace = Workspace(out, out / ".hanpan", blog / ".hanpan", offline=True, write=True)
    source = "posts/2026-03-01-글-1.md"
    reading = Task(source, READ, source, "글-1", Sites(None).at(blog), workspace, (), "tools")
    return reading, replace(reading, step="html", input=EditionInput(ENDLESS))


def wait_for_result(pool: Pool) -> StepResult:
    """Return the next result of a pool in which one step is being run."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for _, result in pool.results(timeout=1.0):
            return result
    raise AssertionError("no step has ended")


def run(pool: Pool, task: Task) -> StepResult:
    pool.submit([task])
    return wait_for_result(pool)


def read_post(pool: Pool, reading: Task) -> EditionInput:
    """Run a reading, and return what an edition is then made of."""
    result = run(pool, reading)
    assert result.trace and not result.problems
    return EditionInput(result.trace.output)


def workers() -> set[int]:
    """Return the worker processes that are alive."""
    return {process.pid for process in multiprocessing.active_children() if process.pid}


def test_a_step_that_hangs_is_stopped_with_its_worker_and_the_next_one_runs(
    tmp_path: Path,
) -> None:
    reading, html = make_tasks(tmp_path)
    with Pool(1, seconds=1.0, memory=ANY) as pool:
        pool.submit([html])
        (worker,) = workers()
        result = wait_for_result(pool)
        assert result.trace is None
        assert [problem.rule for problem in result.problems] == ["worker-lost"]
        assert "took longer than 1 s and was stopped" in result.problems[0].message
        assert workers() == set()
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
        pool.seconds = PATIENCE
        assert run(pool, reading).trace
        assert worker not in workers()


def test_a_step_that_gets_on_is_not_stopped_by_the_clock(tmp_path: Path) -> None:
    """A busy machine may take any time for what a step needs of the processor."""
    work = LOOPS.format(200) + PLAIN  # which needs much more than the limit
    reading, html = make_tasks(tmp_path, work)
    with Pool(1, memory=ANY) as pool:
        html = replace(html, input=read_post(pool, reading))
        pool.seconds = 0.5
        pool.submit([html])
        results = list[StepResult]()
        while not results:
            results += [result for _, result in pool.results(timeout=0.1)]
    assert results[0].trace and not results[0].problems


def test_a_book_has_time_for_each_of_its_chapters(tmp_path: Path) -> None:
    reading, _ = make_tasks(tmp_path)
    chapters = tuple(PlannedChapter(f"posts/{number}.md", "", ENDLESS) for number in range(20))
    outline = Outline(BookPlan(BookSettings()), (("하나", chapters[:5]), ("둘", chapters[5:])))
    book = replace(reading, step="epub", input=EditionInput(outline=outline))
    with Pool(1, seconds=1.0 - 20 * CHAPTER_SECONDS, memory=ANY) as pool:
        assert "took longer than 1 s and was stopped" in run(pool, book).problems[0].message


@contextmanager
def pool_of_one(folder: Path, layout: str) -> Iterator[tuple[Pool, Task, Task]]:
    """Yield a pool that replaces a worker which keeps as much as half of HUGE, and its tasks."""
    reading, html = make_tasks(folder, layout)
    with Pool(1, memory=ANY) as pool:
        ordinary = run(pool, reading).memory  # of a worker: what forked it may have been larger
    with Pool(1, memory=ordinary + HUGE // 2) as pool:
        yield pool, reading, replace(html, input=read_post(pool, reading))


def test_a_worker_that_keeps_much_is_replaced_after_its_step_and_an_ordinary_one_is_not(
    tmp_path: Path,
) -> None:
    with pool_of_one(tmp_path, KEPT + PLAIN) as (pool, reading, html):
        (first,) = workers()
        assert read_post(pool, reading) == html.input
        assert workers() == {first}
        result = run(pool, html)
        assert result.trace and result.memory > pool.memory
        assert workers() == set()
        assert run(pool, reading).trace
        assert first not in workers()


def test_a_worker_that_has_given_back_what_it_took_goes_on(tmp_path: Path) -> None:
    with pool_of_one(tmp_path, GREEDY) as (pool, reading, html):
        (first,) = workers()
        assert run(pool, html).trace
        assert run(pool, reading).trace
        assert workers() == {first}


def test_a_worker_that_dies_is_reported_with_its_exit_code(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path)
    with Pool(1, memory=ANY) as pool:
        pool.submit([html])
        (worker,) = workers()
        os.kill(worker, signal.SIGKILL)
        result = wait_for_result(pool)
        assert "ended its worker (exit code -9)" in result.problems[0].message
        assert not pool.busy
        assert run(pool, reading).trace


def test_a_pool_that_is_left_stops_what_still_runs(tmp_path: Path) -> None:
    _, html = make_tasks(tmp_path)
    with Pool(2, memory=ANY) as pool:
        pool.submit([html])
        assert pool.busy
        assert len(workers()) == 1
    assert workers() == set()


def test_a_worker_goes_on_with_the_post_that_it_knows(tmp_path: Path) -> None:
    reading, _ = make_tasks(tmp_path)
    other = replace(reading, post="other")
    with Pool(1, memory=ANY) as pool:
        run(pool, reading)
        ready = [other, reading]
        pool.submit(ready)
        assert ready == [other]
        wait_for_result(pool)


def test_another_worker_leaves_it_that_post_as_long_as_there_are_others(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path)
    with Pool(2, memory=ANY) as pool:
        pool.submit([html])
        ready = [reading, replace(reading, post="other")]
        pool.submit(ready)
        assert ready == [reading]


def test_what_a_worker_loads_in_advance_is_no_step_and_waits_for_that_worker(
    tmp_path: Path,
) -> None:
    reading, html = make_tasks(tmp_path)
    with Pool(2, memory=ANY) as pool:
        run(pool, reading)
        (first,) = workers()
        pool.submit([], expected=html)
        (second,) = workers() - {first}
        assert not pool.busy
        ready = [html, reading]
        pool.submit(ready)
        assert ready == [html]  # the first worker has taken the other
        assert wait_for_result(pool).trace
        deadline = time.monotonic() + PATIENCE
        while ready and time.monotonic() < deadline:
            list(pool.results(timeout=0.1))
            pool.submit(ready)
        os.kill(second, signal.SIGKILL)
        assert "ended its worker" in wait_for_result(pool).problems[0].message
