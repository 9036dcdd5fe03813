"""The report as Markdown: in a comment nothing of a post is a mention, a link or a row."""

from __future__ import annotations

from pathlib import Path

from hanpan.problems import Problem
from hanpan.reports.formats.markdown import markdown_report
from hanpan.reports.outcome import Outcome, Reported
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan


def outcome(*problems: Problem) -> Outcome:
    return Outcome({}, tuple(Reported(problem, "a.md") for problem in problems), ("a.md",))


def test_problems_are_rows_with_the_worst_first() -> None:
    text = markdown_report(
        outcome(
            Problem("alt-empty", "info", "no words"),
            Problem("link-broken", "warning", "w", "a.md", 3, "Fix it."),
            Problem("out", "error", "e"),
        ),
        "en",
    )
    lines = text.splitlines()
    assert lines[:3] == ["### hanpan", "", "1 post, 1 error, 1 warning"]
    rows = [line for line in lines if line.startswith(("| 🔴", "| 🟡", "| 🔵"))]
    assert [row[2] for row in rows] == ["🔴", "🟡"]
    assert rows[1].split(" | ")[1:3] == [
        "<code>a.md:3</code>", "<code>w</code><br><code>Fix it.</code>"
    ]  # fmt: skip
    assert "<code>" not in markdown_report(outcome(), "ko")


def test_nothing_of_a_post_has_an_effect() -> None:
    evil = "@all ![x](https://x.example/a.png) | <img src=x> `` `a` _b_ *c* \n::error::"
    text = markdown_report(outcome(Problem("date", "warning", evil, "@all|.md", 1)), "en")
    (row,) = [line for line in text.splitlines() if line.startswith("| 🟡")]
    assert row.count("|") == 5
    inside = row.replace("<code>", "").replace("</code>", "")
    assert not any(sign in inside for sign in ("@", "![", "<img", "`", "_b", "*c"))


def test_a_build_writes_it(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n![](없다.png)\n")
    ran = hanpan("build", "-e", "html", "--report", "out/report.md", cwd=blog)
    assert ran.code == 0 and "image-missing" in (blog / "out/report.md").read_text("utf-8")
    ran = hanpan("build", "-e", "html", "--report", "site.toml/x.md", cwd=blog)
    assert ran.code == 1 and "[report]" in ran.err
