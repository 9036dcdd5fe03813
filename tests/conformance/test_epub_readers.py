"""EPUBs in the engines of real reading systems, foliate-js and epub.js, in Chromium."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.test_html_referees import MODULES
from tests.support.command import ROOT, edition_of
from tests.support.others_posts import HARD, SEED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.conformance
READERS = Path(__file__).parent / "readers"
ENGINES = ("foliate", "epubjs")
WIDTHS, SIZES = (320, 600, 900), (100, 170)  # pixels; percent of the type
_TYPES = {".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip"}


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """Chromium, with the engines at hand."""
    if not (MODULES / "foliate-js").is_dir() or not (MODULES / "epubjs").is_dir():
        pytest.skip("foliate-js and epubjs are not in node_modules (`make conformance`)")
    return chromium


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The books of the posts that come with hanpan."""
    return edition_of(tmp_path_factory.mktemp("samples"), [ROOT / "posts"], "epub")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Books of posts that other people wrote, and of the seed."""
    return edition_of(tmp_path_factory.mktemp("corpus"), [SEED, *HARD], "epub")


def _serve(book: Path, route: Route) -> None:
    """Answer from disk: the engines below node_modules, their pages here, and the book."""
    path = route.request.url.removeprefix("https://books.test/")
    if path == "book.epub":
        file = book
    elif path.startswith("readers/"):
        file = READERS / path.removeprefix("readers/")
    else:
        file = MODULES / path
    if file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=_TYPES.get(file.suffix, "text/plain"))
    else:
        route.fulfill(status=404)


def opened(browser: Browser, engine: str, book: Path, width: int, size: int) -> Page:
    """Return a window of an engine with the book in it."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("https://books.test/**", partial(_serve, book))
    page.goto(f"https://books.test/readers/{engine}.html")
    page.wait_for_function("window.reader")
    page.evaluate("size => reader.open('/book.epub', size)", size)
    return page


def overflow(page: Page) -> list[str]:
    """Return what sticks out of the columns of any section."""
    found: list[str] = []
    for index in range(page.evaluate("reader.sections()")):
        found += page.evaluate("index => reader.section(index)", index)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_sticks_out_of_the_page(
    browser: Browser, samples: list[Path], engine: str, width: int, size: int
) -> None:
    for book in samples:
        page = opened(browser, engine, book, width, size)
        assert overflow(page) == [], book.name
        page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_contents_notes_and_cover(browser: Browser, samples: list[Path], engine: str) -> None:
    notes = 0
    for book in samples:
        page = opened(browser, engine, book, 600, 100)
        for label, href in page.evaluate("reader.contents()"):
            said = page.evaluate("href => reader.goTo(href)", href)
            assert said is not None and " ".join(said.split()) == label, book.name
        width, height, box = page.evaluate("reader.cover()")
        assert (width, height) == (1600, 2560)
        assert box["height"] > 500 and box["top"] >= 0 and box["top"] + box["height"] <= 801
        for index in range(page.evaluate("reader.sections()")):
            page.evaluate("index => reader.section(index)", index)
            for number, mark in enumerate(page.evaluate("reader.marks()")):
                note: Any = page.evaluate("([i, id]) => reader.note(i, id)", [index, mark])
                assert note[1] == "footnote" and note[0][0].isdigit(), (book.name, number, note)
                notes += 1
        page.close()
    assert notes >= 5


@pytest.mark.corpus
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("width", "size"), [(320, 170), (600, 100)])
def test_posts_of_others_fit_the_page(
    browser: Browser, corpus: list[Path], engine: str, width: int, size: int
) -> None:
    assert len(corpus) == len(HARD) + 1  # the seed
    for book in corpus:
        page = opened(browser, engine, book, width, size)
        assert overflow(page) == [], book.name
        page.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_sticks_out_is_seen(browser: Browser, tmp_path: Path, engine: str) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "site.toml").write_text('title = "시험"\n')
    wide = "layouts/styles/epub.css"
    (tmp_path / wide).parent.mkdir(parents=True)
    (tmp_path / wide).write_text("p { width: 60em; white-space: nowrap }")
    (tmp_path / "posts/2026-03-01-글.md").write_text("---\ntitle: 글\n---\n" + "긴 줄 " * 100)
    (book,) = edition_of(tmp_path / "out", [tmp_path / "posts"], "epub")
    page = opened(browser, engine, book, 320, 100)
    assert any(found.startswith("긴 ") for found in overflow(page))
    page.close()
