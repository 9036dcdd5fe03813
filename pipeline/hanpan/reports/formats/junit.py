"""JUnit's XML, as Ant wrote it and Jenkins, GitLab and others read it: a suite for each post.

A problem is a test case that failed: an error, or, under --strict, a warning. What does not fail
the check is in the suite's output.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from hanpan.messages.translation import problem_in
from hanpan.problems import Problem
from hanpan.reports.outcome import Outcome

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_ALL = "hanpan"  # the suite of what is of no post


def junit_xml(outcome: Outcome, lang: str, *, strict: bool) -> str:
    """Return the document: posts without a problem are suites that pass."""
    by_post: dict[str, list[Problem]] = {source: [] for source in outcome.sources}
    for one in outcome.counted:
        name = one.post or one.problem.path or _OF_ALL
        by_post.setdefault(name, []).append(problem_in(one.problem, lang))
    when = time.gmtime(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))
    suites = ET.Element("testsuites")
    for number, (name, problems) in enumerate(by_post.items()):
        suite = _suite(name, problems, ("error", "warning") if strict else ("error",))
        suite.set("id", str(number))
        suite.set("timestamp", time.strftime("%Y-%m-%dT%H:%M:%S", when))
        suites.append(suite)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode")


def _suite(name: str, problems: Sequence[Problem], fatal: Sequence[str]) -> ET.Element:
    failing = [problem for problem in problems if problem.severity in fatal]
    others = [problem for problem in problems if problem.severity not in fatal]
    suite = ET.Element(
        "testsuite",
        name=_plain(name),
        package=_OF_ALL,
        hostname="localhost",  # nobody's business
        tests=str(len(failing) or 1),
        failures=str(len(failing)),
        errors="0",
        time="0",
    )
    ET.SubElement(suite, "properties")
    for problem in failing:
        case = _case(
            suite, name, f"{problem.rule}:{problem.line}" if problem.line else problem.rule
        )
        message = _plain(problem.message)
        failure = ET.SubElement(case, "failure", message=message, type=problem.severity)
        failure.text = _plain(f"{problem.location()}: {problem.message}. {problem.remedy}".rstrip())
    if not failing:
        _case(suite, name, "check")
    told_of = [f"{p.location()}: {p.severity}: {p.message} [{p.rule}]" for p in others]
    ET.SubElement(suite, "system-out").text = _plain("\n".join(told_of))
    ET.SubElement(suite, "system-err")
    return suite


def _case(suite: ET.Element, post: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=_plain(name), classname=_plain(post), time="0")


def _plain(text: str) -> str:
    """Return a text without what XML 1.0 does not allow."""
    return _NO_XML.sub("\ufffd", text)
