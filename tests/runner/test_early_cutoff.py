"""Early cutoff: an edit that leaves the document as it was runs one step, and reports stay true."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hanpan.editions import BY_DEFAULT
from tests.support.blog import add_post, make_blog, tree_of
from tests.support.command import built, hanpan

NAME = "2026-03-01-글.md"
POST = """---
title: 줄이 옮는 글
date: 2026-03-01
tags: [줄, 행]
pdf:
  qr: true
  toc: false
crosspost:
  naver: {publish: false}
  velog: {publish: false}
---

첫 문단은 글의 처음에 있다.

<details><summary>접은 글</summary>

안쪽 문단

</details>

<!-- 처음부터 있는 주석 -->

## 소제목

- 하나
    - 안쪽 하나

![없는 그림](/none.png)

[없는 곳](#아무데도)
"""


def insert_before(text: str, what: str) -> Callable[[str], str]:
    return lambda post: post.replace(text, what + text, 1)


EDITS: dict[str, Callable[[str], str]] = {
    "blank lines at the end": lambda post: f"{post}\n\n",
    "blank lines in the middle": insert_before("## 소제목", "\n\n"),
    "an HTML comment at the end": lambda post: f"{post}\n<!-- 나중에 고칠 것 -->\n",
    "an HTML comment under the last line": lambda post: f"{post}<!-- 나중에 고칠 것 -->\n",
    "an HTML comment in the middle": insert_before("## 소제목", "<!-- 나중에 고칠 것 -->\n\n"),
    "a longer HTML comment": insert_before(" -->\n\n## 소제목", "\n또\n한 줄"),
    "a YAML comment": insert_before("tags:", "# 나중에 고칠 것\n"),
    "keys in another order": lambda post: post.replace(
        "title: 줄이 옮는 글\ndate: 2026-03-01\n", "date: 2026-03-01\ntitle: 줄이 옮는 글\n"
    ),
    "settings in another order": lambda post: post.replace(
        "  qr: true\n  toc: false\n", "  toc: false\n  qr: true\n"
    ),
    "platforms in another order": lambda post: post.replace(
        "  naver: {publish: false}\n  velog: {publish: false}\n",
        "  velog: {publish: false}\n  naver: {publish: false}\n",
    ),
}


def name_of(edit: str) -> str:
    return f"2026-03-01-{edit.replace(' ', '-')}.md"


# Only a PDF may have the source attached: of the others one blog is enough.
@pytest.fixture(
    scope="module",
    params=[(False, tuple(BY_DEFAULT)), (True, ("pdf",))],
    ids=["alone", "source attached"],
)
def edited(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, bool, tuple[str, ...]]:
    """Return a blog in which each edit has been made in a post of its own, and its editions.

    With them whether the PDFs have their source attached.
    """
    is_attached, editions = request.param
    settings = f"[pdf]\nattach_source = {str(is_attached).lower()}\n"
    blog = make_blog(tmp_path_factory.mktemp("blog"), posts=0, settings=settings)
    for edit in EDITS:
        add_post(blog, name_of(edit), POST)
    built(blog, *(f"--edition={name}" for name in editions))
    for edit, change in EDITS.items():
        assert change(POST) != POST, edit
        add_post(blog, name_of(edit), change(POST))
    return blog, is_attached, editions


def test_only_the_post_is_read_again(
    edited: tuple[Path, bool, tuple[str, ...]], tmp_path: Path
) -> None:
    blog, is_attached, editions = edited
    only = [f"--edition={name}" for name in editions]
    ran = hanpan("build", "--why", *only, cwd=blog)
    steps = {edit: set(re.findall(rf"{name_of(edit)}: (\w+): ", ran.err)) for edit in EDITS}
    expected = {"document", "pdf"} if is_attached else {"document"}
    assert steps == dict.fromkeys(EDITS, expected)
    summary = json.loads((blog / "out/build.json").read_text("utf-8"))
    run, every = len(expected) * len(EDITS), (1 + len(editions)) * len(EDITS)
    assert summary["steps"] == {"run": run, "fresh": every - run}
    other = shutil.copytree(blog, tmp_path / "blog", ignore=shutil.ignore_patterns("out"))
    fresh = built(other, *only)  # as if nothing had been built before
    assert tree_of(blog / "out") == tree_of(other / "out")
    assert [post["problems"] for post in summary["posts"]] == [
        post["problems"] for post in fresh["posts"]
    ]
    assert built(blog, *only)["steps"] == {"run": 0, "fresh": every}


def lost_lines(payload: Path) -> dict[str, list[int]]:
    manifest = json.loads((payload / "manifest.json").read_text("utf-8"))
    return {loss["name"]: loss["lines"] for loss in manifest["dropped"]}


def test_lines_in_reports_follow_a_shift(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    post = add_post(blog, NAME, POST)
    only = ("--edition", "crosspost")
    built(blog, *only)
    report = blog / "out/글/crosspost/naver/report.md"
    before = lost_lines(report.parent)
    lines = [number for number, line in enumerate(POST.split("\n"), 1) if "/none.png" in line]
    assert f"({lines[0]}행)" in report.read_text("utf-8")
    assert {"details", "nested-list"} <= set(before)
    shift = "".join(f"<!-- {number} -->\n\n" for number in range(50))
    post.write_text(POST.replace("## 소제목", f"{shift}## 소제목"), "utf-8")
    summary = built(blog, *only)
    assert summary["steps"]["run"] == 1
    assert f"({lines[0] + 100}행)" in report.read_text("utf-8")  # of another length, too
    heading = POST.split("\n").index("## 소제목") + 1
    assert lost_lines(report.parent) == {
        name: [line + 100 * (line > heading) for line in lines] for name, lines in before.items()
    }
    problems = {problem["rule"]: problem["line"] for problem in summary["posts"][0]["problems"]}
    assert problems["link-fragment"] == lines[0] + 2 + 100


@pytest.mark.parametrize(
    ("setting", "edition"),
    [("pdf: {page: A99}", "pdf"), ("crosspost: {naver: {titel: 글}}", "crosspost")],
)
def test_a_wrong_setting_has_its_line(setting: str, edition: str, tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for line in (3, 5):
        front = "# 주석\n" * (line - 3)
        add_post(blog, NAME, f"---\ntitle: 글\n{front}{setting}\n---\n\n글\n")
        ran = hanpan("build", "--edition", edition, cwd=blog)
        assert ran.code == 1 and f"{NAME}:{line}: error" in ran.err
