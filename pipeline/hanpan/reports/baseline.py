"""Baseline: problems that are known, and do not count: a file beside site.toml, to be committed.

One line a problem, by file and rule, so that merges are easy. A problem is known by its rule, its
file and a fingerprint of its message without numbers of lines: it survives when lines move.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.files import write_atomic
from hanpan.plan.sites import Sites
from hanpan.problems import Problem, UsageError, system_reason
from hanpan.reports.outcome import Outcome, Reported
from hanpan.roots import DATA, RefusedFile, Root, real

NAME = "baseline.toml"
_HEAD = "# Problems that are known, and do not count. To update: hanpan check --write-baseline\n"
_NUMBERS = re.compile(r"\blines? \d++(?>(?:, \d++)*)(?>(?: …)?)|(?<![\d,])\d[\d,]*+ more\b")
_LENGTH = 12  # hexadecimal digits of a fingerprint
_SHOWN = 120  # characters of a message behind it, for who reads the file
_REMEDY = "Restore it, or write it again with --write-baseline when it has been removed."


@dataclass(frozen=True, slots=True, order=True)
class KnownProblem:
    """A line of the baseline; `path` is from its folder, "" where no file is to blame."""

    path: str
    rule: str
    fingerprint: str


def baseline_of(named: Path | None, site: Path | None) -> Path:
    """Return the file that is named, else that of the site: `site` is its settings file."""
    return named or Sites(site).default_root() / NAME


def fingerprint(problem: Problem) -> str:
    """Return what a problem is known by within its file and rule."""
    return sha256(_NUMBERS.sub("#", problem.message).encode()).hexdigest()[:_LENGTH]


def with_baseline(outcome: Outcome, path: Path, *, errors: bool) -> Outcome:
    """Return an outcome whose known problems are marked, and that names those that are gone.

    Errors are known only if `errors`. Raises UsageError for a file that cannot be used.
    """
    messages = _read(path)
    if not messages:
        return outcome
    left = Counter({known: len(texts) for known, texts in messages.items()})
    marked = []
    for one in outcome.problems:
        known = _as_known(one, path)
        is_known = left[known] > 0
        left[known] -= is_known
        counts = one.problem.severity == "error" and not errors
        marked.append(replace(one, known=is_known and not counts))
    is_covered = _Covered(outcome, path)
    gone = [(known.path, known.rule) for known in sorted(left.elements()) if is_covered(known)]
    shown = os.path.relpath(path)
    return replace(outcome, problems=tuple(marked), baseline=shown, gone=tuple(gone))


def write_baseline(outcome: Outcome, path: Path, chosen: Iterable[Reported]) -> int:
    """Make the chosen problems known, and forget what is gone; return how many are known.

    What was known stays where this run cannot tell: of posts that were not checked, and of
    problems that were not chosen. Raises UsageError where the file cannot be read or written.
    """
    before, is_covered = _read(path), _Covered(outcome, path)
    now = _messages(outcome.problems, path)
    entries = _messages(chosen, path)
    for known, texts in before.items():
        most = len(now.get(known, ())) if is_covered(known) else len(texts)
        if most and known not in entries:
            entries[known] = texts[:most]
    try:
        write_atomic(path, "".join(_lines(entries)).encode(), durable=True)
    except OSError as error:
        reason = system_reason(error)
        remedy = "Check the permissions of its folder, or name another file with --baseline."
        raise _unusable(path, f"cannot be written: {reason}", remedy) from None
    return sum(map(len, entries.values()))


class _Covered:
    """Whether an outcome would have a known problem, if it were still there."""

    def __init__(self, outcome: Outcome, path: Path) -> None:
        self._has_all = outcome.has_all
        self._sources = {_from(source, path) for source in outcome.sources}

    def __call__(self, known: KnownProblem) -> bool:
        return self._has_all or known.path in self._sources


def _from(shown: str, path: Path) -> str:
    """Return a path that is shown from the current folder as seen from the baseline's."""
    return Path(os.path.relpath(real(shown), real(path.parent))).as_posix() if shown else ""


def _as_known(one: Reported, path: Path) -> KnownProblem:
    problem = one.problem
    return KnownProblem(_from(problem.path, path), problem.rule, fingerprint(problem))


def _messages(reported: Iterable[Reported], path: Path) -> dict[KnownProblem, list[str]]:
    """Return the messages of problems by what they are known by."""
    messages: dict[KnownProblem, list[str]] = {}
    for one in reported:
        messages.setdefault(_as_known(one, path), []).append(one.problem.message[:_SHOWN])
    return messages


def _lines(entries: dict[KnownProblem, list[str]]) -> Iterator[str]:
    """Yield the lines of the file: a table for each path, a list for each rule."""
    yield _HEAD
    for path, in_file in groupby(sorted(entries), lambda known: known.path):
        yield f"\n[{_quoted(path)}]\n"
        for rule, of_rule in groupby(in_file, lambda known: known.rule):
            yield f"{_quoted(rule)} = [\n"
            for known in of_rule:
                for message in sorted(entries[known]):
                    yield f"  {_quoted(f'{known.fingerprint} {message}')},\n"
            yield "]\n"


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML: JSON's, but for the one sign that TOML escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path) -> dict[KnownProblem, list[str]]:
    """Return the messages of what is known; nothing where there is no file. Raises UsageError."""
    if not os.path.lexists(path):
        return {}
    try:
        tables = toml_text.load(Root(path.parent).read(path.name, DATA).decode())
        return _parse(tables)
    except RefusedFile as error:
        raise UsageError(replace(error.problem, path=os.path.relpath(path))) from None
    except OSError as error:
        reason = system_reason(error)
        raise _unusable(path, f"cannot be read: {reason}", "Check its permissions.") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise _unusable(path, f"is not as hanpan writes it: {error}", _REMEDY) from None


def _parse(tables: dict[str, Any]) -> dict[KnownProblem, list[str]]:
    """Return what a file says. Raises ValueError, TypeError or AttributeError."""
    messages: dict[KnownProblem, list[str]] = {}
    for path, rules in tables.items():
        for rule, texts in rules.items():
            for text in texts:
                digest, _, message = text.partition(" ")
                if not re.fullmatch(rf"[0-9a-f]{{{_LENGTH}}}", digest):
                    raise ValueError(f"`{digest[:40]}` is no fingerprint")
                messages.setdefault(KnownProblem(path, rule, digest), []).append(message)
    return messages


def _unusable(path: Path, message: str, remedy: str) -> UsageError:
    shown = os.path.relpath(path)
    return UsageError(Problem("baseline", "error", f"{shown} {message}", shown, None, remedy))
