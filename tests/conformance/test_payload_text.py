"""The text of payloads: our own posts always, others' in `make conformance` (issue 6: 99.5 %)."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from hanpan.crosspost.lowerings import LOWERINGS
from hanpan.crosspost.platform import load_platform
from hanpan.files import Digests
from tests.conformance.payload_text import PLATFORMS, Judged, judge, judge_post
from tests.crosspost.sample import document, files
from tests.support.command import ROOT
from tests.support.others_posts import CORPUS, posts_of

OURS = sorted((ROOT / "posts").glob("*.md"))


def of_platform(judged: list[Judged], platform: str) -> list[float]:
    return [one.equal for one in judged if one.platform == platform]


def test_our_own_posts_say_all_they_said() -> None:
    judged = [one for post in OURS for one in judge_post(post, PLATFORMS, Digests())]
    assert [(one.platform, one.post, one.differences) for one in judged if one.equal < 0.99] == []


def test_what_is_lost_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_lists(root: object, lowering: object) -> None:
        for item in list(root.iter("li")):  # type: ignore[attr-defined]
            item.text = None

    monkeypatch.setitem(LOWERINGS, "headings_in_order", without_lists)
    found = judge(document(), files(tmp_path), load_platform("tistory"))
    assert found.equal < 0.99 and any("하나" in said for said in found.differences)


@pytest.mark.conformance
@pytest.mark.corpus
def test_posts_of_others_say_all_they_said() -> None:
    digests = Digests()
    posts = posts_of(CORPUS)[::3]
    judged = [one for post in posts for one in judge_post(post, PLATFORMS, digests)]
    for platform in PLATFORMS:
        equal = of_platform(judged, platform)
        assert statistics.median(equal) >= 0.995, platform
        assert statistics.quantiles(equal, n=20)[0] >= 0.98, platform
