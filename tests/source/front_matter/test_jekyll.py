"""Addresses: where a Jekyll blog shows its posts, and what links between them lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import only, read_post

CONFIG = 'url: https://a.kr\nbaseurl: /blog\npermalink: /:categories/:title/\ntitle: "봄"\n'
POST = "---\ntitle: 글\ncategories: [여행 기록]\ndate: 2026-03-01\n---\n"
NAME = "_posts/2026-03-01-길 위에서(1).md"
ADDRESS = "https://a.kr/blog/%EC%97%AC%ED%96%89%20%EA%B8%B0%EB%A1%9D/%EA%B8%B8-%EC%9C%84%EC%97%90%EC%84%9C(1)/"


def test_a_jekyll_blog_says_where_a_post_lies(tmp_path: Path) -> None:
    files = {"_config.yml": CONFIG.encode()}
    assert read_post(tmp_path, POST, name=NAME, files=files).document.meta.canonical_url == ADDRESS


@pytest.mark.parametrize(
    ("front", "config", "address"),
    [
        ("title: 글", "", "https://a.kr/%EA%B8%80/"),
        ("permalink: /a/b/", "", "https://a.kr/a/b/"),
        ("permalink: /:title/", "", "https://a.kr/%EA%B8%80/"),
        ("title: 글", "title: x", "https://a.kr/2026/03/01/%EA%B8%80.html"),
        ("canonical_url: https://b.kr/", "title: x", "https://b.kr/"),
    ],
)
def test_addresses(tmp_path: Path, front: str, config: str, address: str) -> None:
    files = {"_config.yml": config.encode()} if config else {}
    site = 'url = "https://a.kr"'
    reading = read_post(tmp_path, f"---\n{front}\n---\n글\n", site=site, files=files)
    assert reading.document.meta.canonical_url == address


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/about/", "https://a.kr/blog/about/"),
        ("/blog/about/", "https://a.kr/blog/about/"),
        ("/blogger/", "https://a.kr/blog/blogger/"),
        ("other/", f"{ADDRESS}other/"),
        ("2020-01-02-둘.md#끝", "https://a.kr/blog/%EB%91%98/#%EB%81%9D"),
        ("/_posts/2020-01-02-%EB%91%98.md", "https://a.kr/blog/%EB%91%98/"),
        ("../../../etc/passwd.md", "https://a.kr/etc/passwd.md"),
    ],
)
def test_links_within_the_site(tmp_path: Path, href: str, address: str) -> None:
    files = {"_config.yml": CONFIG.encode(), "_posts/2020-01-02-둘.md": b"---\ntitle: x\n---\n"}
    reading = read_post(tmp_path, f"{POST}[글]({href})\n", name=NAME, files=files)
    assert only(tree.parse_xml(reading.document.body), ".//a").get("href") == address


def test_settings_in_an_old_encoding(tmp_path: Path) -> None:
    config = "title: 한글\nauthor: 나\ndefaults:\n  - values: {categories: 봄}\n    scope: {}\n"
    files = {"_config.yml": config.encode("cp949")}
    meta = read_post(tmp_path, "---\ntitle: 글\n---\n글\n", files=files).document.meta
    assert (meta.author, meta.categories) == ("나", ("봄",))
