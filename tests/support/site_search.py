"""The search of a site without a browser: its own script in QuickJS, over its own index."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from lxml import html

from hanpan import tree

_PAGE = """
const listener = { addEventListener() {}, focus() {}, value: "" };
const form = {
  elements: { q: listener },
  dataset: { root: "../", segments: String(SEGMENTS), count: "", none: "", more: "" },
  addEventListener() {},
};
globalThis.location = { search: "", href: "http://site/" };
globalThis.URLSearchParams = class { get() { return null; } };
globalThis.document = {
  getElementById: (id) => (id === "site:search" ? form : { append() {}, querySelector() {} }),
  createElement: () => ({}),
  head: { append(script) { loadFile(script.src); script.onload(); } },
};
"""


class SiteSearch:
    """A site's search page, without what is shown."""

    def __init__(self, site: Path) -> None:
        from _quickjs import Context

        self._site = site
        root = html.fromstring((site / "search" / "index.html").read_bytes())
        segments = next(form.get("data-segments") for form in root.iter("form"))
        self._context: Any = Context()
        self._context.add_callable("loadFile", self._load)
        self._context.eval(_PAGE.replace("SEGMENTS", str(segments)))
        script = next((site / "assets").glob("search-*.js"))
        self._context.eval(f"(() => {{{script.read_text('utf-8')}}})()")
        self._finish()

    def find(self, query: str) -> list[str]:
        """Return the paths of the posts that a query finds, the best first."""
        asked = json.dumps(query)
        self._context.eval(
            f"globalThis.answer = null; hanpanFind({asked}).then((found) => {{"
            "answer = JSON.stringify(found.map(({post}) => post[1])) },"
            "(error) => { answer = JSON.stringify([String(error)]) })"
        )
        self._finish()
        paths: list[str] = json.loads(self._context.eval("answer"))
        return paths

    def _load(self, address: str) -> None:
        self._context.eval((self._site / "search" / address).resolve().read_text("utf-8"))

    def _finish(self) -> None:
        while self._context.execute_pending_job():
            pass


def texts_of(site: Path) -> dict[str, str]:
    """Return title, text, tags and categories of each post as a reader sees them, by path."""
    texts = {}
    for path in site.rglob("*.html"):
        root = html.fromstring(path.read_bytes())
        for article in root.iter("article"):
            for left_out in [*article.iter("math", "svg", "nav")]:
                tree.remove(left_out)
            text = " ".join(map(str, article.itertext()))
            text = unicodedata.normalize("NFKC", re.sub(r"\s+", " ", text)).lower()
            texts[path.relative_to(site).as_posix()] = text
    return texts


def relevant(text: str, parts: list[str]) -> bool:
    """Tell whether a text has all parts of a query; a blank may stand where a part has `_`."""
    return all(
        re.search(re.escape(unicodedata.normalize("NFKC", part).lower()).replace("_", " ?"), text)
        for part in parts
    )
