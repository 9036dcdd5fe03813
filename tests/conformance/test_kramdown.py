"""kramdown-GFM as the judge of the dialect: posts read as they do on their author's own site."""

from __future__ import annotations

import statistics

import pytest

from tests.conformance.kramdown import (
    CORPUS,
    Judged,
    has_kramdown,
    judge_all,
    percentile,
    unexplained,
)

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    if not CORPUS.is_dir():
        pytest.skip("../shared is not there")
    if not has_kramdown():
        pytest.skip("kramdown-parser-gfm is not installed (Debian: ruby-kramdown-parser-gfm)")
    return judge_all(CORPUS)


@pytest.mark.parametrize("what", ["text", "structure"])
def test_posts_read_as_with_jekyll(judged: list[Judged], what: str) -> None:
    values = [getattr(post, what) for post in judged]
    low = {"text": 0.985, "structure": 0.98}[what]
    assert statistics.median(values) >= 0.999
    assert percentile(values, 0.05) >= low


def test_each_post_that_differs_is_explained(judged: list[Judged]) -> None:
    assert unexplained(judged) == []
