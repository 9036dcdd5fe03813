"""Files of the site: `site.pages` and `site.static_files`, looked for when a template asks.

https://jekyllrb.com/docs/variables/ and https://jekyllrb.com/docs/static-files/ have the fields.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from hanpan.files import Files
from hanpan.media_types import HTML_ENDINGS, POST_ENDINGS
from hanpan.roots import TEXT
from hanpan.source.entries import Entries
from hanpan.source.front_matter.visible import Visible
from hanpan.source.liquid.names.posts import Posts
from hanpan.source.post import Post
from hanpan.source.walk import MAGIC_FOLDERS

_MOST = 20_000  # files
_DEPTH = 12  # folders within folders
_OURS = frozenset({"site.toml", "assets.lock"})
_ENDINGS = (*POST_ENDINGS, *HTML_ENDINGS)


class SiteFiles:
    """The pages of a site, sorted by name, and other files, by path (Reader#sort_files!)."""

    def __init__(self, files: Files, posts: Posts) -> None:
        self._files = files
        self._posts = posts
        self._pages: list[Post] | None = None
        self._others: list[str] = []

    def pages(self) -> list[object]:
        """Return what templates know of each page."""
        return [self._posts.page_of(page) for page in self._all_pages()]

    def static_files(self) -> list[object]:
        """Return what templates know of each other file.

        To Jekyll its time is the disk's, which would change what is built: here, the newest post's.
        """
        self._all_pages()
        date = self._posts.last_date()
        return [_static_file(path) | {"modified_time": date} for path in self._others]

    def html_files(self) -> list[object]:
        """Return the static files that are HTML."""
        every = self.static_files()
        return [one for one in every if isinstance(one, dict) and one["extname"] in HTML_ENDINGS]

    def _all_pages(self) -> list[Post]:
        if self._pages is None:
            self._pages = []
            visible = Visible(self._files)
            for path in self._paths():
                page = self._page(path) if path.lower().endswith(_ENDINGS) else None
                if not page:
                    self._others.append(path)
                elif visible.has(page):
                    self._pages.append(page)
            self._pages.sort(key=lambda page: posixpath.basename(page.path))
        return self._pages

    def _page(self, path: str) -> Post | None:
        """Return a file as a page, None where it has no front matter."""
        try:
            page = self._posts.read(path)
        except (OSError, ValueError):
            return None
        return page if page.body_line > 1 else None

    def _paths(self) -> Iterator[str]:
        entries = Entries(self._files.site)
        for at, path in enumerate(self._below("", 0, entries)):
            if at == _MOST:
                return
            yield path

    def _below(self, folder: str, depth: int, entries: Entries) -> Iterator[str]:
        """Yield the files below a folder that the site publishes, but for posts and documents."""
        for name in self._files.names(folder or "."):
            path = f"{folder}/{name}" if folder else name
            if name in MAGIC_FOLDERS or depth > _DEPTH or entries.reason(path):
                continue
            if "." in name:
                if name not in _OURS:
                    yield path
            elif inner := self._files.names(path):
                if ".hanpan" not in inner:  # out/, which must not depend on itself
                    yield from self._below(path, depth + 1, entries)
            elif self._is_file(path):
                yield path

    def _is_file(self, path: str) -> bool:
        try:
            self._files.read(path, TEXT)
        except OSError:
            return False
        return True


def _static_file(path: str) -> dict[str, object]:
    name = posixpath.basename(path)
    stem, ending = posixpath.splitext(name)
    return {
        "path": f"/{path}",
        "name": name,
        "basename": stem,
        "extname": ending,
        "collection": None,
    }
