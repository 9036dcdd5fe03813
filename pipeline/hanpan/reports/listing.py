"""Listing: which problems are shown of a build, so that its end fits on a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hanpan.problems import Severity
from hanpan.reports.causes import Cause

_LINES = 40  # of a screen, with the table and what ends the build
_MOST = (20, 10, 5, 3, 2, 1)  # of each rule: as many as fit
_MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Extent:
    """What is to be listed: so many of each rule, 0 for all, None for what fits on a screen."""

    limit: int | None = None
    summary: bool = False  # the table alone


@dataclass(frozen=True, slots=True)
class RuleListing:
    """What is listed of a rule and severity: causes with the same remedy follow each other."""

    rule: str
    severity: Severity
    causes: tuple[Cause, ...]
    left_out: int  # problems


def listings(causes: Iterable[Cause], extent: Extent) -> list[RuleListing]:
    """Return what is listed of each rule, errors last."""
    groups: dict[tuple[str, Severity], list[Cause]] = {}
    for cause in causes:
        groups.setdefault((cause.first.rule, cause.first.severity), []).append(cause)
    most = _fitting(groups, extent)
    return [
        _listing(rule, severity, group, most[rule, severity])
        for (rule, severity), group in groups.items()
    ]


def _fitting(
    groups: dict[tuple[str, Severity], list[Cause]], extent: Extent
) -> dict[tuple[str, Severity], int]:
    """Return how many causes of each group are listed; errors are, as long as that can be read."""
    if extent.summary:
        return dict.fromkeys(groups, 0)
    if extent.limit is not None:
        return {kind: extent.limit or len(group) for kind, group in groups.items()}
    errors = {kind: _MOST_ERRORS for kind in groups if kind[1] == "error"}
    others = {kind: len(group) for kind, group in groups.items() if kind not in errors}
    room = (
        _LINES
        - len(groups)
        - sum(min(len(groups[kind]), most) + 1 for kind, most in errors.items())
    )
    for most in _MOST:
        if sum(min(number, most) + 1 + (number > most) for number in others.values()) <= room:
            return errors | dict.fromkeys(others, most)
    return errors | dict.fromkeys(others, 0)


def _listing(rule: str, severity: Severity, group: Sequence[Cause], most: int) -> RuleListing:
    shown = [cause for cause in group if not cause.first.more][:most]
    remedies = list(Counter(cause.first.remedy for cause in shown))  # in their first order
    ordered = sorted(shown, key=lambda cause: remedies.index(cause.first.remedy))
    total = sum((cause.first.more or 1) + cause.others for cause in group)
    left_out = total - sum(1 + cause.others for cause in shown)
    return RuleListing(rule, severity, tuple(ordered), left_out)
