"""Pages: what a site publishes beside its posts, such as about.md; they need no date.

Which files are pages, their generator says. Jekyll: Markdown and HTML with front matter, outside of
folders whose names begin with `_`, unless `include` names those (PageReader and Reader of 4.3).
Hexo: Markdown, and HTML with front matter, in its source folder (lib/plugins/processor/asset). All
pages of Hugo are below `content/`, and walked as posts are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from hanpan.media_types import HTML_ENDINGS, POST_ENDINGS
from hanpan.roots import TEXT, Root
from hanpan.site import HEXO, HUGO, JEKYLL, OBSIDIAN, Site
from hanpan.source.entries import Entries
from hanpan.source.walk import MAGIC_FOLDERS, PostFile, is_walked

LEFT_OUT = "a page, not a post (`pages = true` in [source] of site.toml builds it)"
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:---|\+\+\+)[ \t]*\r?\n")
_HIDDEN = "._#~"  # first characters of names that need a look at `include`
_SETTINGS = frozenset({"site.toml", "_config.yml"})  # in a folder that is a site of its own


def page_files(site: Site, out: Path) -> Iterator[PostFile]:
    """Yield the pages of a site, as far as names and the beginnings of files tell.

    A site of no generator has pages only where its settings ask for them.
    """
    is_told = site.generator in (JEKYLL, HEXO) or site.sources.pages
    if site.generator in (HUGO, OBSIDIAN) or not is_told:
        return
    base = site.root
    if site.generator == HEXO:
        base = site.root / next(iter(site.publication.static), "source")
    entries, root = Entries(site), Root(site.root)
    of_books = {p for book in site.books for p in (*book.settings.front, *book.settings.back)}
    for name, folders, names in os.walk(base):
        here = Path(name)
        if here != site.root and not _SETTINGS.isdisjoint(names):
            folders.clear()
            continue
        above = here.relative_to(site.root).as_posix()
        above = "" if above == "." else f"{above}/"
        folders[:] = sorted(
            folder for folder in folders if _may_hold(folder, here, out, site, entries)
        )
        for item in sorted(names):
            path = f"{above}{item}"
            if path in of_books or not _has_form(path, site):
                continue
            if not entries.reason(path) and _is_page(path, site, root):
                yield PostFile(site.root / path, site.root, is_page=True)


def _may_hold(folder: str, above: Path, out: Path, site: Site, entries: Entries) -> bool:
    """Tell whether a folder may hold pages: none of posts, none that is hidden or of packages."""
    place = above / folder
    path = place.relative_to(site.root).as_posix()
    if folder in MAGIC_FOLDERS or path in (*site.sources.posts, *site.collections):
        return False
    if not is_walked(place, out) or os.path.islink(place):
        return False
    return folder[0] not in _HIDDEN or not entries.reason(f"{path}/page.md")


def _has_form(path: str, site: Site) -> bool:
    name = path.rpartition("/")[2].lower()
    if name.endswith(HTML_ENDINGS):
        return site.generator in (JEKYLL, HEXO)
    return name.endswith(POST_ENDINGS)


def _is_page(path: str, site: Site, root: Root) -> bool:
    """Tell whether a file is read as a page: it has front matter, or is Markdown of Hexo's."""
    if site.generator == HEXO and not path.lower().endswith(HTML_ENDINGS):
        return True
    try:
        with root.opened(path, TEXT) as handle:
            return bool(_FRONT.match(os.read(handle, 16)))
    except OSError:
        return False
