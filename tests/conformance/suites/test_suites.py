"""Foreign suites, judged by foreign referees (issue 14, section 5).

kramdown's test cases and the examples of CommonMark and GFM: built in every edition, read beside
what they expect, and searched for lost words. The table of docs/conformance.md has the counts.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conformance.suites.__main__ import counts
from tests.conformance.suites.cases import SUITES, Case, cases, write_site
from tests.conformance.suites.judging import Judged, has_judges, judge_all
from tests.conformance.suites.named import TEXT_LOST
from tests.support.command import ROOT, hanpan
from tests.support.others_posts import entries
from tests.support.referees.epubcheck import check
from tests.support.referees.html_checker import nu
from tests.support.referees.verapdf import failures

pytestmark = [pytest.mark.conformance, pytest.mark.corpus]
DOCS = ROOT / "docs" / "conformance.md"
EVERY = 26  # of the cases, one is in the sample
BATCH = 100  # pages for one run of the HTML checker
FLAVOURS = ("ua1", "3a")


@pytest.fixture(scope="module")
def every() -> list[Case]:
    if not SUITES.is_dir():
        pytest.skip(f"{SUITES} is not there")
    return cases()


@pytest.fixture(scope="module")
def judged(every: list[Case]) -> dict[str, list[Judged]]:
    if not has_judges():
        pytest.skip("kramdown and cmark-gfm are not installed (`make conformance`)")
    return judge_all()


def test_the_suites_are_whole(every: list[Case]) -> None:
    assert len(every) == len({case.slug for case in every}) == 1544


def test_a_sample_is_right_in_every_edition(every: list[Case], tmp_path: Path) -> None:
    _judge(every[::EVERY], tmp_path)


@pytest.mark.slow
def test_all_cases_are_right_in_every_edition(every: list[Case], tmp_path: Path) -> None:
    _judge(every, tmp_path)


def _judge(chosen: list[Case], folder: Path) -> None:
    """Build cases in every edition, and have the referees look at them."""
    posts = write_site(folder, chosen)
    out = folder / "out"
    ran = hanpan("build", "-j2", "--offline", "--out", out, "posts", cwd=folder, timeout=7200)
    assert "Traceback" not in ran.err
    built = entries(out)
    pages, books, prints = (sorted(out.glob(f"*/*.{end}")) for end in ("html", "epub", "pdf"))
    pages = [page for page in pages if page.stem == page.parent.name]
    assert len(posts) == len(built) == len(pages) == len(books) == len(prints)
    assert check(books) == []
    for start in range(0, len(pages), BATCH):
        assert nu(pages[start : start + BATCH]) == ""
    for flavour in FLAVOURS:
        assert {name: found for name, found in failures(prints, flavour).items() if found} == {}


def test_each_difference_has_a_kind(judged: dict[str, list[Judged]]) -> None:
    without = [
        f"{post.outcome.case.name} ({run})"
        for run, posts in judged.items()
        for post in posts
        if post.kinds is None
    ]
    assert without == []


def test_the_table_of_the_docs_is_true(judged: dict[str, list[Judged]]) -> None:
    found = {kind: row for kind, row in counts(judged).items() if any(row)}
    assert _table() == found


def _table() -> dict[str, list[int]]:
    """Return the table of the docs: for each kind how often it occurs in each run."""
    section = DOCS.read_text("utf-8").partition("## Foreign suites\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+?) \|((?: \d+ \|)+) [^|]+ \|$", section, re.MULTILINE)
    return {kind: [int(number) for number in re.findall(r"\d+", row)] for kind, row in rows}


def test_no_words_are_lost_but_those_that_are_explained(judged: dict[str, list[Judged]]) -> None:
    lost = {
        post.outcome.case.name
        for posts in judged.values()
        for post in posts
        if any(problem.rule == "text-lost" for problem in post.problems)
    }
    assert lost == TEXT_LOST.keys()
