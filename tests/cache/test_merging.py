"""Merging: parts of a blog that were built apart give what one build of it gives."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hanpan.assets.remote import Locked, lock_text, read_lock
from hanpan.plan.options import Options
from hanpan.plan.places import cache_folder, lock_path
from hanpan.plan.posts import make_plan
from hanpan.plan.sites import Sites
from hanpan.site import load_site
from tests.support.blog import POST, add_post, make_blog, tree_of
from tests.support.command import built, hanpan

PAGES = ("--edition", "html,epub")
PARTS = ("1/3", "2/3", "3/3")
LINK = "---\ntitle: 이음\n---\n\n[없는 글](/기록/없는-글/)\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog that was built whole into out/, and in parts into parts/1, /2 and /3."""
    blog = make_blog(tmp_path_factory.mktemp("blog"), posts=4)
    add_post(blog, "2026-03-08-이웃.md", "---\ntitle: 이웃\npermalink: /기록/이웃/\n---\n\n글\n")
    add_post(blog, "2026-03-09-이음.md", LINK)
    (blog / "_drafts").mkdir()
    (blog / "_drafts" / "초안.md").write_text(POST.format(title="초안"), "utf-8")
    built(blog, *PAGES)
    for part in PARTS:
        result = built(blog, *PAGES, "--shard", part, "--out", f"part-{part[0]}")
        assert result["steps"]["fresh"] == 0
    return blog


@pytest.fixture
def blog(origin: Path, tmp_path: Path) -> Path:
    """Return the same blog elsewhere, with its parts and without out/."""
    copy = tmp_path / "blog"
    shutil.copytree(origin, copy, symlinks=True, ignore=shutil.ignore_patterns("out"))
    return copy


def parts(blog: Path) -> list[Path]:
    return sorted(blog.glob("part-*"))


def merged(blog: Path, *arguments: str | Path, code: int = 0, **more: Any) -> dict[str, Any]:
    """Merge the parts of a blog; return the object of build.json."""
    ran = hanpan("merge", *PAGES, *parts(blog), *arguments, "--json", cwd=blog, **more)
    assert ran.code == code, ran.err
    result: dict[str, Any] = json.loads(ran.out)
    return result


def posts_of(out: Path) -> set[str]:
    return {path.parent.name for path in out.rglob("*.epub")}


def test_each_post_is_in_one_part(origin: Path) -> None:
    counts = Counter(post for part in parts(origin) for post in posts_of(part))
    assert set(counts) == posts_of(origin / "out")
    assert set(counts.values()) == {1}


def test_parts_merged_are_what_one_build_gives(origin: Path, blog: Path) -> None:
    result = merged(blog)
    assert result["steps"]["run"] == 0
    assert tree_of(blog / "out") == tree_of(origin / "out")
    whole = json.loads((origin / "out" / "build.json").read_text("utf-8"))
    for one in (whole, result):
        del one["seconds"], one["steps"]
    assert result == whole
    assert built(blog, *PAGES)["steps"]["run"] == 0


def test_links_between_posts_are_checked_when_all_are_there(origin: Path, blog: Path) -> None:
    def missing(out: Path) -> list[str]:
        result = json.loads((out / "build.json").read_text("utf-8"))
        return [one["rule"] for one in result["problems"]]

    assert [missing(part) for part in parts(origin)] == [[], [], []]
    merged(blog)
    assert "link-post" in missing(blog / "out")


def test_what_was_built_from_another_text_is_built_again(blog: Path) -> None:
    post = blog / "posts" / "2026-03-02-글-2.md"
    post.write_text(post.read_text("utf-8").replace("하나", "새로 쓴 하나"), "utf-8")
    assert merged(blog)["steps"]["run"] == 3
    assert "새로 쓴 하나" in (blog / "out" / "글-2" / "글-2.html").read_text("utf-8")


def test_old_results_beside_new_ones_do_no_harm(origin: Path, blog: Path) -> None:
    """As where out/ of each part is kept between runs, and posts have moved between the parts."""
    post = blog / "posts" / "2026-03-02-글-2.md"
    text = post.read_text("utf-8")
    post.write_text(text.replace("하나", "옛 하나"), "utf-8")
    for part in parts(blog):
        built(blog, *PAGES, post, "--out", part)
    post.write_text(text, "utf-8")
    built(blog, *PAGES, post, "--out", parts(blog)[1])
    assert merged(blog)["steps"]["run"] == 0
    assert tree_of(blog / "out") == tree_of(origin / "out")


