"""Which posts make a book: by metadata alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hanpan.books.choice import Candidate, ChoiceError, choose
from hanpan.site.books import BookPlan, BookSettings, PartSettings


def post(name: str, day: str, **more: Any) -> Candidate:
    date = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Candidate(f"posts/{name}.md", more.pop("title", name), date, **more)


POSTS = (
    post("b", "2020-05-01", categories=("개발",), tags=("Git",), title="나"),
    post("a", "2019-03-02", categories=("개발", "기록"), series="길", series_order=2.0, title="다"),
    post("c", "2021-01-01", categories=("여행",), tags=("git", "제주"), title="가"),
    post("d", "2021-01-01", series="길", series_order=1.0, title="라"),
)


def chosen(*parts: PartSettings, **said: Any) -> list[tuple[str, str]]:
    """Return titles of parts, and the posts in them by their letters."""
    plan = BookPlan(BookSettings(**said), parts)
    letters = [(part.title, part.paths) for part in choose(plan, POSTS)]
    return [(title, "".join(path[6] for path in paths)) for title, paths in letters]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, "abcd"),
        ({"order": "newest"}, "dcba"),
        ({"order": "title"}, "cbad"),
        ({"categories": ("개발",)}, "ab"),
        ({"categories": ("개발", "여행")}, "abc"),
        ({"tags": ("GIT",)}, "bc"),
        ({"tags": ("git",), "since": "2021-01-01"}, "c"),
        ({"since": "2020-01-01", "until": "2020-12-31"}, "b"),
        ({"series": "길"}, "da"),
        ({"series": "길", "order": "date"}, "ad"),
        ({"posts": ("posts/c.md", "posts/a.md")}, "ca"),
        ({"posts": ("c.md", "posts/*.md")}, "cabd"),
        ({"posts": ("[ab].md",), "order": "newest"}, "ba"),
    ],
)
def test_what_is_chosen_and_in_which_order(said: dict[str, Any], wanted: str) -> None:
    assert chosen(**said) == [("", wanted)]


def test_parts_choose_among_what_the_book_chooses() -> None:
    parts = (PartSettings(title="일", tags=("git",)), PartSettings(title="이"))
    assert chosen(*parts) == [("일", "bc"), ("이", "ad")]
    assert chosen(*parts, until="2020-12-31") == [("일", "b"), ("이", "a")]


def test_parts_by_year_and_category() -> None:
    assert chosen(part_by="year") == [("2019", "a"), ("2020", "b"), ("2021", "cd")]
    assert chosen(part_by="year", order="newest")[0] == ("2021", "dc")
    assert chosen(part_by="category") == [("개발", "ab"), ("여행", "c"), ("", "d")]


@pytest.mark.parametrize(
    ("said", "words", "key"),
    [
        ({"posts": ("posts/x.md",)}, "no post matches `posts/x.md`", "posts"),
        ({"posts": ("posts/a.md", "posts/a.md")}, "listed twice", "posts"),
        ({"categories": ("개빌",)}, "no post has `개빌`", "categories"),
        ({"series": "집"}, "no post has `집`", "series"),
        ({"categories": ("여행",), "until": "2019-01-01"}, "no post matches all the criteria", ""),
    ],
)
def test_what_cannot_be_chosen(said: dict[str, Any], words: str, key: str) -> None:
    with pytest.raises(ChoiceError, match=words) as caught:
        chosen(**said)
    assert caught.value.key == key


def test_a_post_in_two_parts() -> None:
    one, two = (PartSettings(title=title, posts=("posts/a.md",)) for title in ("일", "이"))
    with pytest.raises(ChoiceError, match="already in the part `일`") as caught:
        chosen(one, two)
    assert caught.value.part == 1
