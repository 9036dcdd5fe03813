"""Front matter defaults of a Jekyll site, and the front matter of other engines."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from hanpan.source.front_matter.parse import is_published, parse_post
from tests.support.reading import read_post

CONFIG = """
title: 블로그
defaults:
  - scope: {path: "", type: posts}
    values: {toc: true, author: 모두, header: {og_image: /a.png}}
  - scope: {path: posts/여행}
    values: {author: 나그네, categories: [여행]}
  - scope: {path: "", type: pages}
    values: {author: 쪽}
  - broken
"""


def test_defaults_by_path(tmp_path: Path) -> None:
    def meta(name: str, front: str = "title: 글") -> tuple[str, bool | None, tuple[str, ...]]:
        text, files = f"---\n{front}\n---\n글\n", {"_config.yml": CONFIG.encode()}
        found = read_post(tmp_path, text, name=name, files=files).document.meta
        return found.author, found.toc, found.categories

    assert meta("posts/글.md") == ("모두", True, ())
    assert meta("posts/여행/길.md") == ("나그네", True, ("여행",))
    assert meta("posts/여행기.md") == ("모두", True, ())
    assert meta("posts/여행/길.md", "title: 글\nauthor: 나\ntoc: false") == ("나", False, ("여행",))


def test_slips_in_defaults_are_none_of_the_post_s(tmp_path: Path) -> None:
    config = b"defaults:\n  - scope: {path: ''}\n    values: {catagories: [a]}\n"
    reading = read_post(tmp_path, "---\ntitle: x\n---\nx\n", files={"_config.yml": config})
    assert reading.problems == ()


def test_toml(tmp_path: Path) -> None:
    text = (
        '+++\ntitle = "봄 #1"\ndate = 2024-03-02T10:00:00+09:00\ntags = ["가", "나"]\n'
        "draft = true\nweight = 3\n+++\n\n글\n"
    )
    post = parse_post("a.md", text.encode())
    assert post.front["title"] == "봄 #1"
    assert post.front["weight"] == "3"
    assert (post.line_of("tags"), post.body_line) == (4, 8)
    assert not is_published(post)
    meta = read_post(tmp_path, text).document.meta
    assert (meta.date, meta.tags) == ("2024-03-02T10:00:00+09:00", ("가", "나"))


def test_broken_toml_is_told() -> None:
    post = parse_post("a.md", b"+++\ntitle = \n+++\ntext\n")
    assert [(problem.rule, problem.line) for problem in post.problems] == [("front-matter", 2)]
    assert post.body == "text\n"


def test_categories_of_defaults_join_the_post_s_own(tmp_path: Path) -> None:
    config = (
        "url: https://a.kr\npermalink: /:categories/\ndefaults:\n  - scope: {path: ''}\n"
        "    values: {categories: [기본, 둘], tags: [태그], own: [1]}\n"
    )

    def read(front: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        text = f"---\ntitle: 글\n{front}\n---\n글\n"
        files = {"_config.yml": config.encode()}
        name = "dev/_posts/2026-01-04-a.md"
        meta = read_post(tmp_path, text, name=name, files=files).document.meta
        address = unquote(meta.canonical_url.removeprefix("https://a.kr"))
        return address, meta.categories, meta.tags

    # as Jekyll 4.3: the folder's, the defaults', the post's; of no other key
    assert read("categories: [Dev, B]") == (
        "/dev/기본/둘/b/",
        ("기본", "둘", "Dev", "B"),
        ("태그",),
    )
    assert read("categories: B 둘")[:2] == ("/dev/기본/둘/b/", ("기본", "둘", "B"))
    assert read("category: A b")[0] == "/dev/기본/둘/a b/"
    assert read("categories: [B]\ncategory: A\ntags: [x]")[::2] == ("/dev/기본/둘/b/a/", ("x",))
    assert read("x: 1")[:2] == ("/dev/기본/둘/", ("기본", "둘"))
