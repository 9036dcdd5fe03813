"""Fuzz: posts put together at random from bits of markup, against the laws of reading.

`make fuzz` runs it for ten minutes: python -m tests.fuzzing [--seconds N] [--jobs N] [--whole]
It exits with 1 at the first post that breaks a law, and prints the smallest such post.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time

from tests.fuzzing.laws import judge_source, judge_whole
from tests.fuzzing.rounds import run

SECONDS = 3.0  # of the processor for one post, read twice
WHOLE_SECONDS = 45.0  # with pandoc, which has limits of its own


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--whole", action="store_true", help="with pandoc and the transforms")
    options = parser.parse_args()
    until = time.monotonic() + options.seconds
    work = [(options.seed + job, until, options.whole) for job in range(options.jobs)]
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        results = pool.starmap(judge_until, work)
    print(f"{sum(count for count, _ in results)} posts judged, seed {options.seed}")
    bad = [report for _, report in results if report]
    print("\n".join(bad) or "nothing found")
    return 1 if bad else 0


def judge_until(number: int, until: float, whole: bool) -> tuple[int, str]:
    """Judge posts in a process of its own."""
    if whole:
        return run(number, judge_whole, WHOLE_SECONDS, until=until)
    return run(number, judge_source, SECONDS, until=until)


if __name__ == "__main__":
    sys.exit(main())
