"""Markdown: what a build has to report, for a comment in a pull request or the summary of a run.

Messages hold what posts and servers say: in <code> nothing of it is a mention, a link or a picture.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from pathlib import Path

from hanpan.console import plain_line
from hanpan.files import write_atomic
from hanpan.messages.translation import problem_in
from hanpan.problems import SEVERITIES, BuildError, Problem, number_of, system_reason
from hanpan.reports.causes import causes_of
from hanpan.reports.outcome import Outcome
from hanpan.reports.words import TerminalLabels

_MOST = 50  # problems that are listed
_LONGEST = 300  # characters of a message
_LEVELS = {"error": "🔴", "warning": "🟡", "info": "🔵"}


def markdown_report(outcome: Outcome, lang: str) -> str:
    """Return the report of a build; it ends in a newline."""
    return "\n".join(_lines(outcome, lang)) + "\n"


def write_report(path: Path, outcome: Outcome, lang: str) -> None:
    """Write the report of a build. Raises BuildError."""
    try:
        write_atomic(path, markdown_report(outcome, lang).encode())
    except OSError as error:
        message, remedy = f"cannot be written: {system_reason(error)}", "Name another file."
        raise BuildError(
            Problem("report", "error", message, os.path.relpath(path), None, remedy)
        ) from None


def _lines(outcome: Outcome, lang: str) -> Iterator[str]:
    labels = TerminalLabels(lang)
    counted = [one.problem for one in outcome.counted]
    parts = [labels.count(outcome.posts, "post")]
    for severity in ("error", "warning"):
        number = number_of(problem for problem in counted if problem.severity == severity)
        if number:
            parts.append(labels.count(number, severity))
    yield "### hanpan"
    yield ""
    yield ", ".join(parts)
    worst_first = sorted(
        causes_of(one for one in outcome.counted if one.problem.severity != "info"),
        key=lambda cause: -SEVERITIES.index(cause.first.severity),
    )
    if worst_first:
        yield ""
        yield f"| | {labels.place} | {labels.problems} | {labels.rule} |"
        yield "| --- | --- | --- | --- |"
    for cause in worst_first[:_MOST]:
        problem = problem_in(cause.first, lang)
        more = f" (+{cause.others:,})" if cause.others else ""
        cells = [
            _LEVELS[problem.severity],
            _code(problem.location()),
            _code(problem.message)
            + more
            + (f"<br>{_code(problem.remedy)}" if problem.remedy else ""),
            _code(problem.rule),
        ]
        yield f"| {' | '.join(cells)} |"
    if len(worst_first) > _MOST:
        yield ""
        yield labels.more.format(number=f"{len(worst_first) - _MOST:,}").strip()


def _code(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    shown = plain_line(text)[:_LONGEST]
    escaped = html.escape(shown, quote=False)
    for sign in "|`\\*_[]!@~":
        escaped = escaped.replace(sign, f"&#{ord(sign)};")
    return f"<code>{escaped}</code>" if shown else ""
