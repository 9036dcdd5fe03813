"""One build over several sites, and hanpan installed from a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.blog import POST, make_blog, tree_of
from tests.support.command import ROOT, built, command, environment


def jekyll(folder: Path, *, title: str) -> Path:
    """Lay out a Jekyll blog of one post, without a site.toml."""
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text(f"title: {title}\nurl: https://{folder.name}.example\n")
    (folder / "_posts" / "2026-03-01-go.md").write_text(POST.format(title=title), "utf-8")
    return folder


def test_each_site_has_its_settings_and_none_is_written_to(tmp_path: Path) -> None:
    for name in ("one", "two"):
        jekyll(tmp_path / "blogs" / name, title=name)
    before = tree_of(tmp_path / "blogs")
    summary = built(tmp_path, "blogs", "-e", "html")
    assert {post["slug"] for post in summary["posts"]} == {
        "go",
        "two-go",
    }
    for name in ("one", "two"):
        slug = "go" if name == "one" else "two-go"
        page = (tmp_path / "out" / slug / f"{slug}.html").read_text("utf-8")
        assert f'rel="canonical" href="https://{name}.example/' in page
    assert tree_of(tmp_path / "blogs") == before


def test_a_slug_is_the_same_when_one_post_is_built_alone(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    for date in ("2026-01-01", "2026-02-02"):
        (blog / "posts" / f"{date}-go.md").write_text(POST.format(title=date), "utf-8")
    alone = built(blog, "-e", "html", "posts/2026-02-02-go.md")
    assert [post["slug"] for post in alone["posts"] if post["artifacts"]] == ["2026-02-02-go"]


@pytest.mark.endurance
def test_installed_from_a_wheel_it_works_the_same(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
            "--no-index", "--wheel-dir", str(tmp_path), str(ROOT),
        ],
        check=True, env={**environment(), "PIP_NO_CACHE_DIR": "1"},
    )  # fmt: skip
    (wheel,) = tmp_path.glob("hanpan-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    blog = make_blog(tmp_path / "blog", posts=1)
    subprocess.run(
        [*command("build"), "--out", "wheel"], check=True, cwd=blog,
        env=environment(PYTHONPATH=str(tmp_path / "installed")),
    )  # fmt: skip
    built(blog)
    assert tree_of(blog / "wheel") == tree_of(blog / "out")
