"""Jekyll as the judge of posts with Liquid: they read as on their author's own site."""

from __future__ import annotations

import statistics

import pytest

from tests.conformance.jekyll import has_jekyll, judge_with_liquid
from tests.conformance.kramdown import CORPUS, Judged, percentile, unexplained

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    if not CORPUS.is_dir():
        pytest.skip("../shared is not there")
    if not has_jekyll():
        pytest.skip("Jekyll is not installed (Debian: jekyll, ruby-kramdown-parser-gfm)")
    return judge_with_liquid(CORPUS)


@pytest.mark.parametrize(("what", "low"), [("text", 0.99), ("structure", 0.98)])
def test_posts_read_as_jekyll_shows_them(judged: list[Judged], what: str, low: float) -> None:
    values = [getattr(post, what) for post in judged]
    assert len(values) > 150
    assert statistics.median(values) >= 0.999
    assert percentile(values, 0.05) >= low


def test_each_post_that_differs_is_explained(judged: list[Judged]) -> None:
    assert unexplained(judged) == []
