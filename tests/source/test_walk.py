"""Which files are posts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hanpan.problems import UsageError
from hanpan.site import load_site
from hanpan.source.walk import find, post_folders


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


def test_a_folder_is_listed_once_for_all_files_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ten thousand names on a command line would take a minute else
    names = [f"{number}.md" for number in range(50)]
    make(tmp_path, *names)
    listed: list[str] = []
    list_folder = os.listdir

    def noted(folder: str | Path) -> list[str]:
        listed.append(str(folder))
        return list_folder(folder)

    monkeypatch.setattr(os, "listdir", noted)
    assert len(find([tmp_path / name for name in names], tmp_path / "out", {})) == len(names)
    assert listed.count(str(tmp_path)) == 1


def test_a_source_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find([tmp_path / "none.md"], tmp_path / "out", {})


def test_jekyll_takes_posts_from_folders_at_any_depth(tmp_path: Path) -> None:
    make(
        tmp_path,
        "_config.yml", "_posts/a.md", "blog/_posts/b.md", "a/b/_drafts/c.md", "_site/_posts/d.md",
        "docs/_config.yml", "docs/_posts/e.md", "node_modules/x/_posts/f.md", "out/_posts/g.md",
        "posts/h.md", "posts/x/_posts/i.md", "notes/j.md",
    )  # fmt: skip
    folders = post_folders(load_site(tmp_path), tmp_path / "out")
    assert [folder.relative_to(tmp_path).as_posix() for folder in folders] == [
        "posts", "_posts", "a/b/_drafts", "blog/_posts",
    ]  # fmt: skip
    (tmp_path / "_config.yml").rename(tmp_path / "site.toml")
    (tmp_path / "site.toml").write_text("", "utf-8")
    folders = post_folders(load_site(tmp_path), tmp_path / "out")
    assert [folder.name for folder in folders] == ["posts", "_posts"]


def test_every_ending_of_markdown_is_a_posts_and_others_are_not_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "_posts/a.md", "_posts/b.markdown", "_posts/c.mkd", "_posts/d.MKDN")
    make(tmp_path, "_posts/e.mkdown", "_posts/f.html", "page.html", "_posts/g.png")
    names = [post.path.name for post in find([tmp_path], tmp_path / "out", {})]
    assert names == ["a.md", "b.markdown", "c.mkd", "d.MKDN", "e.mkdown", "f.html"]
