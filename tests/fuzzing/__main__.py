"""Fuzz: examples put together or mutated at random, against the laws of what reads them.

`make fuzz` gives each target ten minutes of each processor:
python -m tests.fuzzing [TARGET...] [--seconds N] [--jobs N] [--seed N]. It exits with 1 where an
example breaks a law, and prints the smallest such example of each target.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzzing.targets import DEFAULT, TARGETS
from tests.fuzzing.watching import run_watched


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="*", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=float, default=600.0, help="of the processor, each")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    options = parser.parse_args()
    unknown = set(options.target) - set(TARGETS)
    if unknown:
        parser.error(f"no target is called {', '.join(sorted(unknown))}")
    bad = []
    for name in options.target or DEFAULT:
        count, reports = run_watched(TARGETS, name, options.seed, options.seconds, options.jobs)
        print(f"{name:13} {count:8} examples, seed {options.seed}: {len(reports)} bad", flush=True)
        bad += reports
    print("\n".join(bad) or "nothing found")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
