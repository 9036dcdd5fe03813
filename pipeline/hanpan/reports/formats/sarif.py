"""SARIF 2.1.0 (OASIS), which code scanning, editors and dashboards read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from hanpan import __version__
from hanpan.messages.rules import rule_titles
from hanpan.messages.translation import problem_in
from hanpan.problems import Problem, Severity
from hanpan.reports.baseline import fingerprint
from hanpan.reports.formats.github import from_root
from hanpan.reports.outcome import Outcome

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def sarif_log(outcome: Outcome, lang: str) -> dict[str, Any]:
    """Return the log of a check: every problem that is not known, and the rules that they break."""
    problems = [one.problem for one in outcome.counted]
    rules = sorted({problem.rule for problem in problems})
    places = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "hanpan",
        "version": __version__,
        "rules": [_rule(rule, lang) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(problem, places[problem.rule], lang) for problem in problems],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str, lang: str) -> dict[str, Any]:
    title = rule_titles().get(rule)
    text = title.text(lang) if title else rule
    return {"id": rule, "shortDescription": {"text": text}}


def _result(problem: Problem, rule: int, lang: str) -> dict[str, Any]:
    shown = problem_in(problem, lang)
    text = f"{shown.message}. {shown.remedy}" if shown.remedy else shown.message
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "partialFingerprints": {"hanpan/v1": fingerprint(problem)},
    }
    if problem.path:
        uri = quote(from_root(problem.path))
        place: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
        if problem.line:
            place["region"] = {"startLine": problem.line}
        result["locations"] = [{"physicalLocation": place}]
    return result
