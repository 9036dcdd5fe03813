"""Editors that payloads are pasted into: HTML in, the editor's own document out, as HTML."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.command import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MODULES = ROOT / "node_modules"
_NODE = ("@tiptap/starter-kit", "@tryghost/kg-html-to-lexical", "jsdom")
CKEDITOR = MODULES / "ckeditor5/dist/browser/ckeditor5.umd.js"
_OPEN = """async () => {
  const names = `Essentials Paragraph Heading Bold Italic Underline Strikethrough Subscript
    Superscript Code CodeBlock BlockQuote Link List Table TableCaption ImageBlock ImageInline
    ImageCaption HorizontalLine`.split(/\\s+/);
  const levels = [2, 3, 4, 5, 6].map((n) => ({ model: `heading${n}`, view: `h${n}`, class: "" }));
  window.editor = await CKEDITOR.ClassicEditor.create(document.querySelector("div"), {
    licenseKey: "GPL", plugins: names.map((name) => CKEDITOR[name]),
    heading: { options: [{ model: "paragraph", class: "" }, ...levels] },
  });
}"""
_PASTE = """html => {
  const content = editor.data.htmlProcessor.toView(html);
  editor.setData("");
  const dataTransfer = { getData: (kind) => (kind === "text/html" ? html : ""), files: [] };
  const targetRanges = [editor.editing.view.createRangeIn(editor.editing.view.document.getRoot())];
  editor.editing.view.document.fire("clipboardInput", {
    content, dataTransfer, targetRanges, method: "paste", preventDefault() {}, stopPropagation() {},
  });
  return editor.getData();
}"""


def can_run_node() -> bool:
    """Tell whether the editors that run in Node are here."""
    return bool(shutil.which("node")) and all((MODULES / name).exists() for name in _NODE)


def pasted_in_node(editor: str, pages: list[str]) -> list[str]:
    """Return what `tiptap` or `ghost` makes of pages that are pasted into it."""
    program = str(Path(__file__).with_name("editors.mjs"))
    ran = subprocess.run(
        ["node", program, str(MODULES)], input=json.dumps({editor: pages}),
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    answers: list[str] = json.loads(ran.stdout)[editor]
    return answers


@contextmanager
def ckeditor(chromium: Browser) -> Iterator[Page]:
    """Open a page with CKEditor 5."""
    page = chromium.new_page()
    blank = "<!DOCTYPE html><div></div>"
    page.route("**/*", lambda route: route.fulfill(body=blank, content_type="text/html"))
    page.goto("http://editor.invalid/")
    page.add_script_tag(path=CKEDITOR)
    page.evaluate(_OPEN)
    try:
        yield page
    finally:
        page.close()


def pasted_in_ckeditor(page: Page, html: str) -> str:
    """Return what CKEditor makes of a page that is pasted into it."""
    text: str = page.evaluate(_PASTE, html)
    return text
