"""Slugs: laws that hold for any names, and the ways out of a clash."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.source.slugs import MAX_BYTES, RESERVED, SlugParts, assign, slug_of, slugify, split_date


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


def test_a_clash_takes_the_date_then_the_sites_folder() -> None:
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
        "a": "2020-01-01-go",
        "b": "2021-01-01-Go",
        "c": "one-2020-01-01-rust",
        "d": "two-2020-01-01-rust",
        "e": "free",
        "f": "2020-01-01-books",
    }
    assert left == []


def test_a_clash_that_is_left_names_every_file() -> None:
    same = SlugParts("go", "2020-01-01", "one")
    assert assign({"x/a.md": same, "y/a.md": same})[1] == [("x/a.md", "y/a.md")]


names = st.builds(
    SlugParts,
    st.one_of(st.sampled_from(["a", "A", "b", "books", "한글"]), st.text(max_size=8)),
    st.sampled_from(["", "2020-01-01", "2021-02-02"]),
    st.sampled_from(["one", "two"]),
)


@given(st.dictionaries(st.text(min_size=1, max_size=3), names, max_size=12))
def test_slugs_are_distinct_and_do_not_depend_on_order(posts: dict[str, SlugParts]) -> None:
    slugs, left = assign(posts)
    again, left_again = assign(dict(reversed(posts.items())))
    assert (slugs, left) == (again, left_again)
    clashing = {key for group in left for key in group}
    free = [slug.casefold() for key, slug in slugs.items() if key not in clashing]
    assert len(set(free)) == len(free)
    assert not RESERVED & set(slugs.values())


@given(st.text(max_size=300))
def test_a_slug_is_one_safe_path_part(name: str) -> None:
    slug = slugify(name)
    assert slug and not set(slug) & set("/\\#?[]%: \t\n\0")
    assert len(slug.encode("utf-8", "surrogatepass")) <= MAX_BYTES
    assert slug not in (".", "..") and not slug.startswith(".")
    assert slugify(slug) == slug
