"""Which posts come before and after a post, are in its series, and are like it."""

from __future__ import annotations

from typing import Any

from hanpan.library.facts import Facts
from hanpan.library.order import Entry, neighbours


def entry(key: str, date: str, **facts: Any) -> Entry:
    """Return a post of 2026."""
    moment = f"2026-{date}T09:00:00+09:00"
    known = {"title": key, "lang": "ko", "path": f"/{key}/", **facts}
    return Entry(key, Facts(date=moment, modified=moment, **known), "", "blog", f"{key}.md", key)


def test_posts_of_one_language_follow_each_other() -> None:
    around = neighbours([entry("c", "03-01"), entry("a", "01-01"), entry("b", "02-01", lang="en")])
    assert (around["a"].before, around["a"].after) == ("", "c")
    assert (around["b"].before, around["b"].after) == ("", "")


def test_a_series_is_in_the_order_of_its_numbers() -> None:
    around = neighbours(
        [
            entry("first", "03-01", series="연재", series_order=1.0),
            entry("second", "01-01", series="연재", series_order=2.0),
            entry("last", "02-01", series="연재"),
        ]
    )
    assert around["last"].series == ("first", "second", "last")


def test_what_few_posts_share_makes_them_related() -> None:
    posts = [entry(f"p{n}", f"01-{n:02}", tags=("흔함",)) for n in range(1, 20)]
    posts += [entry("x", "02-01", tags=("드묾", "흔함")), entry("y", "02-20", tags=("드묾",))]
    around = neighbours(posts)
    assert around["x"].related[0] == "y"
    assert around["y"].related == ("x",)


def test_translations_and_parts_of_its_series_are_not_related_posts() -> None:
    both = (("ko", "글.md"), ("en", "post.md"))
    posts = [
        entry("글", "01-01", tags=("a",), translations=both),
        entry("post", "01-02", tags=("a",), translations=both),
        entry("s1", "01-03", tags=("a",), series="연재"),
        entry("s2", "01-04", tags=("a",), series="연재"),
    ]
    around = neighbours(posts)
    assert "post" not in around["글"].related
    assert "s2" not in around["s1"].related
    assert dict(around["글"].translations) == {"ko": "글", "en": "post"}
