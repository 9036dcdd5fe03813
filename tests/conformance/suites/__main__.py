"""Print how hanpan reads foreign suites: python -m tests.conformance.suites [KIND]...

The table of docs/conformance.md; with kinds (or `none`), the cases of those kinds as they differ.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.conformance.suites.differences import FOLDS, RULES
from tests.conformance.suites.judging import Judged, judge_all


def counts(judged: dict[str, list[Judged]]) -> dict[str, list[int]]:
    """Return for each kind, `equal` and `all`, the number of cases in each run."""
    table: dict[str, list[int]] = {name: [] for name in ("all", "equal", *FOLDS, *RULES)}
    for posts in judged.values():
        compared = [post for post in posts if post.outcome.case.expected is not None]
        of_kind = Counter(kind for post in compared for kind in post.kinds or ())
        of_kind["all"] = len(compared)
        of_kind["equal"] = sum(post.kinds == () for post in compared)
        for name, row in table.items():
            row.append(of_kind[name])
    return table


def main() -> None:
    judged = judge_all()
    print("| kind |", " | ".join(judged), "|")
    for kind, row in counts(judged).items():
        print(f"| {kind} |", " | ".join(map(str, row)), "|")
    wanted = set(sys.argv[1:])
    for run, posts in judged.items():
        for post in posts:
            outcome = post.outcome
            if wanted & set(("none",) if post.kinds is None else post.kinds):
                print(f"\n=== {outcome.case.name} ({run}) {post.kinds}\n{outcome.case.markdown}")
                print(f"--- expected\n{outcome.expected}\n--- ours\n{outcome.ours}")


if __name__ == "__main__":
    main()
