"""The fuzzer: some of its posts in every run of the tests, and that it sees what is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests import fuzz
from tests.fuzz_fragments import FRAGMENTS


def test_some_posts_break_no_law() -> None:
    count, bad = fuzz.run(20260301, time.monotonic() + 4, whole=False)
    assert not bad, bad
    assert count > 10


def test_every_fragment_alone_breaks_no_law(tmp_path: Path) -> None:
    site = fuzz.lay_out(tmp_path)
    for fragment in FRAGMENTS:
        for text in (fragment, f"가{fragment}나", f"{fragment}\n" * 3):
            fuzz.judge_source(site, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("wrong", ["ZeroDivisionError", "more than 0.2 seconds"])
def test_an_exception_and_a_hang_are_found(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(_site: object, _data: bytes) -> None:
        if wrong == "ZeroDivisionError":
            raise ZeroDivisionError
        while True:
            pass

    monkeypatch.setattr(fuzz, "SECONDS", 0.2)
    monkeypatch.setattr(fuzz, "judge_source", judge)
    count, bad = fuzz.run(1, time.monotonic() + 60, whole=False)
    assert wrong in bad and count < 100
