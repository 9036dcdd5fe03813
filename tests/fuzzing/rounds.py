"""Rounds: posts judged one after another, until the time or their number is up, or one is bad."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from hanpan.site import Site
from tests.fuzzing.laws import judge_source, lay_out
from tests.fuzzing.posts import posts
from tests.support.limits.hanging import TooSlow, within

ROUND = 400  # examples with one seed

Judge = Callable[[Site, bytes], None]


class Enough(BaseException):
    """The time for all posts is up, or there were as many as were asked for."""


def run(
    number: int,
    judge: Judge,
    limit: float,
    *,
    until: float = float("inf"),
    most: float = float("inf"),
) -> tuple[int, str]:
    """Judge posts until a time or a number; return how many, and what the first bad one is.

    One that takes more than `limit` seconds of the processor is bad.
    """
    count = 0
    with tempfile.TemporaryDirectory() as name:
        site = lay_out(Path(name))
        judge_source(site, b"{{ a }}")  # what is imported late

        def judge_next(data: bytes) -> None:
            nonlocal count
            if count >= most or time.monotonic() > until:
                raise Enough
            count += 1
            with within(limit):
                judge(site, data)

        at = number * 1_000_000
        while count < most and time.monotonic() < until:
            at += 1
            report = _round(judge_next, at)
            if report:
                return count, report
    return count, ""


def _round(judge: Callable[[bytes], None], number: int) -> str:
    last = b""

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
    )
    @given(posts())
    def examples(data: bytes) -> None:
        nonlocal last
        last = data
        judge(data)

    try:
        examples()
    except Enough:
        return ""
    except (Exception, TooSlow):  # whatever it is, it is what is looked for
        shown = last if len(last) < 2_000 else last[:1_000] + b" ... " + last[-1_000:]
        Path(tempfile.gettempdir(), f"hanpan-fuzz-{number}.md").write_bytes(last)
        return f"seed {number}, {len(last)} bytes: {shown!r}\n{traceback.format_exc(limit=-6)}"
    return ""
