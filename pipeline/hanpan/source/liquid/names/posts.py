"""Posts of the site: found by the names that `post_url` and `link` give them, and for loops."""

from __future__ import annotations

import contextlib
import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from hanpan.files import Files
from hanpan.media_types import HTML_ENDINGS, POST_ENDINGS
from hanpan.roots import SETTINGS, TEXT
from hanpan.site import Clock, Sources
from hanpan.source.characters import decode
from hanpan.source.front_matter.dates import post_dates
from hanpan.source.front_matter.defaults import with_defaults
from hanpan.source.front_matter.jekyll import site_path
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.front_matter.visible import Visible
from hanpan.source.post import Post
from hanpan.source.slugs import name_of, split_date
from hanpan.source.walk import MAGIC_FOLDERS

_PATHS_LIMIT = 20_000
_LABELS_LIMIT = 100  # collections
_DEPTH_LIMIT = 8  # folders within folders
_MAGIC_DEPTH = 3  # folders above _posts


@lru_cache(maxsize=4_096)
def _parse(path: str, data: bytes, config: str) -> Post:
    post = parse_post(path, data)
    return with_defaults(post, config) if config else post


class Posts:
    """The posts that a post may name."""

    def __init__(self, files: Files, post: Post, config: Mapping[str, object] | None) -> None:
        self._files = files
        self._post = post
        self._config = config
        self._paths: tuple[str, ...] | None = None
        self._path_of: dict[str, str] = {}
        self._published: list[Post] | None = None
        self._defaults: str | None = None  # _config.yml, where it has defaults
        self._documents: dict[str, list[Post]] = {}
        self.page_of: Callable[[Post], object] = lambda post: None  # as templates know a post
        self.render_text: Callable[[str, object], str] = lambda text, page: text  # its Liquid

    def address(self, path: str) -> str:
        """Return the address of the post at `path`. Raises OSError."""
        return self.address_of(self.read(path))

    def address_of(self, post: Post) -> str:
        return site_path(post, self._files, self._config)

    def guess(self, name: str) -> str:
        """Return the address that a post of this name would have."""
        folder = next(iter(self._folders()), "_posts")
        return self.address_of(Post(f"{folder}/{name.strip('/')}.md", {}, {}, ""))

    def read(self, path: str) -> Post:
        """Return a post of the site, with its `defaults`. Raises OSError."""
        if self._defaults is None:
            has_some = bool(self._config and self._config.get("defaults"))
            data = self._files.read("_config.yml", SETTINGS) if has_some else b""
            self._defaults = decode("", data)[0]
        path = unicodedata.normalize("NFC", path)
        return _parse(path, self._files.read(path, TEXT), self._defaults)

    def find(self, name: str) -> str:
        """Return the path of the post that `post_url` calls `name`, "" for none.

        Jekyll: the path below _posts without its extension; with a warning, the bare name.
        """
        wanted = unicodedata.normalize("NFC", name.strip().strip("/"))
        if wanted not in self._path_of:
            self._path_of[wanted] = self._look_for(wanted)
        return self._path_of[wanted]

    def _look_for(self, wanted: str) -> str:
        for folder in self._folders():
            endings = self._endings(f"{folder}/")
            for suffix in ("", *endings):
                path = posixpath.normpath(f"{folder}/{wanted}{suffix}")
                if suffix or wanted.lower().endswith(endings):
                    try:
                        self._files.read(path, TEXT)
                        return path
                    except (OSError, ValueError):
                        continue
        stem = wanted.rpartition("/")[2]
        for path in self.paths():
            own = unicodedata.normalize("NFC", name_of(path))
            if stem in (own, split_date(own)[1]):
                with contextlib.suppress(OSError, ValueError):
                    self.read(path)
                    return path
        return ""

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all posts, sorted."""
        if self._paths is None:
            paths: list[str] = []
            for folder in dict.fromkeys([*self._folders(), *self._magic_folders("", 0)]):
                for path in self._below(folder, 0):
                    if len(paths) < _PATHS_LIMIT:
                        paths.append(path)
            self._paths = tuple(sorted(set(paths)))
        return self._paths

    def published(self) -> list[Post]:
        """Return the posts that are published, the newest first."""
        if self._published is None:
            self._published = self._dated(self.paths(), datetime.min)
        return self._published

    def in_order(self, label: str) -> list[Post]:
        """Return the posts, or a collection's documents, the oldest first."""
        if not label:
            return self.published()[::-1]
        if label not in self._documents:
            above = str((self._config or {}).get("collections_dir") or "").strip("/")
            folder = f"{above}/_{label}" if above else f"_{label}"
            paths = [path for path in self._below(folder, 0)][:_PATHS_LIMIT]
            self._documents[label] = self._dated(paths, datetime.max)[::-1]
        return self._documents[label]

    def _dated(self, paths: Iterable[str], undated: datetime) -> list[Post]:
        """Return the published posts at some paths, the newest first.

        To Jekyll, documents of collections without a date are of the time of building.
        """
        clock = self._files.settings(Clock)
        visible = Visible(self._files)
        dated = []
        for path in paths:
            try:
                post = self.read(path)
            except (OSError, ValueError):
                continue
            if visible.has(post):
                date = post_dates(post, clock)[0] or undated.replace(tzinfo=UTC)
                dated.append((date, post.path, post))
        return [post for _, _, post in sorted(dated, key=lambda item: item[:2], reverse=True)]

    def last_date(self) -> datetime | None:
        """Return when the newest post was published: the time of building changes every day."""
        newest = next(iter(self.published()), None)
        return post_dates(newest, self._files.settings(Clock))[0] if newest else None

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the names of the site's collections, but for the posts'."""
        named = (self._config or {}).get("collections")
        names = named if isinstance(named, (dict, list)) else ()
        return tuple(str(name) for name in list(names)[:_LABELS_LIMIT] if name != "posts")

    def settings_of(self, label: str) -> dict[str, object]:
        """Return what `collections` in _config.yml says of a collection."""
        named = (self._config or {}).get("collections")
        own = named.get(label) if isinstance(named, dict) else None
        return {str(key): value for key, value in own.items()} if isinstance(own, dict) else {}

    @property
    def separator(self) -> str:
        """Return what ends an excerpt on this site, "" where it does not say."""
        return str((self._config or {}).get("excerpt_separator") or "")

    def _folders(self) -> list[str]:
        """Return the folders of posts, this post's own first."""
        parts = self._post.path.split("/")[:-1]
        roots = [at for at, part in enumerate(parts) if part in ("_posts", "posts", "_drafts")]
        own = ["/".join(parts[: roots[0] + 1])] if roots else ["/".join(parts) or "."]
        if not roots and self._config is not None:  # a page, or a document of a collection
            own = []
        listed = self._files.settings(Sources).posts
        return list(dict.fromkeys([*own, *listed]))

    def _magic_folders(self, above: str, depth: int) -> Iterator[str]:
        """Yield the folders `blog/_posts` from which Jekyll takes posts wherever they are."""
        if self._config is None:
            return
        for name in self._files.names(above or "."):
            path = f"{above}/{name}" if above else name
            if name in MAGIC_FOLDERS:
                yield path
            elif "." not in name and name[0] != "_" and depth < _MAGIC_DEPTH:
                yield from self._magic_folders(path, depth + 1)

    def _endings(self, path: str) -> tuple[str, ...]:
        """Return the endings of posts beside a path: HTML is one in folders of Jekyll's alone."""
        is_of_jekyll = self._config is not None and any(p[:1] == "_" for p in path.split("/"))
        return (*POST_ENDINGS, *HTML_ENDINGS) if is_of_jekyll else POST_ENDINGS

    def _below(self, folder: str, depth: int) -> Iterator[str]:
        for name in self._files.names(folder):
            path = name if folder == "." else f"{folder}/{name}"
            if name.lower().endswith(self._endings(path)):
                yield path
            elif "." not in name and depth < _DEPTH_LIMIT:
                yield from self._below(path, depth + 1)
