"""Outcome: how a build ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hanpan.problems import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: the object of build.json, and the problems of the posts asked for."""

    summary: dict[str, Any]
    problems: tuple[Problem, ...]
    posts: int

    def exit_code(self, *, strict: bool) -> int:
        """Return 1 if an artifact could not be built, or if `strict` and there is a warning."""
        fatal = ("error", "warning") if strict else ("error",)
        return int(any(problem.severity in fatal for problem in self.problems))

    def listed(self) -> list[dict[str, Any]]:
        """Return every problem in build.json's form."""
        of_posts = [problem for post in self.summary["posts"] for problem in post["problems"]]
        return [*of_posts, *self.summary["problems"]]
