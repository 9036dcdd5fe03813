"""Outside referees of a whole site: the Nu Html Checker, axe-core and Chromium itself."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.command import ROOT, hanpan
from tests.support.others_posts import CORPUS, build, posts_of
from tests.support.referees import feeds
from tests.support.referees.chromium import started
from tests.support.referees.html_checker import nu
from tests.support.referees.lighthouse import lighthouse
from tests.support.site_links import broken_links

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.conformance
OTHERS = "https://others.example"  # where the site of the corpus would be
POLICY = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline';"
    " object-src 'none'; base-uri 'none'"
)
LARGE = pytest.param("others", marks=[pytest.mark.slow, pytest.mark.corpus])
KINDS = (
    "", "eojeol/", "long-read/", "archive/", "archive/2026/", "categories/", "tags/", "search/",
    "no-such-page/",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the posts that come with hanpan, with their EPUBs."""
    out = tmp_path_factory.mktemp("site") / "out"
    assert hanpan("build", "-e", "epub", "-e", "site", "--out", out, cwd=ROOT).code == 0
    return out / "site"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same posts at an address, without which there are no feeds."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(ROOT / "posts", folder / "posts")
    (folder / "site.toml").write_text(f'title = "한판 노트"\nurl = "{OTHERS}"\n', "utf-8")
    assert hanpan("build", "-e", "epub", "-e", "site", cwd=folder).code == 0
    return folder / "out" / "site"


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the posts of the corpus, of many blogs, with their EPUBs."""
    if not CORPUS.is_dir():
        pytest.skip("../shared is not there")
    folder = tmp_path_factory.mktemp("others")
    (folder / "site.toml").write_text(f'title = "남의 글"\nurl = "{OTHERS}"\n', "utf-8")
    build(posts_of(CORPUS), folder, "-e", "epub", "-e", "site", "--future")
    return folder / "out" / "site"


class Handler(SimpleHTTPRequestHandler):
    """A host of files that packs text, shows 404.html, and sends the policy of docs/site.md."""

    policy: str = POLICY

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(path)
        if not path.is_file() or not kind.startswith(("text/", "application/j")):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        data = page.read_bytes() if page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site as hosts of files do; return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


@pytest.mark.parametrize("which", ["site", LARGE])
def test_every_page_is_html_and_no_link_is_broken(
    which: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    assert broken_links(folder, OTHERS if which == "others" else "") == []
    assert nu(sorted(folder.rglob("*.html"))) == ""


@pytest.mark.parametrize("which", ["published", LARGE])
def test_feeds_and_catalogues_are_what_their_specifications_say(
    which: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    assert feeds.atom_faults((folder / "feed.xml").read_bytes()) == []
    assert feeds.json_feed_faults((folder / "feed.json").read_bytes()) == []
    assert feeds.opds_1_faults((folder / "opds/catalog.xml").read_bytes()) == []
    catalogue = (folder / "opds/catalog.json").read_bytes()
    assert len(json.loads(catalogue)["publications"]) > 2
    assert feeds.opds_2_faults(catalogue) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_breaks_the_policy(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    axe = ROOT / "node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not in node_modules (`make conformance`)")
    scripts = axe.read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    noted: list[str] = []
    context.on("request", lambda r: None if r.url.startswith(address) else noted.append(r.url))
    for kind in KINDS:
        tab = context.new_page()
        tab.on("console", lambda message: noted.append(message.text))
        tab.goto(f"{address}{kind}", wait_until="networkidle")
        assert [text for text in noted if "404 (" not in text] == [], kind
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        tab.evaluate(scripts)
        violations = tab.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == [], kind
        tab.close()
    context.close()


@pytest.mark.slow
@pytest.mark.corpus
def test_axe_finds_nothing_in_what_others_wrote(browser: Browser, others: Path) -> None:
    """Every page of the corpus but for lists beyond the first of a kind."""
    axe = ROOT / "node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not in node_modules (`make conformance`)")
    scripts = axe.read_text("utf-8")
    lists = ("archive", "categories", "tags", "series", "page")
    pages = [
        path
        for path in sorted(others.rglob("*.html"))
        if path.relative_to(others).parts[0] not in lists
        or len(path.relative_to(others).parts) == 2
    ]
    assert len(pages) > 200
    tab = browser.new_page(viewport={"width": 390, "height": 900})
    found = []
    for path in pages:
        tab.goto(path.as_uri())
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{path}: {wide} pixels too wide"] if wide > 0 else []
        tab.evaluate(scripts)
        for one in tab.evaluate("axe.run()")["violations"]:
            found.append(f"{path}: {one['id']} {one['nodes'][0]['target']}")
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "eojeol/", "archive/"])
def test_lighthouse_has_nothing_to_say(address: str, kind: str) -> None:
    """Index, post and archive, less what is timed: that depends on the machine."""
    verdict = lighthouse(f"{address}{kind}")
    scores = {name: verdict.scores[name] for name in ("accessibility", "best-practices", "seo")}
    assert scores == dict.fromkeys(scores, 1), verdict.short_of
    assert verdict.audits["total-byte-weight"] == 1
    assert verdict.audits["cumulative-layout-shift"] == 1  # nothing moves when fonts arrive


def test_the_search_works_from_a_disk(browser: Browser, site: Path) -> None:
    tab = browser.new_page()
    tab.goto((site / "index.html").as_uri())
    tab.click("text=검색")  # a folder's address, which leads to the page in it
    tab.fill("input[name=q]", "한글을")
    tab.wait_for_selector(".found mark")
    assert tab.locator(".found .entry").count() == 3
    tab.click(".found .entry-title a")
    tab.wait_for_selector("article.post")
    assert "한글" in tab.title()


def test_a_page_of_text_is_light(browser: Browser, address: str) -> None:
    """HTML, style and scripts of a post, as a host sends them packed, are below 60 KB."""
    tab = browser.new_page()
    sizes: list[int] = []
    kinds = ("document", "stylesheet", "script")
    tab.on(
        "response",
        lambda r: (
            sizes.append(len(gzip.compress(r.body()))) if r.request.resource_type in kinds else None
        ),
    )
    tab.goto(f"{address}eojeol/", wait_until="networkidle")
    assert 5_000 < sum(sizes) < 60_000
