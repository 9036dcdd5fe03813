"""The kinds of pages and other files of the site: one table, a function each."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from hanpan.editions import Artifact, Rendered
from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.media import FOLDER
from hanpan.files import Files
from hanpan.library.pages import PagePlan

# What a page is contents of: what its plan says, the leaves of posts whose text it shows, the door.
MakePage = Callable[[PagePlan, dict[str, Any], list[SiteLeaf], Files], dict[str, bytes]]
_ROOM = "hanpan.editions.site"
PAGES = {
    "post": (f"{_ROOM}.post", "post_page"),
    "list": (f"{_ROOM}.lists", "list_page"),
    "terms": (f"{_ROOM}.lists", "terms_page"),
    "archive": (f"{_ROOM}.lists", "archive_page"),
    "search": (f"{_ROOM}.lists", "search_page"),
    "missing": (f"{_ROOM}.lists", "missing_page"),
    "redirect": (f"{_ROOM}.lists", "redirect_page"),
    "feed": (f"{_ROOM}.feeds", "feeds"),
    "opds": (f"{_ROOM}.opds", "catalogues"),
    "sitemap": (f"{_ROOM}.crawlers", "sitemap"),
    "robots": (f"{_ROOM}.crawlers", "robots"),
    "llms": (f"{_ROOM}.crawlers", "llms"),
    "assets": (f"{_ROOM}.lists", "asset_files"),
    "segment": (f"{_ROOM}.index", "segment"),
}


def render_page(
    plan: PagePlan,
    read_leaf: Callable[[str], bytes],
    read_copy: Callable[[str], bytes],
    files: Files,
) -> Rendered:
    """Return a page of the site, and the files that it offers.

    `read_leaf` returns what the edition has left of a post by its hash, `read_copy` a file below
    out/. Raises BuildError, OSError.
    """
    module, name = PAGES[plan.kind]
    make: MakePage = getattr(import_module(module), name)
    leaves = [SiteLeaf.from_bytes(read_leaf(digest)) for digest in plan.leaves]
    contents = make(plan, json.loads(plan.data), leaves, files)
    contents |= {copy.target: read_copy(copy.source) for copy in plan.copies}
    artifacts = tuple(Artifact(f"{FOLDER}/{path}", data) for path, data in sorted(contents.items()))
    products = {"site": f"{FOLDER}/{plan.path}"} if plan.kind == "post" else {}
    return Rendered(artifacts, products)
