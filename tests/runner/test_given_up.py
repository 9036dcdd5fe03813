"""Steps that take too much are stopped, reported, and not run again until something changes."""

from __future__ import annotations

import resource
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hanpan import budget
from hanpan.budget import Place
from hanpan.document import Document
from hanpan.editions import Rendered
from hanpan.files import Files
from hanpan.runner import limits, steps
from hanpan.runner.pool import Pool
from hanpan.runner.shares import Shares
from hanpan.runner.steps import READ, StepResult, Task
from tests.runner.test_pool import ANY, PLAIN, make_tasks, read_post, run
from tests.support.blog import make_blog
from tests.support.command import Ran, hanpan

LAYOUT = "layouts/html/post.html"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
POST = "posts/2026-03-01-글-1.md"


def built(blog: Path, *arguments: str) -> Ran:
    return hanpan("build", "-e", "html", "--offline", "--why", *arguments, cwd=blog)


def test_a_step_that_was_given_up_waits_for_a_change(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1, settings="[limits]\nseconds = 1.5\n")
    (blog / LAYOUT).parent.mkdir(parents=True)
    (blog / LAYOUT).write_text(ENDLESS)
    first = built(blog)
    assert first.code == 1
    assert f"{POST}: error: html: the step took more than" in first.err
    assert "[too-slow]" in first.err and "or with --force" in first.err

    again = built(blog)
    assert again.code == 1
    assert f"{POST}: html: it was given up and is not run: nothing has changed" in again.err
    assert "[too-slow]" in again.err
    assert "0 steps run, 2 fresh; 1 error" in again.out

    asked = built(blog, "--force")
    assert asked.code == 1
    assert f"{POST}: html: --force asks for it" in asked.err and "2 steps run" in asked.out

    (blog / LAYOUT).write_text(PLAIN)
    changed = built(blog)
    assert (changed.code, "layout:html/post.html changed" in changed.err) == (0, True)
    assert (blog / "out/글-1/글-1.html").is_file()


def test_a_reading_that_was_given_up_has_no_editions_and_waits_for_its_post_or_the_limit(
    tmp_path: Path,
) -> None:
    blog = make_blog(tmp_path, posts=1, settings="[limits]\nseconds = 0.1\n")
    with (blog / POST).open("a", encoding="utf-8") as post:
        post.write("\n글 `code`와 **굵은** 글.\n" * 3_000)
    first = built(blog)
    assert f"{POST}: error: document: the step took more than" in first.err
    assert "1 step run, 0 fresh; 1 error" in first.out
    assert "0 steps run, 1 fresh; 1 error" in built(blog).out
    (blog / POST).write_text((blog / POST).read_text("utf-8") + "\n글\n", "utf-8")
    assert f"{POST}: document: file:{POST} changed" in built(blog).err
    make_blog(blog, posts=0)  # without the limit
    (blog / POST).write_text("짧은 글\n", "utf-8")
    assert built(blog).code == 0


def endless(document: Document, files: Files) -> Rendered:
    """Stand for an edition whose library does not return to Python."""
    budget.at("the picture a.png", 7)
    budget.risk()
    sum(range(10**15))
    return Rendered((), {})


def greedy(document: Document, files: Files) -> Rendered:
    """Stand for an edition that takes memory without end."""
    budget.at("the picture b.png", 8)
    kept = []
    while True:
        kept.append(bytes(10_000_000))


def given_up(tmp_path: Path) -> StepResult:
    """Return what the HTML of a post ends in; the pool goes on with another worker."""
    reading, html = make_tasks(tmp_path)
    with Pool(1, memory=ANY, grant=lambda task: 0.2 if task.step == "html" else 60.0) as pool:
        html = replace(html, input=read_post(pool, reading))
        result = run(pool, html)
        assert result.gave_up and result.trace is None
        assert run(pool, reading).trace
    return result


def test_a_step_in_a_library_that_does_not_return_is_killed_and_told_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "renderer", lambda name: endless)
    monkeypatch.setattr(budget, "_GRACE", 0.2)
    (problem,) = given_up(tmp_path).problems
    assert (problem.rule, problem.path, problem.line) == ("too-slow", POST, 7)
    assert "stopped, at the picture a.png" in problem.message


def test_a_step_that_takes_memory_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    monkeypatch.setattr(limits, "MEMORY", used + 300_000_000)
    monkeypatch.setattr(steps, "renderer", lambda name: greedy)
    (problem,) = given_up(tmp_path).problems
    assert (problem.rule, problem.path, problem.line) == ("no-memory", POST, 8)
    assert "at the picture b.png" in problem.message and problem.remedy


def test_the_time_of_a_post_is_shared_by_its_steps(tmp_path: Path) -> None:
    reading, html = make_tasks(tmp_path)
    whole = reading.site.limits.seconds
    shares = Shares()

    def step(name: str) -> Task:
        return replace(html, step=name)

    assert shares.grant(reading) == whole / 2
    shares.settle(reading, 1.0)
    for name in ("html", "pdf", "epub", "crosspost"):
        shares.expect(html.post, name)
    granted = {name: shares.grant(step(name)) for name in ("pdf", "crosspost", "html")}
    assert granted["pdf"] > granted["crosspost"] > granted["html"] > 0
    shares.settle(step("html"), 0.0)
    shares.settle(step("crosspost"), granted["crosspost"])
    shares.settle(step("pdf"), 99.0)
    epub = shares.grant(step("epub"))
    assert 1.0 + granted["pdf"] + granted["crosspost"] + epub == pytest.approx(whole)
    assert shares.grant(replace(reading, post="another")) == whole / 2


def test_the_processor_is_counted_and_not_the_clock(tmp_path: Path) -> None:
    reading, _ = make_tasks(tmp_path)
    budget.begin(60.0)
    time.sleep(0.2)
    assert budget.end() < 0.15
    assert reading.step == READ
    assert budget.place() == Place()
