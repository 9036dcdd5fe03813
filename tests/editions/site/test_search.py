"""What is typed is found as Korean is written: particles, compounds, parts of words."""

from __future__ import annotations

import pytest

from hanpan.editions.site.index import shard_of
from hanpan.library.terms import terms_of
from tests.support.blog import add_post, make_blog
from tests.support.command import built
from tests.support.site_search import SiteSearch

POSTS = {
    "서버": "서버를 껐다 켠다. 데이터베이스는 그대로 둔다.",
    "가을": "가을에 나이를 먹는다. 큐 하나를 값으로 넘긴다.",
    "설치": "데이터 베이스를 설치하고 API를 부른다. max_length, C++, Kubernetes.",
}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> SiteSearch:
    """The search of a blog of three posts."""
    blog = make_blog(tmp_path_factory.mktemp("search") / "blog", posts=0)
    for day, (name, text) in enumerate(POSTS.items(), 1):
        add_post(blog, f"2026-03-0{day}-{name}.md", f"---\ntitle: 글 {day}\n---\n\n{text}\n")
    built(blog, "-e", "site")
    return SiteSearch(blog / "out" / "site")


@pytest.mark.parametrize(
    ("query", "posts"),
    [
        ("서버", "서버"),
        ("서버가", "서버"),
        ("서버에서는", "서버"),
        ("데이터베이스", "서버 설치"),
        ("데이터 베이스", "서버 설치"),
        ("베이스", "서버 설치"),
        ("설치하는", "설치"),
        ("큐를", "가을"),
        ("값", "가을"),
        ("가을", "가을"),
        ("api를", "설치"),
        ("max_length", "설치"),
        ("c++", "설치"),
        ("kube", "설치"),
        ("쿠버네티스", ""),
        ("서버 설치", ""),
        ("", ""),
        ("?!", ""),
        ("</script>", ""),
    ],
)
def test_what_is_typed_is_found(search: SiteSearch, query: str, posts: str) -> None:
    assert {path.partition("/")[0] for path in search.find(query)} == set(posts.split())


def test_a_title_goes_before_a_text(search: SiteSearch) -> None:
    assert search.find("글 2")[0] == "가을/index.html"


def test_terms_are_parts_of_words() -> None:
    assert terms_of("서버를 API ab") == sorted(["서", "버", "를", "서버", "버를", "api", "ab"])
    assert terms_of("x" * 100) == []  # data, not a word


def test_a_term_is_where_the_script_looks() -> None:
    # as the script: ((0 * 31 + 0xC11C) * 31 + 0xBC84) & 0xFFFFFF, mod 32
    assert shard_of("서버") == ((0xC11C * 31 + 0xBC84) & 0xFFFFFF) % 32
