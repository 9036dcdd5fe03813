"""Tally: the table at the end of a build: how often each rule was broken, and where most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hanpan.problems import SEVERITIES, Severity
from hanpan.reports.outcome import Reported


@dataclass(frozen=True, slots=True)
class Row:
    """A rule and severity: how many problems, in how many posts, and the post with the most."""

    rule: str
    severity: Severity
    problems: int
    posts: int
    worst: str  # `path:line` of the first problem in that post; "" where no file is to blame
    in_worst: int


def tally(reported: Iterable[Reported]) -> list[Row]:
    """Return a row for each rule and severity: errors last, of each severity the most frequent."""
    groups: dict[tuple[str, Severity], list[Reported]] = {}
    for one in reported:
        groups.setdefault((one.problem.rule, one.problem.severity), []).append(one)
    rows = [_row(rule, severity, group) for (rule, severity), group in groups.items()]
    return sorted(rows, key=_order)


def _row(rule: str, severity: Severity, group: list[Reported]) -> Row:
    counts: Counter[str] = Counter()
    for one in group:
        counts[one.post or one.problem.path] += one.problem.more or 1
    worst, in_worst = min(counts.items(), key=lambda item: (-item[1], item[0]))
    first = min(
        (one.problem for one in group if (one.post or one.problem.path) == worst),
        key=lambda problem: (problem.line is None, problem.line or 0),
    )
    posts = len([name for name in counts if name])
    return Row(rule, severity, counts.total(), posts, first.location(), in_worst)


def _order(row: Row) -> tuple[int, int, str]:
    return SEVERITIES.index(row.severity), -row.problems, row.rule
