"""Outside referees of the page: the Nu Html Checker, and axe-core in Chromium."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.editions.index import Listed, render_index
from tests.editions.html_sample import DOCUMENT, ENGLISH, META, page, site_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

pytestmark = pytest.mark.conformance
MODULES = Path(__file__).resolve().parents[2] / "node_modules"
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
def chromium() -> Iterator[Browser]:
    """Chromium, the system's before playwright's own."""
    sync_api = pytest.importorskip("playwright.sync_api")
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        except sync_api.Error as error:
            pytest.skip(f"Chromium cannot be started: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


def test_the_nu_html_checker_finds_no_error(pages: list[Path]) -> None:
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    java = shutil.which("java")
    if not jar.is_file() or java is None:
        pytest.skip("the Nu Html Checker needs Java and node_modules/vnu-jar (`make conformance`)")
    command = [java, "-jar", str(jar), "--errors-only", "--format", "gnu", *map(str, pages)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.stderr == ""
    assert run.returncode == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_no_violation(
    pages: list[Path], chromium: Browser, scheme: Any, width: int
) -> None:
    script = MODULES / "axe-core/axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not in node_modules (`make conformance`)")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = []
    for path in pages:
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.evaluate(script.read_text("utf-8"))
        violations = tab.evaluate("axe.run(document).then(result => result.violations)")
        found += [(path.name, v["id"], v["nodes"][0]["html"]) for v in violations]
    context.close()
    assert found == []


def _note(asked: list[Request], request: Request) -> None:
    asked.append(request)


def test_the_page_stands_alone_and_fits_a_telephone(pages: list[Path], chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    for path in pages:
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
