"""Editors that payloads are pasted into: HTML in, the editor's own document out, as HTML."""

from __future__ import annotations

import json
import mimetypes
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.support.command import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

MODULES = ROOT / "node_modules"
_HERE = Path(__file__).parent
_NODE = ("@tiptap/starter-kit", "@tryghost/kg-html-to-lexical", "@lexical/headless", "jsdom")
# an editor that needs a browser -> its scripts in node_modules; in_browser/ opens it and pastes
IN_BROWSER = {
    "ckeditor": ("ckeditor5/dist/browser/ckeditor5.umd.js",),
    "editorjs": (
        "@editorjs/editorjs/dist/editorjs.umd.js",
        "@editorjs/header/dist/header.umd.js",
        "@editorjs/list/dist/editorjs-list.umd.js",
        "@editorjs/code/dist/code.umd.js",
        "@editorjs/quote/dist/quote.umd.js",
        "@editorjs/table/dist/table.umd.js",
        "@editorjs/delimiter/dist/delimiter.umd.js",
        "@editorjs/inline-code/dist/inline-code.umd.js",
        "@editorjs/simple-image/dist/simple-image.umd.js",
    ),
    "quill": ("quill/dist/quill.js",),
    "tinymce": ("tinymce/tinymce.min.js",),
}


def is_installed(editor: str) -> bool:
    """Tell whether an editor is here: its packages, and Node for those that run in it."""
    if editor in IN_BROWSER:
        return all((MODULES / script).is_file() for script in IN_BROWSER[editor])
    return bool(shutil.which("node")) and all((MODULES / name).exists() for name in _NODE)


def pasted_in_node(editor: str, pages: list[str]) -> list[str]:
    """Return what `tiptap`, `ghost` or `lexical` makes of pages that are pasted into it."""
    ran = subprocess.run(
        ["node", str(_HERE / "editors.mjs"), str(MODULES)], input=json.dumps({editor: pages}),
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    answers: list[str] = json.loads(ran.stdout)[editor]
    return answers


@contextmanager
def opened_in_browser(chromium: Browser, editor: str) -> Iterator[Page]:
    """Open a page with one of IN_BROWSER; what it fetches comes from node_modules."""
    page = chromium.new_page()
    page.route("**/*", _answer)
    page.goto("http://editor.invalid/")
    for script in IN_BROWSER[editor]:
        page.add_script_tag(url=f"/{script}")
    page.add_script_tag(path=_HERE / f"in_browser/{editor}.js")
    page.evaluate("open(document.querySelector('div'))")
    try:
        yield page
    finally:
        page.close()


def _answer(route: Route) -> None:
    path = urlsplit(route.request.url).path.lstrip("/")
    if path and (MODULES / path).is_file():
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(path=MODULES / path, content_type=f"{kind}; charset=utf-8")
    else:
        route.fulfill(body="<!DOCTYPE html><div></div>", content_type="text/html")


def pasted_in_browser(page: Page, html: str) -> str:
    """Return what the editor of a page makes of a text that is pasted into it."""
    text: str = page.evaluate("html => paste(html)", html)
    return text
