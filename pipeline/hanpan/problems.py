"""Problem: something to report to the author; and the small tree of errors with their exit codes.

HanpanError (1)
|-- UsageError (2)      bad usage, a SOURCE that does not exist, an unusable site.toml
`-- BuildError (1)      an artifact could not be built
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # the worst last
_LONGEST = 1_200  # characters of a message or remedy
MOST = 500  # problems of one rule that are kept of a step, or listed of a post's links
OFF = "off"  # what [rules] may say instead of a severity
SITE_URL = "site-url"  # the cause of what goes wrong where site.toml has no `url`
SITE_HTTP = "site-http"  # ... and where that begins with http:


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to report to the author, in one sentence, with one remedy.

    `path` is relative to the site's root, with forward slashes; `line` counts from 1 in the
    author's own file, None where no line is to blame. `approximate`: the line is the nearest known.
    """

    rule: str
    severity: Severity
    message: str
    path: str = ""
    line: int | None = None
    remedy: str = ""
    approximate: bool = False
    more: int = 0  # it stands for so many of its rule that are not listed
    cause: str = ""  # problems of one site with the same cause are put right at once

    def __post_init__(self) -> None:
        """Keep the message on one line, short, without a stop, and text: parts come from others.

        A file's name may have bytes that are no text: they become question marks.
        """
        message = _shortened(" ".join(_as_text(self.message).split()))
        while message.endswith(".") and not message.endswith(".."):
            message = message[:-1].rstrip()  # so that it is the same when it is read again
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "path", _as_text(self.path))
        object.__setattr__(self, "remedy", _shortened(_as_text(self.remedy)))

    def at(self, path: str) -> Problem:
        """Return the same problem with another path."""
        return replace(self, path=path)

    def location(self) -> str:
        """Return `path:line`, as editors and terminals link it."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def as_json(self) -> dict[str, Any]:
        """Return the object that build.json and `check --json` show."""
        more: dict[str, Any] = {"more": self.more} if self.more else {}
        if self.cause:
            more["cause"] = self.cause
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "remedy": self.remedy,
            "approximate": self.approximate,
            **more,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Problem:
        """Read what `as_json` wrote. Raises TypeError, AttributeError for anything else."""
        problem = cls(**data)
        texts = (problem.rule, problem.path, problem.remedy, problem.cause)
        is_sound = all(isinstance(text, str) for text in texts)
        is_sound &= problem.line is None or isinstance(problem.line, int)
        is_sound &= isinstance(problem.more, int)
        if not is_sound or problem.severity not in SEVERITIES:
            raise TypeError("it is no problem")
        return problem


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem of an edition, and the number of the body's element that it is about.

    Editions know no lines; `transforms.element_numbers` counts.
    """

    problem: Problem
    element: int | None = None


def apply_severities(
    problems: Iterable[Problem], severities: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return the problems as [rules] of site.toml judges them: rule -> severity, or `off`.

    Of each rule there are MOST, and one that says how many more.
    """
    return tuple(_first_of_each_rule(_with_severities(problems, severities)))


def number_of(problems: Iterable[Problem]) -> int:
    """Return how many problems there are, with those that are not listed."""
    return sum(problem.more or 1 for problem in problems)


def _with_severities(
    problems: Iterable[Problem], severities: Mapping[str, str]
) -> Iterator[Problem]:
    for problem in problems:
        severity = severities.get(problem.rule, problem.severity)
        if severity == problem.severity:
            yield problem
        elif severity != OFF:
            yield replace(problem, severity=cast(Severity, severity))


def _first_of_each_rule(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first of each rule and severity, and at the end how many more there are.

    One line of a post can be wrong in sixty thousand ways, which nobody reads, and each build
    would keep.
    """
    numbers: Counter[tuple[str, Severity]] = Counter()
    paths: dict[tuple[str, Severity], str] = {}
    for problem in problems:
        kind = problem.rule, problem.severity
        numbers[kind] += 1
        paths.setdefault(kind, problem.path)
        if numbers[kind] <= MOST:
            yield problem
    for (rule, severity), number in numbers.items():
        if number > MOST:
            more = number - MOST
            message = f"{more:,} more problems of this rule are not listed"
            yield Problem(rule, severity, message, paths[rule, severity], more=more)


def system_reason(error: OSError) -> str:
    """Return why the system refused something, as the end of a message."""
    return (error.strerror or str(error)).lower()


def _as_text(text: str) -> str:
    return text.encode(errors="replace").decode()


def _shortened(text: str) -> str:
    """Return a text without its middle where it is too long to be read."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST * 2 // 3]} … {text[-_LONGEST // 4 :]}"


class HanpanError(Exception):
    """Any error that ends a command; `problem` is what is reported."""

    exit_code = 1
    is_costly = False  # it took long, and a step is not run again to have it from the same input

    def __init__(self, problem: Problem | str) -> None:
        self.problem = (
            problem if isinstance(problem, Problem) else Problem("error", "error", problem)
        )
        super().__init__(self.problem.message)


class UsageError(HanpanError):
    """The command was called wrongly, or a settings file cannot be used.

    `others` are further problems that are reported at the same time.
    """

    exit_code = 2

    def __init__(self, problem: Problem | str, *others: Problem) -> None:
        self.others = others
        super().__init__(problem)


class BuildError(HanpanError):
    """An artifact could not be built; the other artifacts go on.

    `keys` are those of the front matter that the problem is about: the first that the post has
    gives it its line.
    """

    def __init__(self, problem: Problem | str, *keys: str) -> None:
        self.keys = keys
        super().__init__(problem)
