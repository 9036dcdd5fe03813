"""Staleness: each reason why a step must run, and none where nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hanpan.assets.remote import read_lock
from hanpan.files import Digests, sha256
from hanpan.plan.options import Options
from hanpan.plan.places import cache_folder, lock_path
from hanpan.plan.posts import PlannedPost, make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import UsageError
from hanpan.runner.staleness import FAILED, Staleness
from hanpan.runner.state import State
from hanpan.runner.trace import Trace
from tests.support.blog import make_blog

POST = "posts/2026-03-01-글-1.md"


class Bench:
    """A blog of one post, and a trace of its HTML that is fresh."""

    def __init__(self, blog: Path, state: State) -> None:
        self.blog = blog
        self.state = state
        self.options = Options(sources=(blog,), out=blog / "out")
        (self.post,) = make_plan(self.options, Sites(None), {}).posts
        (blog / "out").mkdir(exist_ok=True)
        (blog / "out" / "a.html").write_bytes(b"page")
        self.left = state.document_path(sha256(b"{}"))
        self.left.parent.mkdir()
        self.left.write_bytes(b"{}")
        self.trace = Trace(
            {f"file:{POST}": sha256((blog / POST).read_bytes()), "document:": "now"},
            {"a.html": sha256(b"page")},
            "tools",
            output=sha256(b"{}"),
        )

    def reason(
        self, trace: Trace | None, *, document: str = "now", options: Options | None = None
    ) -> str:
        staleness = Staleness(options or self.options, self.state, Digests(), "tools")
        return staleness.reason(self.post, "html", trace, {"document:": document})


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    blog = make_blog(tmp_path / "blog", posts=1)
    with closing(State(blog / "out" / ".hanpan")) as state:
        yield Bench(blog, state)


def test_nothing_has_changed(bench: Bench) -> None:
    assert bench.reason(bench.trace) == ""


def test_a_step_that_never_ran_failed_or_ran_with_other_tools(bench: Bench) -> None:
    assert bench.reason(None) == "it has not been built yet"
    assert bench.reason(replace(bench.trace, tools=FAILED)) == "it failed"
    changed = bench.reason(replace(bench.trace, tools="others"))
    assert changed == "hanpan or a package it uses changed"


def test_what_it_reads_has_changed(bench: Bench) -> None:
    assert bench.reason(bench.trace, document="another") == "document changed"
    (bench.blog / POST).write_text("다른 글", "utf-8")
    assert bench.reason(bench.trace) == f"file:{POST} changed"
    (bench.blog / POST).unlink()
    assert bench.reason(bench.trace) == f"file:{POST} changed"


def test_what_it_wrote_or_left_is_gone_or_changed(bench: Bench) -> None:
    page = bench.blog / "out" / "a.html"
    page.write_bytes(b"edited")
    assert bench.reason(bench.trace) == "out/a.html was changed"
    page.unlink()
    assert bench.reason(bench.trace) == "out/a.html was removed"
    checking = replace(bench.options, write=False)
    assert bench.reason(bench.trace, options=checking) == ""  # a check has no artifacts
    page.write_bytes(b"page")
    bench.left.write_bytes(b"")
    assert bench.reason(bench.trace) == "what it left for others is damaged"
    bench.left.unlink()
    assert bench.reason(bench.trace) == "what it left for others is gone"


def test_a_check_leaves_no_cache_in_the_site(bench: Bench) -> None:
    site = bench.post.site
    for write, folder in (
        (True, cache_folder(site, bench.blog / "out")),
        (False, bench.state.folder / "remote"),
    ):
        options = replace(bench.options, write=write)
        staleness = Staleness(options, bench.state, Digests(), "tools")
        assert staleness.site(site).workspace.cache == folder


def test_a_lock_that_cannot_be_read_is_named_with_a_remedy(bench: Bench) -> None:
    lock_path(bench.post.site, bench.blog / "out").write_text("<<<<<<< HEAD\n")
    with pytest.raises(UsageError) as caught:
        bench.reason(bench.trace)
    problem = caught.value.problem
    assert problem.path.endswith("assets.lock") and problem.line == 1
    assert "version control" in problem.remedy


def test_a_lock_below_out_that_is_damaged_is_begun_again(tmp_path: Path) -> None:
    """A site without site.toml has no lock of its own: this one is hanpan's memory."""
    blog = make_blog(tmp_path / "blog", posts=1)
    (blog / "site.toml").unlink()
    options = Options(sources=(blog,), out=blog / "out")
    (post,) = make_plan(options, Sites(None), {}).posts
    lock = lock_path(post.site, blog / "out")
    lock.parent.mkdir(parents=True)
    lock.write_text("")
    with closing(State(blog / "out" / ".hanpan")) as state:
        Staleness(options, state, Digests(), "tools").site(post.site)
        assert [problem.rule for problem in state.problems] == ["state-damaged"]
        Staleness(options, state, Digests(), "tools").site(post.site)
        assert len(state.problems) == 1


def test_a_lock_is_not_written_where_nothing_was_fetched(bench: Bench) -> None:
    staleness = Staleness(bench.options, bench.state, Digests(), "tools")
    post: PlannedPost = bench.post
    staleness.site(post.site)
    staleness.keep_locks([post], {(post.key, "document"): bench.trace})
    path = lock_path(post.site, bench.blog / "out")
    assert not path.exists() and read_lock(path) == {}
