"""Markdown payloads come back from their platforms' renderers as they went (round_trip.py)."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.platform import load_platform
from hanpan.crosspost.writers import WRITERS
from hanpan.site import Crosspost, Identity
from tests.conformance.kramdown import Judged, percentile
from tests.conformance.round_trip import (
    PLATFORMS,
    Sent,
    can_render,
    judge,
    judge_all,
    rendered,
    send,
)
from tests.crosspost.constructs import CONSTRUCTS
from tests.crosspost.sample import document, files
from tests.crosspost.test_markdown import MARKED, build
from tests.support.others_posts import CORPUS

pytestmark = pytest.mark.conformance
# the share of posts of the corpus that may be worse, and how alike they are at least
TEXT = {"median": 0.9999, "5th": 0.999, "lowest": 0.985}
BLOCKS = {"median": 0.9999, "5th": 0.999, "lowest": 0.95}


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if not can_render(name):
        pytest.skip(f"the renderer of {name} is not installed (`make conformance`)")
    return name


def test_every_construct_comes_back(platform: str, tmp_path: Path) -> None:
    door = files(tmp_path)
    sent = [
        Sent(name, platform, *send(document(html), door, load_platform(platform)))
        for name, html in CONSTRUCTS.items()
    ]
    pages = rendered({platform: [one.text for one in sent]})[platform]
    judged = [judge(one, page) for one, page in zip(sent, pages, strict=True)]
    assert [post for post in judged if post.differences] == []


@settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@seed(20261122)
@given(drawn=st.lists(st.lists(MARKED, min_size=1, max_size=4), min_size=60, max_size=60))
def test_text_survives(
    platform: str, tmp_path_factory: pytest.TempPathFactory, drawn: list[list[object]]
) -> None:
    """The law of escaping: what is rendered of an escaped text is the text."""
    spoken = load_platform(platform)
    door = files(tmp_path_factory.mktemp("site"))
    lowering = Lowering(document(), spoken, door, Identity(), Crosspost(), {})
    wanted, sent = [], []
    for paragraph in drawn:
        root = etree.Element("div")
        element = etree.SubElement(root, "p")
        for node in paragraph:
            build(element, node)
        wanted.append("".join(tree.text_of(root).split()))
        sent.append(WRITERS[spoken.body.files[0][1]](root, lowering))
    pages = rendered({platform: sent})[platform]
    found = [
        "".join(tree.text_of(tree.parse(page)).replace("\u2060", "").split()) for page in pages
    ]
    bad = [three for three in zip(wanted, found, sent, strict=True) if three[0] != three[1]]
    assert bad == []


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    if not CORPUS.is_dir():
        pytest.skip("../shared is not there")
    suffixes = (".md", ".markdown", ".mdx")
    posts = sorted(path for path in CORPUS.resolve().rglob("*") if path.suffix in suffixes)
    return judge_all(posts, tuple(name for name in PLATFORMS if can_render(name)))


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize(("what", "least"), [("text", TEXT), ("structure", BLOCKS)])
def test_the_corpus_comes_back(
    platform: str, judged: list[Judged], what: str, least: dict[str, float]
) -> None:
    values = [getattr(post, what) for post in judged if post.name.startswith(f"{platform} ")]
    assert statistics.median(values) >= least["median"]
    assert percentile(values, 0.05) >= least["5th"]
    assert min(values) >= least["lowest"]
