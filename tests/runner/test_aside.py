"""Aside: what takes too long, or ends its process, costs the command one post."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from hanpan import vendoring
from hanpan.commands import show
from hanpan.problems import HanpanError
from hanpan.runner import pool
from hanpan.runner.aside import Lost, run_aside
from tests.support.blog import make_blog

FORKED = pytest.mark.skipif(sys.platform != "linux", reason="others do not inherit what is patched")


def double(number: int) -> int:
    return 2 * number


def test_the_result_of_a_function_comes_back() -> None:
    assert run_aside(60, double, 21) == 42


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(Lost, match=r"longer than 0\.2 s"):
        run_aside(0.2, time.sleep, 3_600)


def test_what_ends_its_process_is_lost() -> None:
    with pytest.raises(Lost, match="exit code 7"):
        run_aside(60, os._exit, 7)


def hang(*_: object) -> None:
    time.sleep(3_600)


@FORKED
def test_a_post_that_cannot_be_read_in_time_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path, posts=2, settings="[remote]\ntotal = 0.1\n")
    monkeypatch.chdir(blog)
    monkeypatch.setattr(vendoring, "SECONDS", 0.2)
    monkeypatch.setattr(vendoring, "read", hang)
    for post in vendoring.vendor(()):
        (problem,) = post.problems
        assert problem.rule == "vendor-post" and "longer than 0.3 s" in problem.message
    monkeypatch.setattr(pool, "SECONDS", 0.2)
    monkeypatch.setitem(show.STAGES, "meta", hang)
    with pytest.raises(HanpanError, match="cannot be read: it took longer"):
        show.stage_of("meta", next((blog / "posts").iterdir()), None, offline=True)
