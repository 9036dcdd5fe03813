"""Every post of ../shared/corpus, through every edition: no mark is seen but where it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.leaks import leaks
from tests.support.others_posts import entries

pytestmark = [pytest.mark.conformance, pytest.mark.corpus]
# part of a post's name -> what it shows of Markdown or Liquid on purpose, outside code
MEANT = {
    "2018-06-29-Markdown": {"**"},  # what a rule is written with
    "MarkDown-methodofuse": {"**", "[^"},  # how bold text and notes are written
    "post-image-standard": {"{{"},  # code in the first paragraph, which is the excerpt
}


@pytest.mark.slow  # the corpus is looked through for marks in every build as well (internal-mark)
def test_no_mark_is_seen(corpus_built: Path) -> None:
    every = entries(corpus_built)
    built = [entry for entry in every if "html" in entry["artifacts"]]
    assert len(built) >= 0.99 * len(every)
    seen = []
    for entry in built:
        meant = next((marks for name, marks in MEANT.items() if name in entry["source"]), set())
        folder = (corpus_built / entry["artifacts"]["html"]).parent
        seen += [(entry["source"], leak) for leak in leaks(folder) if leak.mark not in meant]
    assert seen == []
