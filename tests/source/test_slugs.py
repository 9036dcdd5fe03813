"""Slugs: laws that hold for any names, and the ways out of a clash."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.source.slugs import (
    MAX_BYTES,
    RESERVED,
    SlugParts,
    assign,
    parts_of,
    slug_of,
    slugify,
    split_date,
)


def test_the_date_goes_and_hangul_stays() -> None:
    assert slug_of("posts/2021-10-07-kakaopay-interview-2.md") == "kakaopay-interview-2"
    assert slug_of("2024-1-2-한글 이름.md") == "한글-이름"
    assert slug_of("2021-09-08-Algorithm_#3-재귀.md") == "Algorithm_-3-재귀"
    assert slug_of("2021-07-12-[모각코]-#2-웹해킹.md") == "모각코-2-웹해킹"
    assert slug_of("2024-01-02.md") == "2024-01-02"
    assert slug_of(unicodedata.normalize("NFD", "한글.md")) == "한글"
    assert split_date("2021-13-40-x") == ("", "2021-13-40-x")


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("content/posts/2026-03-01-글/index.md", "글"),
        ("posts/오래된 글/index.markdown", "오래된-글"),
        ("index.md", "index"),
    ],
)
def test_a_post_in_a_bundle_has_the_folder_s_name(path: str, slug: str) -> None:
    assert slug_of(path) == slug


def test_the_oldest_has_the_name_and_others_take_what_tells_them_apart() -> None:
    slugs, left = assign(
        {
            "a": SlugParts("go", "2020-01-01", "one"),
            "b": SlugParts("Go", "2021-01-01", "one"),
            "c": SlugParts("rust", "2020-01-01", "one"),
            "d": SlugParts("rust", "2020-01-01", "two"),
            "e": SlugParts("free", "2020-01-01", "two"),
            "f": SlugParts("books", "2020-01-01", "two"),
        }
    )
    assert slugs == {
        "a": "go",
        "b": "2021-01-01-Go",
        "c": "rust",
        "d": "two-rust",
        "e": "free",
        "f": "2020-01-01-books",
    }
    assert left == []


@pytest.mark.parametrize(
    ("paths", "slugs"),
    [
        (["_posts/ko/2020-01-01-x.md", "_posts/en/2020-01-01-x.md"], ["x", "en-x"]),
        (["content/a/x.md", "content/b/x/index.md"], ["x", "b-x"]),
        (["a/_posts/2020-01-01-x.md", "b/_posts/2019-01-01-x.md"], ["a-x", "x"]),
        (["_posts/a/2020-01-01-x.md", "_posts/a/2021-01-01-x.md"], ["x", "2021-01-01-x"]),
        (["2020/go/x.md", "2021/go/x.md", "2021/js/x.md"], ["x", "2021-x", "js-x"]),
        (["_drafts/x.md", "_posts/2020-01-01-x.md"], ["drafts-x", "x"]),
        (["a/b/x.md", "b/a/x.md"], ["x", "b-a-x"]),
    ],
)
def test_posts_of_one_name_are_told_apart(paths: list[str], slugs: list[str]) -> None:
    parts = {path: parts_of(path, "blog", ()) for path in paths}
    parts = {path: replace(own, is_main="/en/" not in path) for path, own in parts.items()}
    assert [assign(parts)[0][path] for path in paths] == slugs


def test_a_post_in_another_language_has_it_in_its_name_from_the_start() -> None:
    languages = (("ko", ""), ("en", ""), ("zh-TW", "content/taiwan"))
    assert slug_of("_posts/ko/2020-01-01-글.md", languages) == "글"
    assert slug_of("_posts/en/2020-01-01-글.md", languages) == "en-글"
    assert slug_of("posts/글.en.md", languages) == "en-글"
    assert slug_of("posts/글/index.EN.md", languages) == "en-글"
    assert slug_of("content/taiwan/글.md", languages) == "zh-tw-글"
    assert slug_of("posts/글.v2.md", languages) == "글.v2"


def test_a_post_for_which_no_name_is_left_is_returned_with_those_that_have_it() -> None:
    same = SlugParts("go", "2020-01-01", "one")
    slugs, left = assign({"x/a.md": same, "y/a.md": same})
    assert slugs == {"x/a.md": "go"} and left == [("y/a.md", "x/a.md")]


names = st.builds(
    SlugParts,
    st.one_of(st.sampled_from(["a", "A", "b", "books", "한글"]), st.text(max_size=8)),
    st.sampled_from(["", "2020-01-01", "2021-02-02"]),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["", "ko", "en"]),
    st.sampled_from([(), ("a",), ("b", "a")]),
)


@given(st.dictionaries(st.text(min_size=1, max_size=3), names, max_size=12))
def test_slugs_are_distinct_and_do_not_depend_on_order(posts: dict[str, SlugParts]) -> None:
    slugs, left = assign(posts)
    assert (slugs, left) == assign(dict(reversed(posts.items())))
    assert slugs.keys() | {key for key, *_ in left} == posts.keys()
    assert len({slug.casefold() for slug in slugs.values()}) == len(slugs)
    assert not RESERVED & {slug.casefold() for slug in slugs.values()}


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), names, max_size=8),
    st.dictionaries(st.text(min_size=4, max_size=5), names, max_size=8),
)
def test_a_slug_stays_whatever_posts_come(
    posts: dict[str, SlugParts], more: dict[str, SlugParts]
) -> None:
    slugs, _ = assign(posts)
    assert slugs.items() <= assign(posts | more, slugs)[0].items()


@given(st.dictionaries(st.text(min_size=1, max_size=3), names, max_size=8), names)
def test_a_slug_stays_without_memory_where_a_newer_post_comes(
    posts: dict[str, SlugParts], newer: SlugParts
) -> None:
    newer = replace(newer, date="2030-01-01")
    slugs, _ = assign(posts)
    assert slugs.items() <= assign(posts | {"zzzz": newer})[0].items()


@given(st.text(max_size=300))
def test_a_slug_is_one_safe_path_part(name: str) -> None:
    slug = slugify(name)
    assert slug and not set(slug) & set("/\\#?[]%: \t\n\0")
    assert len(slug.encode("utf-8", "surrogatepass")) <= MAX_BYTES
    assert slug not in (".", "..") and not slug.startswith(".")
    assert slugify(slug) == slug
