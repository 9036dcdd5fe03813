"""Outside referees of the page: the Nu Html Checker, and axe-core in Chromium."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hanpan.editions.index import Listed, render_index
from tests.editions.html.sample import DOCUMENT, ENGLISH, META, page, site_files
from tests.support.command import ROOT, edition_of
from tests.support.others_posts import HARD, SEED
from tests.support.referees.html_checker import nu

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

pytestmark = pytest.mark.conformance
MODULES = ROOT / "node_modules"
# what both referees must find: no alt, an id twice, an item without a list, text as pale as paper
FAULTY = """<!DOCTYPE html><html lang="ko"><head><title>잘못</title></head><body><main>
<h1>잘못</h1><p id="a">글
<p id="a"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">
<p><li>항목</li></p><p style="color: #eeeeee; background: #ffffff">흐린 글</p>
</main></body></html>"""
LOST = replace(DOCUMENT, slug="lost", teaser="", teaser_missing=True, meta=replace(META, toc=True))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample pages and an index, written to files."""
    root = tmp_path_factory.mktemp("pages")
    files = site_files(root)
    made = []
    for document in (DOCUMENT, ENGLISH, LOST):
        made.append(root / f"{document.slug}.html")
        made[-1].write_text(page(document, files), "utf-8")
    listed = [
        Listed(d.meta.title, d.meta.date, {"html": f"{d.slug}.html"}, 1) for d in (DOCUMENT, LOST)
    ]
    made.append(root / "index.html")
    made[-1].write_bytes(render_index(listed, files))
    return made


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of the posts that come with hanpan, and their index."""
    return edition_of(tmp_path_factory.mktemp("samples"), [ROOT / "posts"], "html")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of posts that other people wrote, and of the seed."""
    return edition_of(tmp_path_factory.mktemp("corpus"), [SEED, *HARD], "html")


def _axe(pages: list[Path], chromium: Browser, scheme: Any, width: int) -> list[tuple[str, ...]]:
    """Return page, rule and element of each of axe's violations."""
    script = MODULES / "axe-core/axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not in node_modules (`make conformance`)")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: list[tuple[str, ...]] = []
    for path in pages:
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.evaluate(script.read_text("utf-8"))
        violations = tab.evaluate("axe.run(document).then(result => result.violations)")
        found += [(path.name, v["id"], v["nodes"][0]["html"]) for v in violations]
        tab.close()
    context.close()
    return found


def test_the_referees_see_faults(tmp_path: Path, chromium: Browser) -> None:
    faulty = tmp_path / "faulty.html"
    faulty.write_text(FAULTY, "utf-8")
    said = nu([faulty])
    assert "Duplicate ID" in said and "alt" in said and "li" in said
    rules = {rule for _, rule, _ in _axe([faulty], chromium, "light", 390)}
    assert rules >= {"image-alt", "color-contrast", "listitem"}


def test_the_nu_html_checker_finds_no_error(pages: list[Path], samples: list[Path]) -> None:
    assert nu([*pages, *samples]) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_no_violation(
    pages: list[Path], samples: list[Path], chromium: Browser, scheme: Any, width: int
) -> None:
    assert _axe([*pages, *samples], chromium, scheme, width) == []


@pytest.mark.corpus
def test_the_nu_html_checker_passes_posts_of_others(corpus: list[Path]) -> None:
    assert len(corpus) == len(HARD) + 2  # the seed and the index
    assert nu(corpus) == ""


@pytest.mark.corpus
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_axe_passes_posts_of_others(
    corpus: list[Path], chromium: Browser, scheme: Any, width: int
) -> None:
    assert _axe(corpus, chromium, scheme, width) == []


def _note(asked: list[Request], request: Request) -> None:
    asked.append(request)


def test_the_page_stands_alone_and_fits_a_telephone(
    pages: list[Path], samples: list[Path], chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    for path in [*pages, *samples]:
        tab = context.new_page()
        asked: list[Request] = []
        tab.on("request", partial(_note, asked))
        tab.goto(path.as_uri())
        tab.wait_for_load_state("networkidle")
        own = ("data:", path.as_uri())
        assert [one.url for one in asked if not one.url.startswith(own)] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        if path.stem == DOCUMENT.slug:
            faces = tab.evaluate("[...document.fonts].map(face => face.status)")
            assert set(faces) == {"loaded"}
    context.close()


def test_a_folded_frame_is_fetched_when_it_is_opened(chromium: Browser, tmp_path: Path) -> None:
    body = (
        '<p class="embed" data-embed="https://frames.example/1">'
        '<a href="https://frames.example/1">하나</a></p>'
    )
    path = tmp_path / "framed.html"
    path.write_text(page(replace(DOCUMENT, body=body, teaser=""), site_files(tmp_path)), "utf-8")
    tab = chromium.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            asked.append(request.url)

    tab.on("request", note)
    tab.goto(path.as_uri())
    tab.wait_for_timeout(500)
    assert asked == []
    tab.locator("details.embed > summary").click()
    tab.wait_for_timeout(500)
    assert asked == ["https://frames.example/1"]
    tab.close()


_PARTED = """() => {
  const middle = (node, first) => {
    if (node.nodeType === 1) return middle(node.querySelector("a").firstChild, first);
    const range = document.createRange();
    range.setStart(node, first ? 0 : node.length - 1);
    range.setEnd(node, first ? 1 : node.length);
    const box = range.getClientRects()[0];
    return (box.top + box.bottom) / 2;
  };
  return [...document.querySelectorAll("sup")].flatMap((mark) => {
    const apart = (side, first) => side && Math.abs(middle(side, first) - middle(mark)) > 14;
    return [apart(mark.previousSibling, false), apart(mark.nextSibling, true)];
  }).filter(Boolean).length;
}"""


def test_no_line_ends_between_a_word_its_note_mark_and_its_particle(
    chromium: Browser, tmp_path: Path
) -> None:
    note = '<sup class="footnote-mark"><a href="#fn-1" class="footnote-ref">1</a></sup>'
    body = f"<p>글자 글자 Canvas{note}와 말씀은{note}{note}입니다 (그러나{note})라고</p>" * 9
    path = tmp_path / "marked.html"
    document = replace(DOCUMENT, body=body + '<p id="fn-1">주</p>', teaser="")
    path.write_text(page(document, site_files(tmp_path)), "utf-8")
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    for width in range(180, 420, 5):
        tab.evaluate(f"document.querySelector('.post-body').style.width = '{width}px'")
        assert tab.evaluate(_PARTED) == 0, width
    tab.close()
