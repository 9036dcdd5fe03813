"""Which steps of the site run: what an edit makes again, and what it leaves alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.blog import add_post, make_blog, tree_of
from tests.support.command import built, hanpan

TEXT = "---\ntitle: {title}\ntags: [{tag}]\n---\n\n글의 문단이다.\n"


@pytest.fixture(scope="module")
def site_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog of six posts whose site is made."""
    settings = "[site]\nfeed_posts = 2\nper_page = 2\n"
    blog = make_blog(tmp_path_factory.mktemp("site") / "blog", posts=0, settings=settings)
    for number in range(1, 7):
        add_post(blog, name(number), TEXT.format(title=f"글 {number}", tag=f"태그{number % 2}"))
    built(blog, "-e", "site")
    return blog


def name(number: int) -> str:
    return f"2026-03-{number:02}-글-{number}.md"


@pytest.fixture
def blog(tmp_path: Path, site_built: Path) -> Path:
    return shutil.copytree(site_built, tmp_path / "blog")


def steps(blog: Path) -> list[str]:
    """Build the site, and return which steps ran."""
    ran = hanpan("build", "-e", "site", "--why", cwd=blog)
    assert ran.code == 0, ran.err
    return sorted(re.findall(r"^(\S+: \w+): ", ran.err, re.MULTILINE))


def test_nothing_has_changed(blog: Path) -> None:
    assert steps(blog) == []


def test_a_text_makes_its_page_and_its_part_of_the_index(blog: Path) -> None:
    before = tree_of(blog / "out")
    add_post(blog, name(2), TEXT.format(title="글 2", tag="태그0") + "\n새 문단이다.\n")
    post = f"posts/{name(2)}"
    assert steps(blog) == sorted(
        [f"{post}: document", f"{post}: site", f"{post}: page", "library:search/0: page"]
    )
    after = tree_of(blog / "out")
    changed = {path for path in after if after[path] != before.get(path)}
    assert all(
        path.startswith(("site/글-2/", "site/media/글-2/", "site/search/0/")) for path in changed
    )


def test_a_title_makes_the_pages_that_say_it(blog: Path) -> None:
    add_post(blog, name(2), TEXT.format(title="다른 이름", tag="태그0"))
    ran = steps(blog)
    pages = {step.removesuffix(": page") for step in ran if step.endswith(": page")}
    near = {f"posts/{name(number)}" for number in (1, 2, 3, 4, 6)}  # beside it, or of its tag
    lists = {"library:archive", "library:index#3", "library:llms", "library:opds"}
    lists |= {"library:tags/태그0#1", "library:years/2026#1", "library:search/0"}
    assert near <= pages
    assert pages - near <= lists
    assert "library:index#1" not in pages and "library:feed" not in pages


def test_a_post_that_is_gone_leaves_nothing(blog: Path) -> None:
    (blog / "posts" / name(6)).unlink()
    steps(blog)
    site = blog / "out" / "site"
    assert not (site / "글-6").exists() and not (site / "media" / "글-6").exists()
    assert "글-6" not in (site / "sitemap.xml").read_text("utf-8")
    assert steps(blog) == []


def test_a_list_that_has_become_shorter_loses_its_last_page(blog: Path) -> None:
    assert (blog / "out" / "site" / "page" / "3").exists()
    for number in (5, 6):
        (blog / "posts" / name(number)).unlink()
    steps(blog)
    assert not (blog / "out" / "site" / "page" / "3").exists()


def test_the_site_is_the_same_whatever_was_built_before(blog: Path, tmp_path: Path) -> None:
    add_post(blog, name(7), TEXT.format(title="새 글", tag="태그1"))
    add_post(blog, name(1), TEXT.format(title="옛 글", tag="새태그"))
    steps(blog)
    fresh = shutil.copytree(blog, tmp_path / "fresh", ignore=shutil.ignore_patterns("out"))
    built(fresh, "-e", "site")
    assert tree_of(blog / "out") == tree_of(fresh / "out")


def test_one_post_alone_keeps_the_others_on_the_site(blog: Path) -> None:
    add_post(blog, name(2), TEXT.format(title="다른 이름", tag="태그0"))
    assert hanpan("build", f"posts/{name(2)}", "-e", "site", cwd=blog).code == 0
    listed = (blog / "out" / "site" / "archive" / "index.html").read_text("utf-8")
    assert all(f"글 {number}" in listed for number in (1, 3, 4, 5, 6)) and "다른 이름" in listed
