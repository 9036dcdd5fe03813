"""Payloads in the editors of their platforms, or in those that they are made of: nothing is lost.

What goes in is what a payload says; what comes out is the editor's own document, as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conformance.editors import wordpress
from tests.conformance.editors.shape import differences
from tests.support.command import ROOT, hanpan
from tests.support.others_posts import CORPUS, posts_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.conformance
POSTS = 20  # of the corpus
ODD = Path(__file__).parent / "editors/constructs.md"


@pytest.fixture(scope="module")
def payloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The payloads of hanpan's own posts, of odd constructs, and of some posts of the corpus."""
    folder = tmp_path_factory.mktemp("payloads")
    others = posts_of(CORPUS) if CORPUS.is_dir() else []
    sample = others[:: max(1, len(others) // POSTS)][:POSTS]
    own = sorted((ROOT / "posts").glob("*.md"))
    odd = folder / "2026-11-26-constructs.md"
    odd.write_bytes(ODD.read_bytes())
    out = folder / "out"
    ran = hanpan(
        "build", "--edition", "crosspost", "--offline", "--out", out, odd, *own, *sample,
        cwd=folder, timeout=1200,
    )  # fmt: skip
    assert "Traceback" not in ran.err
    return out


def bodies(payloads: Path, platform: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the body of each post for a platform, with its folder's name."""
    found = sorted(payloads.glob(f"*/crosspost/{platform}/{name}"))
    assert found
    for path in found:
        yield path.parts[-4], path.read_text("utf-8")


@pytest.fixture(scope="module", params=wordpress.VERSIONS)
def blocks_of(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    if not wordpress.SCRIPTS.is_dir():
        pytest.skip("npm has not fetched WordPress (`make conformance` does)")
    with wordpress.running(chromium, request.param) as page:
        yield page


def test_wordpress_calls_every_block_valid_and_saves_what_it_read(
    blocks_of: Page, payloads: Path
) -> None:
    for slug, content in bodies(payloads, "wordpress", "content.html"):
        found = wordpress.blocks(blocks_of, content)
        broken = [(b["name"], b["original"], b["issues"]) for b in found if not b["valid"]]
        assert not broken, slug
        assert not differences(content, wordpress.saved(blocks_of, content)), slug
        kinds = {block["name"] for block in found}
        assert "core/freeform" not in kinds and "core/missing" not in kinds, slug
        html = [b["original"] for b in found if b["name"] == "core/html"]
        assert not [one for one in html if re.match("<(pre|h[2-6]|hr|img)\\b", one)], slug
