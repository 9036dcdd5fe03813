"""Feeds of the newest posts, whole: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.theme import absolute, absolute_link
from hanpan.editions.site.xml_text import ATOM, add, new, write
from hanpan.files import Files
from hanpan.library.pages import PagePlan
from hanpan.site import Identity
from hanpan.source.front_matter.dates import moment_without_date

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feeds(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return both feeds; none for a site without an address, for all of theirs are absolute."""
    site = files.settings(Identity)
    if not site.url:
        return {}
    posts = [
        {**post, "body": _body(leaf, post, site.url), "address": absolute(post["path"], site.url)}
        for post, leaf in zip(data["posts"], leaves, strict=True)
    ]
    return {"feed.xml": _atom(posts, site), "feed.json": _json_feed(posts, site)}


def _body(leaf: SiteLeaf, post: dict[str, Any], url: str) -> str:
    """Return the text of a post with absolute addresses, also of places within it."""
    page = absolute(post["path"], url)
    targets = post["links"]

    def link(number: int, address: str) -> str:
        return absolute_link(targets[number], url) if targets[number] else address

    return leaf.body(f"{url}/", link).replace('href="#', f'href="{page}#')


def _atom(posts: list[dict[str, Any]], site: Identity) -> bytes:
    feed = new("feed", {"": ATOM})
    feed.set(_LANG, site.lang)
    add(feed, "title", site.title or site.url)
    if site.description:
        add(feed, "subtitle", site.description)
    add(feed, "id", f"{site.url}/")
    newest = max((p["modified"] for p in posts), default=moment_without_date().isoformat())
    add(feed, "updated", newest)
    add(feed, "link", rel="self", type="application/atom+xml", href=f"{site.url}/feed.xml")
    add(feed, "link", rel="alternate", type="text/html", href=f"{site.url}/")
    add(feed, "icon", f"{site.url}/icon-192.png")
    add(add(feed, "author"), "name", site.author or site.title or site.url)
    add(feed, "generator", "hanpan")
    for post in posts:
        entry = add(feed, "entry")
        if post["lang"] != site.lang:
            entry.set(_LANG, post["lang"])
        add(entry, "title", post["title"])
        add(entry, "id", post["address"])
        add(entry, "link", rel="alternate", type="text/html", href=post["address"])
        add(entry, "published", post["date"])
        add(entry, "updated", post["modified"])
        if post["author"]:
            add(add(entry, "author"), "name", post["author"])
        for tag in dict.fromkeys(post["tags"]):
            add(entry, "category", term=tag)
        if post["excerpt"]:
            add(entry, "summary", post["excerpt"])
        add(entry, "content", post["body"], type="html")
    return write(feed)


def _json_feed(posts: list[dict[str, Any]], site: Identity) -> bytes:
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title or site.url,
        "description": site.description,
        "home_page_url": f"{site.url}/",
        "feed_url": f"{site.url}/feed.json",
        "icon": f"{site.url}/icon-512.png",
        "favicon": f"{site.url}/icon-192.png",
        "authors": [{"name": site.author, "url": f"{site.url}/"}] if site.author else [],
        "language": site.lang,
        "items": [_item(post, site) for post in posts],
    }
    return _written(feed)


def _item(post: dict[str, Any], site: Identity) -> dict[str, object]:
    picture = post["picture"]
    item = {
        "id": post["address"],
        "url": post["address"],
        "title": post["title"],
        "content_html": post["body"],
        "summary": post["excerpt"],
        "image": absolute(picture[0], site.url) if picture else "",
        "date_published": post["date"],
        "date_modified": post["modified"],
        "authors": [{"name": post["author"]}] if post["author"] else [],
        "tags": list(dict.fromkeys(post["tags"])),
        "language": post["lang"],
    }
    return {key: value for key, value in item.items() if value}


def _written(feed: dict[str, object]) -> bytes:
    kept = {key: value for key, value in feed.items() if value or key == "items"}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()
