"""Outcome: how a build ended, and what it has to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hanpan.problems import Problem


@dataclass(frozen=True, slots=True)
class Reported:
    """A problem as it is reported: with its path from the current folder.

    `post` is the file of the post that it is of, or "" for one of no single post; `site` is the
    site's folder. A `known` one is in the baseline, and does not count.
    """

    problem: Problem
    post: str = ""
    site: str = ""
    known: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the object that `check --json` shows."""
        return self.problem.as_json() | ({"known": True} if self.known else {})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: the object of build.json, and the problems of the posts asked for.

    `sources` are the files of these posts, as they are shown; `has_all`: they are all of their
    sites, and problems of no single post are here as well. `gone` has the path and rule of each
    problem that `baseline`, a file, has, and the posts have no more.
    """

    summary: dict[str, Any]
    problems: tuple[Reported, ...]
    sources: tuple[str, ...]
    has_all: bool = True
    baseline: str = ""
    gone: tuple[tuple[str, str], ...] = ()
    opens: str = ""  # the file to look at next, relative to out/

    @property
    def posts(self) -> int:
        """Return how many posts were asked for."""
        return len(self.sources)

    @property
    def counted(self) -> tuple[Reported, ...]:
        """Return the problems that are not known."""
        return tuple(one for one in self.problems if not one.known)

    def exit_code(self, *, strict: bool) -> int:
        """Return 1 if there is an error that is not known, or, if `strict`, a warning."""
        fatal = ("error", "warning") if strict else ("error",)
        return int(any(one.problem.severity in fatal for one in self.counted))

    def only(self, is_wanted: Callable[[Problem], bool]) -> Outcome:
        """Return the outcome with those problems alone that are wanted."""
        wanted = tuple(one for one in self.problems if is_wanted(one.problem))
        return replace(self, problems=wanted)

    def at_most(self, number: int) -> Outcome:
        """Return the outcome with so many problems of each rule."""
        numbers: Counter[str] = Counter()
        first = []
        for one in self.problems:
            numbers[one.problem.rule] += 1
            if numbers[one.problem.rule] <= number:
                first.append(one)
        return replace(self, problems=tuple(first))
