"""WordPress's own editor, without a WordPress: its scripts, in Chromium, from npm's zips.

Its parser, its blocks and the check that marks a block as broken are what the editor of that
version uses; nothing of the server takes part.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.publish.wordpress import BUILDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRIPTS = BUILDS / "public"
VERSIONS = ("6.2", "6.5", "nightly")  # the oldest with spans of cells; nightly is 6.7
_OTHERS = {"react-dom": ("react",), "react-jsx-runtime": ("react",)}  # of vendor/
# a block and those within: its name, whether the editor accepts it, and why not
_BLOCKS = """text => {
  const told = (block) => ({
    name: block.name, valid: block.isValid, attributes: block.attributes,
    original: block.originalContent,
    issues: (block.validationIssues || []).map((issue) => issue.args.slice(1).map(String)),
    inner: block.innerBlocks.map(told),
  });
  return wp.blocks.parse(text).map(told);
}"""


@contextmanager
def running(chromium: Browser, version: str) -> Iterator[Page]:
    """Open a page with the blocks of a WordPress."""
    page = chromium.new_page()
    page.route(
        "**/*", lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html")
    )
    page.goto("http://editor.invalid/")  # a blank page has no storage, which scripts want
    with zipfile.ZipFile(BUILDS / f"src/wordpress/wp-{version}.zip") as packed:
        listed = packed.read("wp-includes/assets/script-loader-packages.min.php").decode()
    needs = {
        f"wp-{name}": tuple(re.findall(r"'([\w-]+)'", inside))
        for name, inside in re.findall(
            r"'([\w-]+)\.min\.js' => array\('dependencies' => array\(([^)]*)\)", listed
        )
    }
    scripts = SCRIPTS / f"wp-{version}/wp-includes/js/dist"
    for name in _in_order("wp-block-library", needs):
        file = name.removeprefix("wp-") if name in needs else f"vendor/{name}"
        small = scripts / f"{file}.min.js"
        page.add_script_tag(path=small if small.exists() else scripts / f"{file}.js")
        if name == "lodash":
            page.evaluate("window.lodash = _.noConflict()")
    page.evaluate("wp.blockLibrary.registerCoreBlocks()")
    try:
        yield page
    finally:
        page.close()


def _in_order(name: str, needs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield a script after those that it needs, each once."""
    seen: dict[str, None] = {}

    def visit(one: str) -> None:
        for other in needs.get(one, _OTHERS.get(one, ())):
            if other not in seen:
                visit(other)
        seen.setdefault(one)

    visit(name)
    yield from seen


def blocks(page: Page, markup: str) -> list[dict[str, Any]]:
    """Return the blocks that the editor reads in markup, those within others as well."""
    found: list[dict[str, Any]] = []
    waiting = page.evaluate(_BLOCKS, markup)
    while waiting:
        block = waiting.pop(0)
        waiting[:0] = block["inner"]
        if block["name"]:
            found.append(block)
    return found


def saved(page: Page, markup: str) -> str:
    """Return what the editor saves after it has read markup."""
    text: str = page.evaluate("text => wp.blocks.serialize(wp.blocks.parse(text))", markup)
    return text
