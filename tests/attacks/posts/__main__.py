"""Measure the hostile set: what each post costs with every edition, and when it is built again.

python -m tests.attacks.posts [NAME...] [--seed N]: seconds of the processor of all processes, and
the memory of the largest. It ends with 1 where a post takes more than 20 s, or breaks another law.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys

from tests.attacks.judging import judge
from tests.attacks.posts.attacks import hostile_set
from tests.attacks.running import Bounds

_ROW = "{:24} {:>6} {:>5} {:>6} {:>5}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="*", help="of a post; default: all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["HANPAN_TESTS_COLD"] = "1"  # what a command costs that has loaded nothing
    print(_ROW.format("post", "CPU s", "MB", "again", "steps", "editions; errors"))
    seconds, bad = [], 0
    for name, attack in hostile_set().items():
        if options.name and name not in options.name:
            continue
        verdict = judge("posts", name, attack, options.seed)
        first, memory, again, steps, editions, errors = verdict.figures or ("",) * 6
        how = verdict.finding or "; ".join(filter(None, (editions, errors))) or "refused"
        print(_ROW.format(name, first, memory, again, steps, how), flush=True)
        seconds += [float(first)] if first else []
        bad += bool(verdict.finding)
    if seconds:
        longest, middle = max(seconds), statistics.median(seconds)
        print(
            f"{len(seconds)} posts, of which {bad} break a law; the longest takes {longest:.1f} s"
            f" of {Bounds.cpu:g}, the one in the middle {middle:.1f} s"
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
