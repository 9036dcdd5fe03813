"""The fuzzer: some of its examples in every run of the tests, and that it sees what is wrong."""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzzing.fragments import FRAGMENTS
from tests.fuzzing.laws import judge_source, lay_out
from tests.fuzzing.rounds import run
from tests.fuzzing.target import Target
from tests.fuzzing.targets import DEFAULT, TARGETS
from tests.fuzzing.watching import run_watched
from tests.support.limits.hanging import HANG

pytestmark = pytest.mark.endurance

EXAMPLES = 40


@pytest.mark.parametrize("name", DEFAULT)
def test_some_examples_break_no_law(name: str) -> None:
    target = replace(TARGETS[name], seconds=HANG)
    assert run(20260301, target, most=EXAMPLES) == (EXAMPLES, "")


def test_every_fragment_alone_breaks_no_law(tmp_path: Path) -> None:
    site = lay_out(tmp_path)
    for fragment in FRAGMENTS:
        for text in (fragment, f"가{fragment}나", f"{fragment}\n" * 3):
            judge_source(site, text.encode("utf-8", "surrogatepass"))


def raises(place: Any, example: Any) -> None:
    raise ZeroDivisionError


def hangs(place: Any, example: Any) -> None:
    while True:
        pass


def hangs_in_c(place: Any, example: Any) -> None:
    any(itertools.repeat(0))  # which looks at no signal


def crashes(place: Any, example: Any) -> None:
    ctypes.string_at(0)


def grows(place: Any, example: Any) -> None:
    bytearray(4_000_000_000)


WRONG = {
    raises: "ZeroDivisionError",
    hangs: "more than 0.2 seconds",
    hangs_in_c: "SIGXCPU",
    crashes: "SIGSEGV",
    grows: "MemoryError",
}


@pytest.mark.parametrize("judge", WRONG, ids=lambda judge: str(judge.__name__))
def test_what_is_wrong_is_seen(judge: Any) -> None:
    target = Target(st.binary, lambda folder: folder, judge, seconds=0.2)
    count, (report,) = run_watched({"x": target}, "x", 1, seconds=20.0, jobs=1)
    assert WRONG[judge] in report and count < 100
