"""`hanpan pages`: what readers may see, and nothing else, in a folder that is served as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.blog import make_blog
from tests.support.command import built, hanpan


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    blog = make_blog(tmp_path_factory.mktemp("pages"), posts=2)
    built(blog, "-e", "html,epub,crosspost")
    return blog


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_only_the_reader_s_editions_are_copied(made: Path) -> None:
    (made / "out" / "글-1" / "own.html").write_text("an author's own", "utf-8")
    ran = hanpan("pages", "_pages", cwd=made)
    assert (ran.code, ran.out) == (0, "5 files for readers in _pages/\n")
    expected = ["글-1/글-1.epub", "글-1/글-1.html", "글-2/글-2.epub", "글-2/글-2.html"]
    assert files(made / "_pages") == [".nojekyll", "index.html", *expected]
    text = (made / "_pages/index.html").read_text("utf-8")
    assert "crosspost" not in text
    assert "crosspost" in (made / "out/index.html").read_text("utf-8")
    assert oct((made / "_pages").stat().st_mode)[-3:] == "755"
    stamp = (made / "_pages/글-1/글-1.html").stat().st_mtime_ns
    assert hanpan("pages", "_pages", cwd=made).code == 0
    assert (made / "_pages/글-1/글-1.html").stat().st_mtime_ns == stamp  # written once


def test_what_is_gone_goes_and_what_is_another_s_stays(made: Path) -> None:
    assert hanpan("pages", "site", cwd=made).code == 0
    (made / "site/CNAME").write_text("blog.example\n", "utf-8")
    (made / "site/글-2/mine.txt").write_text("mine", "utf-8")
    (post,) = (made / "posts").glob("*글-2.md")
    text = post.read_text("utf-8")
    post.unlink()
    built(made, "-e", "html,epub,crosspost")
    assert hanpan("pages", "site", cwd=made).code == 0
    assert files(made / "site") == [
        ".nojekyll", "CNAME", "index.html", "글-1/글-1.epub", "글-1/글-1.html", "글-2/mine.txt"
    ]  # fmt: skip
    post.write_text(text, "utf-8")
    built(made, "-e", "html,epub,crosspost")


@pytest.mark.parametrize("folder", [".", "posts", "out", "out/pages", ".."])
def test_a_folder_of_others_is_left_alone(made: Path, folder: str) -> None:
    before = files(made)
    ran = hanpan("pages", folder, cwd=made)
    assert ran.code == 2 and "[pages]" in ran.err
    assert files(made) == before


def test_a_checkout_of_pages_is_filled(made: Path, tmp_path: Path) -> None:
    pages = tmp_path / "checkout"
    (pages / ".git").mkdir(parents=True)
    (pages / ".git" / "HEAD").write_text("ref", "utf-8")
    (pages / "CNAME").write_text("blog.example\n", "utf-8")
    assert hanpan("pages", pages, cwd=made).code == 0
    assert (pages / ".git/HEAD").read_text() == "ref" and (pages / "index.html").is_file()


def test_a_file_that_was_changed_there_is_not_overwritten(made: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    assert hanpan("pages", pages, cwd=made).code == 0
    (pages / "index.html").write_text("mine", "utf-8")
    for _ in range(2):
        ran = hanpan("pages", pages, cwd=made)
        assert ran.code == 2 and "has been changed" in ran.err
        assert (pages / "index.html").read_text() == "mine"


def test_a_list_that_names_files_elsewhere_removes_none(made: Path, tmp_path: Path) -> None:
    pages, other = tmp_path / "pages", tmp_path / "other.txt"
    assert hanpan("pages", pages, cwd=made).code == 0
    other.write_text("x", "utf-8")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of x
    with (pages / ".nojekyll").open("a") as list_file:
        list_file.write(f"{digest}  ../other.txt\n{digest}  {other}\n")
    hanpan("pages", pages, cwd=made)
    assert other.read_text() == "x"


def test_nothing_is_copied_from_where_a_link_leads(made: Path, tmp_path: Path) -> None:
    page = made / "out/글-1/글-1.html"
    data = page.read_bytes()
    (tmp_path / "secret").write_text("theirs", "utf-8")
    page.unlink()
    page.symlink_to(tmp_path / "secret")
    ran = hanpan("pages", tmp_path / "pages", cwd=made)
    assert ran.code == 1 and "link" in ran.err
    assert not (tmp_path / "pages").exists() and os.listdir(tmp_path) == ["secret"]
    page.unlink()
    assert "is missing" in hanpan("pages", tmp_path / "pages", cwd=made).err
    page.write_bytes(data)


def test_nothing_has_been_built(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=1)
    ran = hanpan("pages", "_pages", cwd=blog)
    assert ran.code == 1 and "Build first" in ran.err
    assert not (blog / "_pages").exists()
