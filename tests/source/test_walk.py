"""Which files are posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.problems import UsageError
from hanpan.source.walk import find


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("글\n", "utf-8")


def test_a_walk_takes_posts_and_leaves_dot_folders_and_out(tmp_path: Path) -> None:
    make(
        tmp_path,
        "posts/a.md", "posts/deep/b.markdown", "posts/c.mdx", "posts/d.txt",
        "posts/.history/e.md", "posts/.f.md", "node_modules/g.md", "out/h.md",
    )  # fmt: skip
    found = find([tmp_path], tmp_path / "out", {})
    assert [post.relative for post in found] == [
        "posts/.f.md",  # hidden: the plan says so
        "posts/a.md",
        "posts/c.mdx",
        "posts/deep/b.markdown",
    ]
    assert {post.root for post in found} == {tmp_path}


def test_each_post_belongs_to_the_nearest_site(tmp_path: Path) -> None:
    make(tmp_path, "one/_posts/a.md", "two/_posts/b.md", "two/docs/_posts/c.md")
    make(tmp_path, "one/_config.yml", "two/_config.yml", "two/docs/_config.yml")
    roots = {post.path.name: post.root.name for post in find([tmp_path], tmp_path / "out", {})}
    assert roots == {"a.md": "one", "b.md": "two", "c.md": "docs"}


def test_a_file_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    make(tmp_path, ".history/a.md", "note.txt")
    found = find([tmp_path / ".history" / "a.md", tmp_path / "note.txt"], tmp_path / "out", {})
    assert [(post.path.name, post.named) for post in found] == [("a.md", True), ("note.txt", True)]


def test_a_source_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find([tmp_path / "none.md"], tmp_path / "out", {})
