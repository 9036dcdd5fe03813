"""Every post of ../shared/corpus, through every edition: no mark is seen but where it is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus.test_corpus import CORPUS, posts_of
from tests.hanpan import hanpan
from tests.leaks import leaks

pytestmark = [pytest.mark.conformance, pytest.mark.corpus]
# part of a post's name -> what it shows of Markdown or Liquid on purpose, outside code
MEANT = {
    "2018-06-29-Markdown": {"**"},  # what a rule is written with
    "MarkDown-methodofuse": {"**", "[^"},  # how bold text and notes are written
    "post-image-standard": {"{{"},  # code in the first paragraph, which is the excerpt
}


def test_no_mark_is_seen(tmp_path: Path) -> None:
    posts = posts_of(CORPUS)
    out = tmp_path / "out"
    hanpan("build", "--offline", "--out", out, *posts, cwd=tmp_path, timeout=3000)
    entries = json.loads((out / "build.json").read_text("utf-8"))["posts"]
    built = [entry for entry in entries if "html" in entry["artifacts"]]
    assert len(built) >= 0.99 * len(posts)
    seen = []
    for entry in built:
        meant = next((marks for name, marks in MEANT.items() if name in entry["source"]), set())
        folder = (out / entry["artifacts"]["html"]).parent
        seen += [(entry["source"], leak) for leak in leaks(folder) if leak.mark not in meant]
    assert seen == []
