"""kramdown-GFM as the judge of the dialect: posts read as they do on their author's own site."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.conformance.kramdown import Judged, has_kramdown, judge_all, percentile

pytestmark = pytest.mark.conformance
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "dialect.md"


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
    said = DOCS.read_text("utf-8")
    unsaid = [
        post.name
        for post in judged
        if min(post.text, post.structure) < 0.97 and Path(post.name).name not in said
    ]
    assert unsaid == []
