"""The fuzzer: some of its posts in every run of the tests, and that it sees what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.site import Site
from tests.fuzzing.fragments import FRAGMENTS
from tests.fuzzing.laws import judge_source, lay_out
from tests.fuzzing.rounds import run
from tests.support.limits.hanging import HANG

POSTS = 40


def test_some_posts_break_no_law() -> None:
    assert run(20260301, judge_source, HANG, most=POSTS) == (POSTS, "")


def test_every_fragment_alone_breaks_no_law(tmp_path: Path) -> None:
    site = lay_out(tmp_path)
    for fragment in FRAGMENTS:
        for text in (fragment, f"가{fragment}나", f"{fragment}\n" * 3):
            judge_source(site, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("wrong", ["ZeroDivisionError", "more than 0.2 seconds"])
def test_an_exception_and_a_hang_are_seen(wrong: str) -> None:
    def judge(_site: Site, _data: bytes) -> None:
        if wrong == "ZeroDivisionError":
            raise ZeroDivisionError
        while True:
            pass

    count, report = run(1, judge, 0.2)
    assert wrong in report and count < 100
