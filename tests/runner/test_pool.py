"""The pool: a step that hangs, grows or dies costs itself, and the pool goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hanpan.plan.sites import Sites
from hanpan.runner.outline import Outline, PlannedChapter
from hanpan.runner.pool import Pool
from hanpan.runner.state import State
from hanpan.runner.steps import READ, EditionInput, StepResult, Task, Workspace, peak_memory
from hanpan.site.books import BookPlan, BookSettings
from tests.support.blog import make_blog

PATIENCE = 120  # seconds until a test gives up: events are waited for, and not a time
HUGE = 200_000_000  # bytes
# layouts of the site for the HTML: what a step does is theirs to say
PLAIN = "<title>{{ 1 }}</title>"
ENDLESS = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
GREEDY = "{% for n in [" + str(HUGE) + "] %}{% set text = 'a' * n %}{% endfor %}" + PLAIN


def make_tasks(folder: Path, layout: str = PLAIN) -> tuple[Task, Task]:
    """Return the reading of a post, and its HTML edition, which still lacks the document."""
    blog = make_blog(folder, posts=1)
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(layout, "utf-8")
    out = blog / "out"
    State(out / ".hanpan").close()
    workspace = Workspace(out, out / ".hanpan", blog / ".hanpan", offline=True, write=True)
    source = "posts/2026-03-01-글-1.md"
    reading = Task(source, READ, source, "글-1", Sites(None).at(blog), workspace, (), "tools")
    return reading, replace(reading, step="html")


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
    return EditionInput(result.trace.made)


def workers() -> set[int]:
    """Return the worker processes that are alive."""
    return {process.pid for process in multiprocessing.active_children() if process.pid}


def test_a_step_that_hangs_is_stopped_with_its_worker_and_the_next_one_runs(
    tmp_path: Path,
) -> None:
    reading, html = make_tasks(tmp_path, ENDLESS)
    with Pool(1) as pool:
        html = replace(html, input=read_post(pool, reading))
        (worker,) = workers()
        pool.seconds = 1.0
        result = run(pool, html)
        assert result.trace is None
        assert [problem.rule for problem in result.problems] == ["worker-lost"]
        assert "took longer than 1 s and was stopped" in result.problems[0].message
        assert workers() == set()
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
        pool.seconds = PATIENCE
        assert run(pool, reading).trace
        assert worker not in workers()


def test_a_book_has_time_for_each_of_its_chapters(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path, ENDLESS)
    chapters = tuple(PlannedChapter(f"posts/{number}.md", "", "") for number in range(20))
    outline = Outline(BookPlan(BookSettings()), (("하나", chapters[:5]), ("둘", chapters[5:])))
    book = replace(reading, step="epub", input=EditionInput(outline=outline))
    assert book.chapters == 20
    with Pool(1) as pool:
        html = replace(html, input=read_post(pool, reading))
        pool.seconds = 0.0
        assert "was stopped" in run(pool, html).problems[0].message
        assert "was stopped" not in run(pool, book).problems[0].message  # but has no chapters


def test_a_worker_that_has_grown_is_replaced_after_its_step_and_an_ordinary_one_is_not(
    tmp_path: Path,
) -> None:
    reading, html = make_tasks(tmp_path, GREEDY)
    with Pool(1, memory=peak_memory() + HUGE // 2) as pool:
        html = replace(html, input=read_post(pool, reading))
        (first,) = workers()
        assert read_post(pool, reading) == html.input
        assert workers() == {first}
        result = run(pool, html)
        assert result.trace and result.memory > pool.memory
        assert workers() == set()
        assert run(pool, reading).trace
        assert first not in workers()


def test_a_worker_that_dies_is_reported_with_its_exit_code(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path, ENDLESS)
    with Pool(1) as pool:
        html = replace(html, input=read_post(pool, reading))
        (worker,) = workers()
        pool.submit([html])
        os.kill(worker, signal.SIGKILL)
        result = wait_for_result(pool)
        assert "ended its worker (exit code -9)" in result.problems[0].message
        assert not pool.busy
        assert run(pool, reading).trace


def test_a_pool_that_is_left_stops_what_still_runs(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path, ENDLESS)
    with Pool(2) as pool:
        html = replace(html, input=read_post(pool, reading))
        pool.submit([html])
        assert pool.busy
    assert workers() == set()


def test_a_worker_goes_on_with_the_post_that_it_knows(tmp_path: Path) -> None:
    reading, _ = make_tasks(tmp_path)
    other = replace(reading, post="other")
    with Pool(1) as pool:
        run(pool, reading)
        ready = [other, reading]
        pool.submit(ready)
        assert ready == [other]
        wait_for_result(pool)


def test_an_idle_worker_loads_what_is_expected_and_gives_no_result(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path)
    with Pool(2) as pool:
        ready = [reading]
        pool.submit(ready, expected=html)
        assert len(workers()) == 2
        html = replace(html, input=EditionInput(getattr(wait_for_result(pool).trace, "made", "")))
        assert not pool.busy
        assert run(pool, html).trace
        assert len(workers()) == 2
