"""What the command line answers to slips: a sentence, a remedy, and an exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.blog import make_blog
from tests.support.command import hanpan


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["build", "-e", "pfd"], "unknown edition `pfd`; did you mean `pdf`?", "Use one of: html"),
        (["show", "bdy", "x.md"], "unknown stage `bdy`; did you mean `body`?", "Use one of: sour"),
        (["show", "body", "x.md"], "x.md does not exist", "Name the file of a post."),
        (["show", "body", "posts"], "posts is a folder", "Name the file of a post."),
        (["build", "--site", "x.toml"], "the settings file x.toml does not exist", "Correct --si"),
        (["build", "--out", "site.toml"], "site.toml is not a folder", "Choose a folder that you"),
        (["build", "--out", "site.toml/x"], "cannot be written to: not a directory", "Choose a fo"),
        (["book", "x"], "the site has no books", "Add a [[book]] to site.toml"),
        (["new", "글", "--folder", "site.toml"], "the post cannot be written: ", "Choose another"),
        (["new", "\udcff"], "argument TITLE: it is not valid UTF-8", ""),
        (["book", "--series", "\udcff"], "argument --series: it is not valid UTF-8", ""),
        (["build", "--jobs", "-1"], "`-1` is not a whole number, 0 or more", ""),
    ],
)
def test_a_slip_is_answered_with_a_remedy(
    tmp_path: Path, arguments: list[str], message: str, remedy: str
) -> None:
    ran = hanpan(*arguments, cwd=make_blog(tmp_path, posts=1))
    assert ran.code == 2
    assert message in ran.err and remedy in ran.err
    assert "Traceback" not in ran.err and ran.out == ""


def test_a_title_that_was_used_today_is_not_overwritten(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    path = blog / hanpan("new", "안녕", cwd=blog).out.strip()
    path.write_text("mine", "utf-8")
    ran = hanpan("new", "안녕", cwd=blog)
    assert ran.code == 2 and "error: the post already exists" in ran.err
    assert path.read_text("utf-8") == "mine"


def test_help_names_each_command_with_its_purpose(tmp_path: Path) -> None:
    ran = hanpan("--help", cwd=tmp_path)
    assert ran.code == 0
    for words in ("build the editions of posts", "create a post", "report what is installed"):
        assert words in " ".join(ran.out.split())
