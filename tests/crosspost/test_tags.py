"""Tags and titles by a platform's rule."""

from __future__ import annotations

import unicodedata

import pytest

from hanpan.crosspost.platform import SlugRule, TagRule
from hanpan.crosspost.slugs import map_slug
from hanpan.crosspost.tags import TagChange, cut_title, map_tags

NAVER = TagRule(charset="hangul-latin-digit", max=3, max_length=6)


def test_each_change_has_its_reason() -> None:
    assert map_tags(["C#", "한글 조판", "긴태그가있다고", "git", "c-sharp!"], NAVER) == (
        TagChange("C#", "csharp", "spelled"),
        TagChange("한글 조판", "한글조판", "characters"),
        TagChange("긴태그가있다고", "긴태그가있다", "length"),
        TagChange("git", "", "many"),
        TagChange("c-sharp!", "", "same"),
    )


def test_categories_are_used_where_a_tag_is_required() -> None:
    rule = TagRule(min=1, charset="alnum")
    assert map_tags([], rule, ["한글 조판", "둘"]) == (
        TagChange("한글 조판", "한글조판", "category"),
    )
    assert map_tags(["😀"], rule, ["가"]) == (
        TagChange("😀", "", "empty"),
        TagChange("가", "가", "category"),
    )
    assert map_tags(["😀"], rule, ["🎈", "가"])[-1] == TagChange("가", "가", "category")
    assert map_tags(["가"], rule, ["나"]) == (TagChange("가", "가"),)
    assert map_tags([], TagRule(), ["나"]) == ()
    assert map_tags([], TagRule(min=2), ["나", "나", "다"])[-1].after == "다"


def test_nothing_left() -> None:
    assert map_tags(["😀"], NAVER) == (TagChange("😀", "", "empty"),)


def test_nfc_and_case() -> None:
    rule = TagRule(charset="no-comma", lower=True)
    assert map_tags(["한글", "Git", "a,b"], rule) == (
        TagChange("한글", "한글"),
        TagChange("Git", "git", "lower"),
        TagChange("a,b", "a b", "characters"),
    )


@pytest.mark.parametrize(
    ("title", "most", "cut"),
    [
        ("짧다", 10, "짧다"),
        ("짧다", 0, "짧다"),
        ("하나 둘 셋 넷 다섯", 8, "하나 둘 셋…"),
        ("하나 둘, 셋 넷", 7, "하나 둘…"),
        ("가" * 30, 10, "가" * 9 + "…"),
    ],
)
def test_titles_are_cut_at_a_word(title: str, most: int, cut: str) -> None:
    assert cut_title(title, most) == cut


def test_all_tags_together_have_a_length() -> None:
    rule = TagRule(max_total=8)  # with a comma and a blank between them
    assert map_tags(["abc", "def", "g"], rule) == (
        TagChange("abc", "abc"),
        TagChange("def", "def"),
        TagChange("g", "", "total"),
    )


def test_a_tag_is_composed() -> None:
    (change,) = map_tags([unicodedata.normalize("NFD", "한글")], TagRule())
    assert change.after == unicodedata.normalize("NFC", "한글")


@pytest.mark.parametrize(
    ("slug", "least"), [("한글-조판", 12), ("한글", 20), ("a", 12), ("a-b-c", 3)]
)
def test_a_slug_has_the_length_that_the_rule_asks_for(slug: str, least: int) -> None:
    rule = SlugRule(characters="a-z0-9_-", min=least, max=50)
    assert least <= len(map_slug(slug, rule)) <= 50
    assert map_slug(slug, rule) == map_slug(slug, rule) != map_slug(slug + "x", rule)
