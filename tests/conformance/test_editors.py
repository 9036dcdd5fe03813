"""Payloads in the editors of their platforms, or in those that they are made of: nothing is lost.

What goes in is what a payload says; what comes out is the editor's own document, as HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hanpan import tree
from tests.conformance.editors import pasting, wordpress
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


def pages_of(payloads: Path, platform: str) -> list[str]:
    """Return the pages to paste of all posts."""
    return [page for _, page in bodies(payloads, platform, "paste.html")]


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


# what an editor may change, if the payload's report says why
TOLD = {
    "markdown-signs": {"words", "headings", "items", "cells", "links"},
    "address-in-text": {"links"},
    "linked-code": {"links"},
    "item-block": {"items"},
}


def untold(payloads: Path, platform: str, pasted: list[str]) -> list[tuple[str, str, Any]]:
    """Return what an editor has changed of pages, less what their reports tell."""
    found = []
    for (slug, page), after in zip(bodies(payloads, platform, "paste.html"), pasted, strict=True):
        manifest = json.loads(
            (payloads / slug / "crosspost" / platform / "manifest.json").read_text("utf-8")
        )
        told = {kind for loss in manifest["dropped"] for kind in TOLD.get(loss["name"], ())}
        different = differences(page, after)
        found += [(slug, kind, different[kind]) for kind in different.keys() - told]
    return found


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    if not pasting.is_installed(request.param):
        pytest.skip(f"{request.param} is not in node_modules (`make conformance`)")
    with pasting.opened_in_browser(chromium, request.param) as page:
        yield page


@pytest.mark.parametrize("opened", ["ckeditor", "tinymce"], indirect=True)
@pytest.mark.parametrize("platform", ["ghost", "medium", "naver", "substack", "tistory"])
def test_an_editor_with_a_form_for_everything_keeps_what_is_pasted(
    platform: str, opened: Page, payloads: Path
) -> None:
    pages = pages_of(payloads, platform)
    assert untold(payloads, platform, [pasting.pasted_in_browser(opened, p) for p in pages]) == []


_EXSLT = {"re": "http://exslt.org/regular-expressions"}
# Editors that no platform here is made of, but many blogs are: what they have no form for, as an
# XPath, and what of a page with it differs.
OWN_LIMITS = {
    "lexical": [
        (".//li//*[self::p or self::pre or self::ul or self::blockquote]", {"words"}),  # moved
    ],
    "quill": [
        (".//li//*[self::br or self::p or self::pre]", {"items", "code"}),  # items of their own
        (".//li//li//li", {"items"}),  # its export joins what follows three levels
        (".//pre/following-sibling::*[1][self::pre]", {"code"}),  # one block
        (r".//pre//br[re:test(preceding::text()[1], '\s$')]", {"code"}),  # blanks at a line's end
        (".//a//code", {"links"}),  # a link each
    ],
    "editorjs": [
        (".//pre", {"words", "code"}),  # its tool shows &lt; for <
        # its tool says what is in an inner list twice, and takes text alone
        (".//li//*[self::ul or self::ol]", {"words", "items"}),
        (".//li//*[self::p or self::br or self::pre]", {"words", "items"}),
        (".//li//img", {"pictures"}),
        (".//li//*[self::h2 or self::h3 or self::h4]", {"headings"}),
    ],
}


def beyond(editor: str, platform: str, payloads: Path, pasted: list[str]) -> list[Any]:
    """Return what an editor has changed of pages, less what reports tell and what it cannot."""
    pages = dict(bodies(payloads, platform, "paste.html"))
    limits = {
        slug: {
            kind
            for path, kinds in OWN_LIMITS[editor]
            for kind in kinds
            if page.xpath(path, namespaces=_EXSLT)
        }
        for slug, page in ((slug, tree.parse(page)) for slug, page in pages.items())
    }
    return [one for one in untold(payloads, platform, pasted) if one[1] not in limits[one[0]]]


@pytest.mark.parametrize(
    ("opened", "editor", "platform"),
    [("quill", "quill", "substack"), ("editorjs", "editorjs", "medium")],
    indirect=["opened"],
)
def test_an_editor_without_a_form_for_everything_keeps_the_rest(
    editor: str, platform: str, opened: Page, payloads: Path
) -> None:
    pages = pages_of(payloads, platform)
    pasted = [pasting.pasted_in_browser(opened, page) for page in pages]
    assert beyond(editor, platform, payloads, pasted) == []


def test_lexical_keeps_the_rest(payloads: Path) -> None:
    if not pasting.is_installed("lexical"):
        pytest.skip("Node or its packages are missing (`make conformance`)")
    pages = pages_of(payloads, "medium")
    pasted = pasting.pasted_in_node("lexical", pages)
    assert beyond("lexical", "medium", payloads, pasted) == []


@pytest.mark.parametrize(("editor", "platform"), [("tiptap", "substack"), ("ghost", "ghost")])
def test_an_editor_keeps_what_is_pasted_or_its_report_says_so(
    editor: str, platform: str, payloads: Path
) -> None:
    if not pasting.is_installed(editor):
        pytest.skip("Node or its packages are missing (`make conformance`)")
    pages = pages_of(payloads, platform)
    assert untold(payloads, platform, pasting.pasted_in_node(editor, pages)) == []


def test_what_tiptap_reads_as_markdown_is_lost_and_told(payloads: Path) -> None:
    if not pasting.is_installed("tiptap"):
        pytest.skip("Node or its packages are missing (`make conformance`)")
    text = "<p>지운 글은 ~~물결표~~로, `코드`는 백틱으로 쓴다.</p>"
    (after,) = pasting.pasted_in_node("tiptap", [text])
    assert "~~" not in after and "`" not in after
    (page,) = [
        page for slug, page in bodies(payloads, "substack", "paste.html") if slug == "constructs"
    ]
    assert "~~물결표~~" in page
    report = payloads / "constructs/crosspost/substack/report.md"
    assert "별표나 백틱이 사라질 수 있다" in report.read_text("utf-8")
