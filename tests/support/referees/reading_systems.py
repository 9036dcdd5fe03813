"""The engines of real reading systems, foliate-js and epub.js, in Chromium."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.command import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ENGINES = ("foliate", "epubjs")
MODULES = ROOT / "node_modules"
_PAGES = ROOT / "tests/conformance/readers"
_TYPES = {".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip"}


def are_installed() -> bool:
    """Tell whether both engines are at hand (`make conformance` fetches them)."""
    return (MODULES / "foliate-js").is_dir() and (MODULES / "epubjs").is_dir()


def opened(browser: Browser, engine: str, book: Path, width: int, size: int) -> Page:
    """Return a window of an engine, `width` pixels wide, with a book in it; type in percent."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.route("https://books.test/**", partial(_serve, book))
    page.goto(f"https://books.test/readers/{engine}.html")
    page.wait_for_function("window.reader")
    page.evaluate("size => reader.open('/book.epub', size)", size)
    return page


def _serve(book: Path, route: Route) -> None:
    """Answer from disk: the engines below node_modules, their pages here, and the book."""
    path = route.request.url.removeprefix("https://books.test/")
    if path == "book.epub":
        file = book
    elif path.startswith("readers/"):
        file = _PAGES / path.removeprefix("readers/")
    else:
        file = MODULES / path
    if file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=_TYPES.get(file.suffix, "text/plain"))
    else:
        route.fulfill(status=404)
