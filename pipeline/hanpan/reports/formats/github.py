"""Annotations: problems as commands to GitHub's runner, which shows them in a pull request.

The runner takes the first ten of each level of a step, and none beyond: those that come first are
of as many rules as there are. Its paths are from the root of the repository.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from hanpan.console import print_command
from hanpan.messages.translation import problem_in
from hanpan.problems import SEVERITIES, Severity
from hanpan.reports.causes import Cause

SHOWN = 10  # of each level of a step
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def is_on_github() -> bool:
    """Tell whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def print_annotations(causes: Iterable[Cause], lang: str, most: int | None = None) -> None:
    """Print a command for each cause, errors first; or for `most` of each level."""
    numbers: Counter[tuple[Severity, str]] = Counter()
    turns: list[tuple[int, int, Cause]] = []
    for cause in causes:
        problem = cause.first
        turns.append(
            (-SEVERITIES.index(problem.severity), numbers[problem.severity, problem.rule], cause)
        )
        numbers[problem.severity, problem.rule] += 1
    printed: Counter[Severity] = Counter()
    for _, _, cause in sorted(turns, key=lambda turn: turn[:2]):
        if most is None or printed[cause.first.severity] < most:
            _print_annotation(cause, lang)
            printed[cause.first.severity] += 1


def _print_annotation(cause: Cause, lang: str) -> None:
    problem = problem_in(cause.first, lang)
    properties = {"title": problem.rule}
    if problem.path:
        properties = {"file": from_root(problem.path)} | properties
    if problem.line:
        properties["line"] = str(problem.line)
    more = f" (+{cause.others:,})" if cause.others else ""
    text = f"{problem.message}{more}\n{problem.remedy}".rstrip()
    print_command(_LEVELS[problem.severity], properties, text)


def from_root(path: str) -> str:
    """Return a path from the current folder as seen from the repository that is built."""
    root = os.environ.get("GITHUB_WORKSPACE", "")
    if not root or not Path.cwd().is_relative_to(root):
        return path
    return Path(os.path.relpath(path, root)).as_posix()
