"""Causes: problems that are put right at once are reported once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hanpan.problems import SEVERITIES, Problem
from hanpan.reports.outcome import Reported


@dataclass(frozen=True, slots=True)
class Cause:
    """What is to be put right: the first problem that shows it, and what else does."""

    first: Problem
    others: int = 0  # problems beside the first
    posts: int = 1  # that have one


def causes_of(reported: Iterable[Reported]) -> list[Cause]:
    """Return what is to be put right, errors last, by rule, file and line."""
    alike: dict[object, list[Reported]] = {}
    for number, one in enumerate(sorted(reported, key=_place)):
        cause = one.problem.cause
        alike.setdefault((one.site, cause) if cause else number, []).append(one)
    causes = []
    for group in alike.values():
        first = group[-1] if len(group) > 1 else group[0]  # the worst, as they are sorted
        worst = first.problem.severity
        first = next(one for one in group if one.problem.severity == worst)
        total = sum(one.problem.more or 1 for one in group)
        posts = {one.post or one.problem.path for one in group}
        own = first.problem.more or 1
        causes.append(Cause(first.problem, total - own, len(posts)))
    return sorted(causes, key=lambda cause: _order(cause.first))


def _place(one: Reported) -> tuple[int, str, str, int]:
    return _order(one.problem)


def _order(problem: Problem) -> tuple[int, str, str, int]:
    return SEVERITIES.index(problem.severity), problem.rule, problem.path, problem.line or 0
