"""Which files of a walk a site publishes, by their names: as Jekyll's EntryFilter says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanpan.site import HEXO, JEKYLL, Publication, Site, Sources
from hanpan.source.entries import Entries, Pattern

NAMES = st.text(st.sampled_from("ab_.#[]*?-1한/"), min_size=1, max_size=12)


def reason(
    path: str,
    generator: str = JEKYLL,
    named: int = 0,
    *,
    posts: tuple[str, ...] = ("posts", "_posts"),
    exclude: tuple[str, ...] = (),
    include: tuple[str, ...] = (),
) -> str:
    sources = Sources(posts, exclude, include)
    site = Site(Path("/blog"), publication=Publication(generator), sources=sources)
    return Entries(site).reason(path, named).partition(":")[0].partition(" ")[0]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("_posts/2020-01-01-a.md", ""),
        ("_posts/20-1-1-a.md", ""),
        ("_posts/sub/2020-01-01-a.md", ""),
        ("blog/_posts/2020-01-01-a.md", ""),
        ("_drafts/생각.md", ""),
        ("posts/생각.md", ""),
        ("_posts/a.md", "no"),
        ("_posts/README.md", "no"),
        ("_posts/2020-01-01.md", "no"),
        ("_posts/_2020-01-01-a.md", "hidden"),
        ("_posts/#2020-01-01-a.md", "hidden"),
        ("_posts/.2020-01-01-a.md", "hidden"),
        ("_posts/__hidden/2020-01-01-a.md", "hidden"),
        ("_posts/sub/_2020-01-01-a.md", "hidden"),
        # below _posts, Jekyll looks at the first and the last name only
        ("_posts/sub/_deep/2020-01-01-a.md", ""),
        ("_old/_posts/2020-01-01-a.md", "hidden"),
        ("vendor/bundle/x/_posts/2020-01-01-a.md", "excluded"),
        ("_site/a.md", "hidden"),
    ],
)
def test_jekyll_leaves_out_what_its_filter_rejects(path: str, why: str) -> None:
    assert reason(path) == why


@pytest.mark.parametrize(
    ("pattern", "path", "why"),
    [
        ("_posts/old", "_posts/old/2020-01-01-a.md", "excluded"),
        ("_posts/old/", "_posts/old/2020-01-01-a.md", "excluded"),
        ("/_posts/old", "_posts/old/2020-01-01-a.md", "excluded"),
        ("_posts/o", "_posts/old/2020-01-01-a.md", "excluded"),  # the beginning of a path is enough
        ("old", "_posts/old/2020-01-01-a.md", ""),
        ("docs", "docs/_posts/2020-01-01-a.md", "excluded"),
        ("docs/", "docs/_posts/2020-01-01-a.md", "excluded"),
        ("*.md", "_posts/2020-01-01-a.md", "excluded"),  # an asterisk goes past slashes
        ("**/*a.md", "_posts/2020-01-01-a.md", "excluded"),
        ("_posts/20[01]?-*", "_posts/2020-01-01-a.md", ""),
        ("_posts/20[0-2]?-*", "_posts/2020-01-01-a.md", "excluded"),
        ("_posts/20[^0-1]?-*", "_posts/2020-01-01-a.md", "excluded"),
        ("[", "_posts/2020-01-01-a.md", ""),
    ],
)
def test_exclude_is_a_beginning_or_a_pattern(pattern: str, path: str, why: str) -> None:
    assert reason(path, exclude=(pattern,)) == why


def test_include_goes_before_exclude_and_hidden_names() -> None:
    hidden = "_posts/_hidden/2020-01-01-a.md"
    assert reason(hidden, include=("_hidden",)) == ""
    assert reason("_posts/2020-01-01-a.md", exclude=("_posts",), include=("2020*",)) == ""
    assert reason("_posts/2020-01-01-a.md", exclude=("_posts",), include=("_posts",)) == ""
    assert reason("_posts/a.md", include=("a.md",)) == "no", "a date is asked for all the same"


def test_folders_that_the_command_line_names_are_not_judged() -> None:
    path = "_posts/__hidden/2020-01-01-a.md"
    assert reason(path, named=2) == ""
    assert reason("_posts/__hidden/_2020-01-01-a.md", named=2) == "hidden"
    assert reason("old/_posts/2020-01-01-a.md", named=1, exclude=("old",)) == ""


def test_others_know_no_dates_in_names_and_hide_at_any_depth() -> None:
    assert reason("source/_posts/a.md", HEXO) == ""
    assert reason("source/_posts/sub/_deep/a.md", HEXO) == "hidden"
    assert reason("posts/a.md", "") == reason("posts/#a.md", "") == ""
    assert reason("posts/_a.md", "") == reason("posts/_x/a.md", "") == "hidden"
    assert reason("_notes/a.md", "", posts=("_notes",)) == ""
    assert reason("posts/old/a.md", "", exclude=("posts/old",)) == "excluded"


@given(NAMES, NAMES)
def test_a_pattern_holds_for_what_it_begins_and_never_fails(text: str, rest: str) -> None:
    pattern = Pattern(text)
    start = text.lstrip("/")
    assert not start or pattern.holds(start + rest)
    assert isinstance(pattern.holds(rest), bool)
