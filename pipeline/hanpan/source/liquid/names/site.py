"""Names: what `site` means in a template; what costs reading is read when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from hanpan.files import Files
from hanpan.site import Clock, Identity
from hanpan.source.liquid.marks import SITE
from hanpan.source.liquid.names.lazy import Data, Lazy
from hanpan.source.liquid.names.posts import Posts
from hanpan.source.liquid.names.site_files import SiteFiles
from hanpan.source.liquid.ruby import Written, inspect
from hanpan.source.post import Post

_RELATED = 10  # posts
VERSION = "4.4.1"  # of Jekyll, whose Liquid this is


class SiteNames(Lazy, Written):
    """`site`."""

    def ruby_text(self) -> str:
        return "Jekyll::Drops::SiteDrop"

    def json_items(self) -> Iterable[tuple[str, object]]:
        return self.items()


class Collection(Lazy, Written):
    """A collection of the site, of which its posts are one."""

    def ruby_text(self) -> str:
        return inspect(self["docs"])

    def json_items(self) -> Iterable[tuple[str, object]]:
        return self.items()


def site_names(
    files: Files, posts: Posts, post: Post, config: Mapping[str, object] | None
) -> SiteNames:
    """Return what `site` means.

    `site.url` is a mark that falls away in front of a path of the site; `site.baseurl` is part of
    the address already, and empty.
    """
    identity, clock = files.settings(Identity), files.settings(Clock)
    own = {
        "title": identity.title,
        "description": identity.description,
        "timezone": identity.timezone,
        "lang": identity.lang,
    }
    zone = ZoneInfo(clock.zone)
    settings = {key: _local(value, zone, clock) for key, value in (config or {}).items()}
    values = {**settings, **{key: value for key, value in own.items() if value}}
    values.setdefault("author", identity.author)
    address = SITE if identity.url else ""
    values |= {"url": address, "baseurl": "", "base_path": "", "github": {"url": address}}
    folder = str((config or {}).get("data_dir") or "_data")
    names = SiteNames(values)
    site_files = SiteFiles(files, posts)
    names.makers |= {
        "data": lambda: Data(files, folder),
        "posts": lambda: [posts.page_of(one) for one in posts.published()],
        "documents": lambda: [posts.page_of(one) for one in _documents(posts)],
        "related_posts": lambda: [
            posts.page_of(one) for one in posts.published() if one.path != post.path
        ][:_RELATED],
        "collections": lambda: [_collection(posts, label) for label in ("posts", *posts.labels)],
        "categories": lambda: _by(names, "categories"),
        "tags": lambda: _by(names, "tags"),
        "time": posts.last_date,
        "pages": site_files.pages,
        "html_pages": lambda: names["pages"],
        "static_files": site_files.static_files,
        "html_files": site_files.html_files,
    }
    names.makers |= {label: partial(_pages, posts, label) for label in posts.labels}
    for key in names.makers:
        names.values_made.pop(key, None)
    return names


def _pages(posts: Posts, label: str) -> list[object]:
    return [posts.page_of(post) for post in posts.in_order(label)]


def names_in_code(site: object, config: Mapping[str, object] | None) -> dict[str, object]:
    """Return what `site` means in code, where addresses are shown: they are whole."""
    assert isinstance(site, SiteNames)
    own = {key: (config or {}).get(key) or "" for key in ("url", "baseurl")}
    others = {key: partial(site.__getitem__, key) for key in site if key not in own}
    return {"site": SiteNames(own, others)}


def _local(value: object, zone: ZoneInfo, clock: Clock) -> object:
    """Return a value of _config.yml with its times as the site shows them."""
    if isinstance(value, datetime) and not value.tzinfo:
        own = value.replace(tzinfo=UTC if clock.reads_utc else zone)
        return own.astimezone(zone)
    if isinstance(value, dict):
        return {key: _local(inner, zone, clock) for key, inner in value.items()}
    return [_local(inner, zone, clock) for inner in value] if isinstance(value, list) else value


def _documents(posts: Posts) -> list[Post]:
    return [post for label in ("", *posts.labels) for post in posts.in_order(label)]


def _collection(posts: Posts, label: str) -> Collection:
    """Return a collection with what _config.yml says of it."""
    docs = posts.in_order("" if label == "posts" else label)
    values = {"label": label, "files": [], "output": label == "posts"}
    values |= {"relative_directory": f"_{label}", "directory": f"_{label}"}
    values |= posts.settings_of(label)
    return Collection(values, {"docs": lambda: [posts.page_of(post) for post in docs]})


def _by(names: Lazy, key: str) -> dict[str, list[object]]:
    """Return the posts by tag or category: names as they first come, posts the newest first."""
    pages: dict[str, list[object]] = {}
    listed: Any = names["posts"]
    for page in reversed(listed):
        for name in page.get(key) or []:
            pages.setdefault(str(name), []).insert(0, page)
    return pages
