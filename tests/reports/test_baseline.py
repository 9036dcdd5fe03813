"""The baseline: what is known does not count, what is new does, and what is gone is said."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.problems import Problem
from hanpan.reports.baseline import fingerprint, with_baseline, write_baseline
from hanpan.reports.outcome import Outcome, Reported
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

A, B = "2026-03-01-a.md", "2026-03-02-b.md"
TEXT = "---\ntitle: 글\n---\n\n{}\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, A, TEXT.format("![가](/하나.png)\n\n![나](/하나.png) [글](#없다)"))
    add_post(blog, B, TEXT.format("![가](/둘.png)"))
    return blog


def test_known_problems_do_not_count_and_new_ones_do(blog: Path) -> None:
    assert hanpan("check", "--strict", cwd=blog).code == 1
    written = hanpan("check", "--write-baseline", "--strict", cwd=blog)
    assert written.code == 0 and "baseline.toml: 4 problems known from now on" in written.err
    text = (blog / "baseline.toml").read_text("utf-8")
    known = tomllib.loads(text)
    assert list(known) == [f"posts/{A}", f"posts/{B}"]
    assert {rule: len(lines) for rule, lines in known[f"posts/{A}"].items()} == {
        "image-missing": 2, "link-fragment": 1,
    }  # fmt: skip
    again = hanpan("check", "--strict", cwd=blog)
    assert again.code == 0 and "[image-missing]" not in again.err
    assert "4 problems known from baseline.toml, not listed" in again.err
    assert hanpan("build", "-e", "html", "--strict", cwd=blog).code == 0

    moved = TEXT.format("새 문단.\n\n![가](/하나.png)\n\n![나](/하나.png) [글](#없다)")
    (blog / "posts" / A).write_text(moved, "utf-8")
    assert hanpan("check", "--strict", cwd=blog).code == 0
    hanpan("check", "--write-baseline", cwd=blog)
    assert (blog / "baseline.toml").read_text("utf-8") == text

    (blog / "posts" / A).write_text(f"{moved}\n![셋](/하나.png)\n", "utf-8")  # once more than known
    ran = hanpan("check", "--strict", cwd=blog)
    assert ran.code == 1 and ran.err.count("[image-missing]") == 1
    listed = json.loads(hanpan("check", "--json", cwd=blog).out)
    assert [bool(p.get("known")) for p in listed].count(False) == 1


def test_what_is_gone_is_said_and_leaves_with_the_next_writing(blog: Path) -> None:
    hanpan("check", "--write-baseline", cwd=blog)
    add_post(blog, B, TEXT.format("고쳤다."))
    ran = hanpan("check", "--strict", cwd=blog)
    assert ran.code == 0 and "1 problem of baseline.toml gone" in ran.err
    assert f"    posts/{B}: [image-missing]" in ran.err
    part = hanpan("check", f"posts/{A}", cwd=blog)
    assert "gone" not in part.err
    hanpan("check", "--write-baseline", f"posts/{A}", cwd=blog)  # that knows nothing of the other
    assert f"posts/{B}" in (blog / "baseline.toml").read_text("utf-8")
    hanpan("check", "--write-baseline", cwd=blog)
    assert f"posts/{B}" not in (blog / "baseline.toml").read_text("utf-8")


def test_rules_may_be_made_known_one_by_one_and_files_named(blog: Path) -> None:
    file = ("--baseline", "ci/known.toml")
    hanpan("check", "--write-baseline", "--rule", "link-fragment", *file, cwd=blog)
    assert "image-missing" not in (blog / "ci/known.toml").read_text("utf-8")
    ran = hanpan("check", *file, cwd=blog)
    assert "1 problem known" in ran.err and "[image-missing]" in ran.err
    hanpan("check", "--write-baseline", "--rule", "image-missing", *file, cwd=blog)
    assert hanpan("check", "--strict", *file, cwd=blog).code == 0
    assert not (blog / "baseline.toml").exists()


def test_errors_of_a_build_always_count(blog: Path) -> None:
    with (blog / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[rules]\nimage-missing = "error"\n')
    hanpan("check", "--write-baseline", cwd=blog)
    assert hanpan("check", "--strict", cwd=blog).code == 0
    assert hanpan("build", "-e", "html", cwd=blog).code == 1


@pytest.mark.parametrize("text", ["[", "x = 1\n", '["a.md"]\nrule = ["zz x"]\n', "x.y = [1]\n"])
def test_a_baseline_that_is_none(blog: Path, text: str) -> None:
    (blog / "baseline.toml").write_text(text, "utf-8")
    ran = hanpan("check", cwd=blog)
    assert ran.code == 2 and ran.err.startswith("baseline.toml: error: baseline.toml is not as")
    assert (blog / "baseline.toml").read_text("utf-8") == text


PROBLEMS = st.builds(
    Problem,
    st.sampled_from(["image-missing", "link-post", "math"]),
    st.sampled_from(["error", "warning", "info"]),
    st.text(max_size=40),
    st.sampled_from(["posts/a.md", 'posts/"b"\\\x7f.md', "", "../c.svg", "글 하나.md"]),
    st.none() | st.integers(1, 90),
)


@given(st.lists(PROBLEMS, max_size=12))
def test_what_was_written_is_known_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, problems: list[Problem]
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "baseline.toml"
    outcome = Outcome({}, tuple(map(Reported, problems)), ())
    assert write_baseline(outcome, path, outcome.problems) == len(problems)
    after = with_baseline(outcome, path, errors=True)
    assert after.counted == () and after.gone == ()
    text = path.read_text("utf-8")
    write_baseline(after, path, after.problems)
    assert path.read_text("utf-8") == text
    new = Outcome({}, (*outcome.problems, Reported(Problem("date", "error", "x"))), ())
    assert [one.problem.rule for one in with_baseline(new, path, errors=True).counted] == ["date"]


def test_lines_may_move_and_counts_change() -> None:
    first = Problem("alt-empty", "info", "3 pictures have no description (lines 3, 5, 9)")
    second = Problem("alt-empty", "info", "3 pictures have no description (lines 13, 15, 19)")
    other = Problem("alt-empty", "info", "4 pictures have no description (lines 3, 5, 9)")
    assert fingerprint(first) == fingerprint(second) != fingerprint(other)
