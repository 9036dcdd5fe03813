"""Attack hanpan: hostile posts, pictures, hosts, servers, files and memories, and kills.

`make attack` runs all of it, which takes hours of the processor:
python -m tests.attacks [--only KIND[/NAME]]... [--seed N] [--kills N] [--publish-kills N]
[--seconds N] [--jobs N]. It needs Linux, and strace for what it says of files. Its traffic goes to
loopback only. It ends with a table, and with 1 where something was found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.attacks.judging import Attack, Verdict, judge
from tests.attacks.programme import KINDS, Amounts


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", default=[], metavar="KIND[/NAME]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=Amounts.builds, help="of builds")
    parser.add_argument("--publish-kills", type=int, default=Amounts.publishing)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="then none is begun")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chosen = list(choose(options.only, Amounts(options.kills, options.publish_kills)))
    if not chosen:
        parser.error(f"there is no attack of that name; kinds are {', '.join(KINDS)}")
    end = time.monotonic() + options.seconds

    def make(choice: tuple[str, str, Attack]) -> Verdict | None:
        return judge(*choice, options.seed) if time.monotonic() < end else None

    verdicts = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for verdict in pool.map(make, chosen):
            if verdict:
                verdicts.append(verdict)
                _print(verdict, options.seed)
    print(f"\n{table(verdicts)}")
    if len(verdicts) < len(chosen):
        print(f"time was up: {len(chosen) - len(verdicts)} attacks were not made")
    return 1 if any(verdict.finding for verdict in verdicts) else 0


def choose(only: list[str], amounts: Amounts) -> Iterator[tuple[str, str, Attack]]:
    """Yield kind, name and function of the attacks that are asked for, or of all."""
    for kind, attacks in KINDS.items():
        for name, attack in attacks(amounts).items():
            if not only or kind in only or f"{kind}/{name}" in only:
                yield kind, name, attack


def table(verdicts: list[Verdict]) -> str:
    """Return how many attacks of each kind were tried, held, and found something, and the cost."""
    rows: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0.0])
    for verdict in verdicts:
        found = int(bool(verdict.finding))
        for row in (rows[verdict.kind], rows["all"]):
            row[0] += verdict.tried
            row[1] += verdict.tried - found
            row[2] += found
            row[3] += verdict.cpu
    rows["all"] = rows.pop("all")  # the last
    lines = [f"{'kind':10} {'tried':>6} {'held':>6} {'found':>6} {'CPU s':>7}"]
    lines += [f"{kind:10} {a:6} {b:6} {c:6} {d:7.0f}" for kind, (a, b, c, d) in rows.items()]
    return "\n".join(lines)


def _print(verdict: Verdict, seed: int) -> None:
    name = f"{verdict.kind}/{verdict.name}"
    if verdict.finding:
        print(f"FOUND {name}: {verdict.finding}")
        print(f"      python -m tests.attacks --only {name} --seed {seed}")
    else:
        print(f"held  {name}" + (f" ({verdict.tried})" if verdict.tried > 1 else ""))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
