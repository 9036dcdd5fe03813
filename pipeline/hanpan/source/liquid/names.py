"""Names: what `site` and `page` mean in a template; what costs reading is read when asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from hanpan.files import Files
from hanpan.roots import DATA, TEXT
from hanpan.site import Identity
from hanpan.source.characters import decode
from hanpan.source.front_matter.dates import post_dates
from hanpan.source.liquid.marks import SITE
from hanpan.source.liquid.posts import Posts
from hanpan.source.post import Post
from hanpan.yaml_text import load

_YAML = (".yml", ".yaml")
_DATA = (*_YAML, ".json", ".csv", ".tsv")


class Lazy(dict[str, object]):
    """A map of which some values are computed only when they are read."""

    def __init__(
        self, values: Mapping[str, object], makers: Mapping[str, Callable[[], object]]
    ) -> None:
        super().__init__(values)
        self.makers = dict(makers)

    def __missing__(self, key: str) -> object:
        if key not in self.makers:
            raise KeyError(key)
        self[key] = value = self.makers.pop(key)()
        return value


class Data(dict[str, object]):
    """`site.data`: the files of a folder, each read when it is named."""

    def __init__(self, files: Files, folder: str) -> None:
        super().__init__()
        self._files = files
        self._folder = folder

    def __missing__(self, key: str) -> object:
        if "/" in key or key.startswith("."):
            raise KeyError(key)
        for suffix in _DATA:
            try:
                limit = TEXT if suffix in _YAML else DATA
                data = self._files.read(f"{self._folder}/{key}{suffix}", limit)
            except (OSError, ValueError):
                continue
            self[key] = value = _load(data, suffix)
            return value
        if not self._files.names(f"{self._folder}/{key}"):
            raise KeyError(key)
        self[key] = inner = Data(self._files, f"{self._folder}/{key}")
        return inner


def _load(data: bytes, suffix: str) -> object:
    """Return what a data file says; nothing where it cannot be read."""
    text, _ = decode("", data)
    try:
        if suffix == ".json":
            return json.loads(text)
        if suffix in (".csv", ".tsv"):
            between = "," if suffix == ".csv" else "\t"
            return list(csv.DictReader(io.StringIO(text), delimiter=between))
        return load(text)
    except (ValueError, csv.Error, RecursionError):
        return None


def site_names(files: Files, posts: Posts, config: Mapping[str, object] | None) -> Lazy:
    """Return what `site` means.

    `site.url` is a mark that falls away in front of a path of the site; `site.baseurl` is part of
    the address already, and empty.
    """
    identity = files.settings(Identity)
    own = {
        "title": identity.title,
        "description": identity.description,
        "timezone": identity.timezone,
        "lang": identity.lang,
    }
    values = {**(config or {}), **{key: value for key, value in own.items() if value}}
    values.setdefault("author", identity.author)
    address = SITE if identity.url else ""
    values |= {"url": address, "baseurl": "", "base_path": "", "github": {"url": address}}
    values |= {"pages": [], "static_files": [], "html_pages": [], "documents": []}
    folder = str((config or {}).get("data_dir") or "_data")

    def list_pages() -> list[Lazy]:
        return [page_names(files, posts, post) for post in posts.published()]

    computed = ("data", "posts", "categories", "tags", "time")
    names = Lazy({key: value for key, value in values.items() if key not in computed}, {})
    names.makers = {
        "data": lambda: Data(files, folder),
        "posts": list_pages,
        "categories": lambda: _by(names, "categories"),
        "tags": lambda: _by(names, "tags"),
        "time": lambda: _last(names),
    }
    return names


def _by(names: Lazy, key: str) -> dict[str, list[object]]:
    pages: dict[str, list[object]] = {}
    listed: Any = names["posts"]
    for page in listed:
        for name in page.get(key) or []:
            pages.setdefault(str(name), []).append(page)
    return pages


def _last(names: Lazy) -> object:
    """Return when the newest post was published: the time of building would change every day."""
    listed: Any = names["posts"]
    return listed[0]["date"] if listed else ""


def page_names(files: Files, posts: Posts, post: Post) -> Lazy:
    """Return what `page` means: the front matter, and what Jekyll adds to it."""
    date, modified, _ = post_dates(post, files.settings(Identity).timezone)
    folder, _, name = post.path.rpartition("/")
    values: dict[str, object] = dict(post.front)
    for key, other in (("tags", "tag"), ("categories", "category")):
        value, single = post.front.get(key), post.front.get(other)
        words = value.split() if isinstance(value, str) else value
        values[key] = words or ([single] if isinstance(single, str) else single) or []
    values |= {"date": date, "path": post.path, "name": name, "dir": f"/{folder}", "content": ""}
    values.setdefault("last_modified_at", modified if modified != date else None)
    values.setdefault("title", name)
    values.setdefault("excerpt", "")
    values.setdefault("collection", "posts")
    values.setdefault("slug", name.rpartition(".")[0])

    def neighbour(step: int) -> object:
        listed = posts.published()
        at = next((at for at, item in enumerate(listed) if item.path == post.path), None)
        if at is None or not 0 <= at + step < len(listed):
            return None
        return page_names(files, posts, listed[at + step])

    return Lazy(
        values,
        {
            "url": lambda: posts.address_of(post),
            "id": lambda: posts.address_of(post).removesuffix(".html").rstrip("/"),
            "previous": lambda: neighbour(1),
            "next": lambda: neighbour(-1),
        },
    )
