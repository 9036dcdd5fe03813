"""Workers: the contract that a pool of processes and a cluster both keep, in the same tests."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import Pipe
from pathlib import Path

import pytest

from hanpan.plan.options import Options
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.roots import real
from hanpan.runner.builder import Builder
from hanpan.runner.progress import Progress, Turn
from hanpan.runner.state import State
from hanpan.runner.steps import READ, EditionInput, StepResult, Task
from hanpan.runner.workers import Workers
from tests.support.blog import make_blog
from tests.support.processes import PATIENCE
from tests.support.servers.dask_cluster import PACKAGES, Cluster, dask_cluster

pytestmark = pytest.mark.skipif(not PACKAGES.is_dir(), reason="make setup installs Dask for tests")
LOOPS = "{% for a in range(50000) %}{% for b in range(50000) %}{% endfor %}{% endfor %}"
POSTS = 40
Ended = list[tuple[Task, StepResult]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster"), 2) as cluster:
        yield cluster


@pytest.fixture(params=["pool", "cluster"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def opened(
    blog: Path, kind: str, request: pytest.FixtureRequest, turns: list[Turn] | None = None
) -> Iterator[tuple[Builder, Workers]]:
    """Yield the builder of a blog and its workers: two, here or on a cluster."""
    options = Options(sources=(blog,), out=blog / "out", jobs=2, editions=("html",), offline=True)
    ran: Callable[[Turn], None] = turns.append if turns is not None else lambda turn: None
    with closing(State(real(blog / "out") / ".hanpan")) as state:
        plan = make_plan(options, Sites(None), {})
        builder = Builder(plan, options, state, Progress(ran=ran))
        if kind == "cluster":
            sys.path.append(str(PACKAGES))
            try:
                from hanpan.cluster.address import cluster_address
                from hanpan.cluster.workers import ClusterWorkers

                address = cluster_address(request.getfixturevalue("cluster").address)
                with ClusterWorkers(address, builder) as workers:
                    yield builder, workers
            finally:
                sys.path.remove(str(PACKAGES))
                logging.disable(logging.NOTSET)  # a build's process ends with it
        else:
            with builder.open_workers() as workers:
                yield builder, workers


def readings(builder: Builder) -> list[Task]:
    site = builder.staleness.site(builder.plan.posts[0].site)
    return [
        Task(
            post.key, READ, post.file.relative, post.slug, post.site, site.workspace, site.lock,
            builder.tools.fingerprint,
        )
        for post in builder.plan.posts
    ]  # fmt: skip


def run(workers: Workers, tasks: list[Task]) -> Ended:
    """Run steps to their end, as a build does."""
    ready, ended, end = list(tasks), Ended(), time.monotonic() + PATIENCE
    while ready or workers.busy:
        assert time.monotonic() < end, "there is no result"
        workers.submit(ready)
        ended += workers.results(timeout=1.0)
    return ended


def edition(task: Task, result: StepResult, step: str = "html") -> Task:
    """Return an edition of a post that was read."""
    assert result.trace, result.problems
    inputs = EditionInput(result.trace.output, lines=result.trace.lines)
    return Task(
        task.post, step, task.source, task.slug, task.site, task.workspace, task.lock, task.tools,
        inputs,
    )  # fmt: skip


def test_each_step_has_one_result_which_is_in_place(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    turns: list[Turn] = []
    with opened(make_blog(tmp_path, posts=3), kind, request, turns) as (builder, workers):
        tasks = readings(builder)
        read = run(workers, tasks)
        assert sorted(task.post for task, _ in read) == sorted(task.post for task in tasks)
        pages = run(workers, [edition(task, result) for task, result in read])
        assert not workers.busy
        for task, result in pages:
            assert result.trace and (f"{task.slug}/{task.slug}.html" in result.trace.writes)
            assert all((builder.out / path).is_file() for path in result.trace.writes)
        ran = [(turn.post, turn.step) for turn in turns if not turn.only_prepares]
        assert sorted(ran) == sorted((task.post, task.step) for task, _ in [*read, *pages])
        assert all(turn.began <= turn.ended <= time.monotonic() for turn in turns)


def test_they_take_no_more_than_they_have_room_for(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    with opened(make_blog(tmp_path, posts=POSTS), kind, request) as (builder, workers):
        tasks = ready = readings(builder)
        ready = list(tasks)
        while len(ready) == POSTS:  # a cluster first asks who is there
            workers.submit(ready)
            taken = POSTS - len(ready)
            ended = list(workers.results(timeout=1.0))
        assert 0 < taken < POSTS
        ended += run(workers, ready)
        assert {task.post for task, _ in ended} == {task.post for task in tasks}
        assert len(ended) == POSTS


def test_a_step_that_is_too_slow_costs_itself_and_is_reported(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    blog = make_blog(tmp_path, posts=2, settings="[limits]\nseconds = 1.5\n")
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(LOOPS, "utf-8")
    with opened(blog, kind, request) as (builder, workers):
        read = run(workers, readings(builder)[:1])
        ((_, slow),) = run(workers, [edition(*one) for one in read])
        assert slow.trace is None and slow.gave_up
        assert [problem.rule for problem in slow.problems] == ["too-slow"]
        assert "layout:html/post.html" in slow.reads
        ((_, result),) = run(workers, readings(builder)[1:])
        assert result.trace


def test_problems_of_a_post_are_told_and_those_who_stop_a_step(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    blog = make_blog(tmp_path, posts=2)
    first, second = sorted((blog / "posts").iterdir())
    first.write_text(f"{first.read_text('utf-8')}\n![그림](/없는/그림.png)\n", "utf-8")
    with opened(blog, kind, request) as (builder, workers):
        tasks = readings(builder)
        second.unlink()
        results = {task.source: result for task, result in run(workers, tasks)}
    first_result, second_result = results[f"posts/{first.name}"], results[f"posts/{second.name}"]
    assert [(one.rule, one.line) for one in first_result.problems] == [("image-missing", 19)]
    assert [one.rule for one in second_result.problems] == ["post-unreadable"]
    assert second_result.trace is None


def test_they_can_be_left_while_steps_run(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    blog = make_blog(tmp_path, posts=1)
    (blog / "layouts" / "html").mkdir(parents=True)
    (blog / "layouts" / "html" / "post.html").write_text(LOOPS, "utf-8")
    with opened(blog, kind, request) as (builder, workers):
        read = run(workers, readings(builder))
        workers.submit([edition(*one) for one in read])
        assert workers.busy
    assert not any((builder.out / "글-1").glob("*"))


def test_something_else_ends_the_wait(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    ours, theirs = Pipe()
    with (
        opened(make_blog(tmp_path, posts=1), kind, request) as (builder, workers),
        closing(ours),
        closing(theirs),
    ):
        run(workers, readings(builder))
        theirs.send("answer")
        assert list(workers.results(timeout=PATIENCE, also=ours)) == []
        assert ours.recv() == "answer"
        assert not workers.busy
    assert os.path.isdir(tmp_path / "out")