def test_editions_of_a_post_may_come_from_different_folders(origin: Path, blog: Path) -> None:
    for part in parts(blog):
        shutil.rmtree(part)
    for number, edition in enumerate(("html", "epub")):
        built(blog, "--edition", edition, "--out", f"part-{number}")
    assert merged(blog)["steps"]["run"] == 0
    assert tree_of(blog / "out") == tree_of(origin / "out")


def test_damaged_results_are_built_again_and_links_not_followed(
    origin: Path, blog: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("비밀", "utf-8")
    pages = [page for part in parts(blog) for page in sorted(part.glob("*/*.html"))]
    pages[0].write_bytes(b"torn")
    pages[1].unlink()
    pages[1].symlink_to(secret)
    shutil.rmtree(pages[2].parents[1] / ".hanpan" / "documents")
    assert merged(blog)["steps"]["run"] > 3
    assert tree_of(blog / "out") == tree_of(origin / "out")


def test_a_folder_that_is_no_output_folder_is_told(blog: Path) -> None:
    ran = hanpan("merge", *PAGES, "posts", cwd=blog)
    assert ran.code == 2
    assert "posts is no output folder of hanpan" in ran.err
    assert not (blog / "out" / "build.json").exists()


def test_the_folders_are_left_as_they_are(blog: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {
            path: path.read_bytes()
            for part in parts(blog)
            for path in part.rglob("*")
            if path.is_file()
        }

    before = files()
    merged(blog)
    assert files() == before


def test_remote_pictures_of_a_site_without_settings_come_with_the_results(tmp_path: Path) -> None:
    blog, address = tmp_path / "blog", "https://pictures.example/a.png"
    (blog / "_posts").mkdir(parents=True)
    (blog / "_config.yml").write_text("title: 시험\nurl: https://blog.example\n", "utf-8")
    text = f"---\ntitle: 그림\n---\n\n![점]({address})\n"
    (blog / "_posts" / "2026-03-01-그림.md").write_text(text, "utf-8")
    part, site, picture = blog / "part-1", load_site(blog), io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6b5d").save(picture, "PNG")
    data = picture.getvalue()
    lock = lock_path(site, part)
    lock.parent.mkdir(parents=True)
    digest = hashlib.sha256(data).hexdigest()
    lock.write_text(lock_text({address: Locked(digest, len(data), "image/png")}), "utf-8")
    (cache_folder(site, part) / "content").mkdir(parents=True)
    (cache_folder(site, part) / "content" / digest).write_bytes(data)
    built(blog, *PAGES, "--offline", "--out", part)
    result = merged(blog, "--offline")
    assert result["steps"]["run"] == 0
    assert [one["problems"] for one in result["posts"]] == [[]]
    assert tree_of(blog / "out") == tree_of(part)
    assert read_lock(lock_path(site, blog / "out")).keys() == {address}


@pytest.mark.parametrize("part", ["0/3", "4/3", "1", "1/0", "a/b", "1/-2", "1/2/3"])
def test_a_part_that_is_none_is_told(part: str, tmp_path: Path) -> None:
    ran = hanpan("build", "--shard", part, cwd=make_blog(tmp_path, posts=0))
    assert ran.code == 2
    assert re.search(r"--shard.*`.*` is (no part|not a whole number)", ran.err)


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_blog(tmp_path_factory.mktemp("posts"), posts=7)


@given(count=st.integers(1, 12))
def test_parts_are_a_partition_and_differ_by_one_post_at_most(posts: Path, count: int) -> None:
    def keys(number: int, count: int) -> list[str]:
        options = Options(sources=(posts,), out=posts / "out", shard=(number, count))
        return [post.key for post in make_plan(options, Sites(None), {}).posts]

    shards = [keys(number, count) for number in range(1, count + 1)]
    assert sorted(chain.from_iterable(shards)) == sorted(keys(1, 1))
    assert max(map(len, shards)) - min(map(len, shards)) <= 1
