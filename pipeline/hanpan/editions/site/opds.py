"""Catalogues of e-books, to which a reading app subscribes: OPDS 1.2 (Atom) and 2.0 (JSON).

specs.opds.io/opds-1.2, drafts.opds.io/opds-2.0: a feed of acquisition, newest first.
"""

from __future__ import annotations

import json
from typing import Any

from hanpan.editions.html.pictures import COVER
from hanpan.editions.site.leaf import SiteLeaf
from hanpan.editions.site.theme import PagePlace, absolute
from hanpan.editions.site.words import SiteWords
from hanpan.editions.site.xml_text import ATOM, DC, add, new, write
from hanpan.files import Files, sha256
from hanpan.library.pages import PagePlan
from hanpan.media_types import JPEG
from hanpan.site import Identity
from hanpan.source.front_matter.dates import moment_without_date

_ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_JSON = "application/opds+json"
_REL = "http://opds-spec.org/acquisition/open-access"
_IMAGE = "http://opds-spec.org/image"


def catalogues(
    plan: PagePlan, data: dict[str, Any], leaves: list[SiteLeaf], files: Files
) -> dict[str, bytes]:
    """Return both catalogues. Without an address of the site theirs are relative, which may be."""
    site = files.settings(Identity)
    title = site.title or SiteWords(site.lang).catalogue
    entries = [*map(_of_book, data["books"]), *map(_of_post, data["posts"])]
    place = PagePlace(plan.path)

    def address(path: str) -> str:
        return absolute(path, site.url) or place.to(path)

    for entry in entries:
        entry["id"] = f"{site.url or 'urn:hanpan'}/opds/{sha256(entry['key'].encode())[:16]}"
        entry["author"] = entry["author"] or site.author
    own = plan.path.removesuffix(".xml")
    return {
        f"{own}.xml": _opds_1(title, entries, site, address, _paging(data, ".xml")),
        f"{own}.json": _opds_2(title, entries, site, address, data),
    }


def _paging(data: dict[str, Any], ending: str) -> dict[str, str]:
    """Return the pages that a page of a catalogue names, by relation (RFC 5005, section 3)."""
    pages, number = [f"{page}{ending}" for page in data["pages"]], data["number"]
    named = {"self": pages[number - 1]}
    if len(pages) > 1:
        named |= {"first": pages[0], "last": pages[-1]}
        named |= {"previous": pages[number - 2]} if number > 1 else {}
        named |= {"next": pages[number]} if number < len(pages) else {}
    return named


def _of_book(book: dict[str, Any]) -> dict[str, Any]:
    return {
        **book,
        "key": f"book {book['name']}",
        "modified": "",
        "date": "",
        "tags": [],
        "excerpt": book["description"],
        "card": "",
        "path": "",
    }


def _of_post(post: dict[str, Any]) -> dict[str, Any]:
    return {**post, "key": f"post {post['path']}"}


def _opds_1(
    title: str,
    entries: list[dict[str, Any]],
    site: Identity,
    address: Any,
    paging: dict[str, str],
) -> bytes:
    feed = new("feed", {"": ATOM, "dc": DC})
    add(feed, "id", address("opds/catalog.xml") if site.url else "urn:hanpan:catalog")
    add(feed, "title", title)
    newest = max((entry["modified"] for entry in entries), default="")
    add(feed, "updated", newest or moment_without_date().isoformat())
    add(add(feed, "author"), "name", site.author or title)
    for rel, path in {"start": "opds/catalog.xml", **paging}.items():
        add(feed, "link", rel=rel, href=address(path), type=_ACQUISITION)
    for item in entries:
        entry = add(feed, "entry")
        add(entry, "title", item["title"])
        add(entry, "id", item["id"])
        add(entry, "updated", item["modified"] or moment_without_date().isoformat())
        if item["author"]:
            add(add(entry, "author"), "name", item["author"])
        add(entry, f"{{{DC}}}language", item["lang"])
        if item["date"]:
            add(entry, f"{{{DC}}}issued", item["date"][:10])
        for tag in dict.fromkeys(item["tags"]):
            add(entry, "category", term=tag, label=tag)
        if item["excerpt"]:
            add(entry, "summary", item["excerpt"], type="text")
        if item["path"]:
            add(entry, "link", rel="alternate", href=address(item["path"]), type="text/html")
        else:  # a book has no page, and an entry without one must have contents (RFC 4287, 4.1.2)
            add(entry, "content", item["excerpt"] or item["title"], type="text")
        if item["card"]:  # no thumbnail: ours are WebP, and these must be GIF, JPEG or PNG
            add(entry, "link", rel=_IMAGE, href=address(item["card"]), type=JPEG)
        for one in item["downloads"]:
            add(entry, "link", rel=_REL, href=address(one["path"]), type=one["type"])
    return write(feed)


def _opds_2(
    title: str,
    entries: list[dict[str, Any]],
    site: Identity,
    address: Any,
    data: dict[str, Any],
) -> bytes:
    metadata: dict[str, object] = {"title": title, "numberOfItems": data["count"]}
    if len(data["pages"]) > 1:
        metadata |= {"itemsPerPage": data["per_page"], "currentPage": data["number"]}
    feed = {
        "metadata": metadata,
        "links": [
            {"rel": rel, "href": address(path), "type": _JSON}
            for rel, path in _paging(data, ".json").items()
        ],
        "publications": [_publication(entry, address) for entry in entries],
    }
    if not entries:  # the schema wants at least one in a list
        del feed["publications"]
        feed["navigation"] = [{"title": title, "href": address("index.html"), "type": "text/html"}]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _publication(item: dict[str, Any], address: Any) -> dict[str, object]:
    metadata = {
        "@type": "http://schema.org/Book",
        "identifier": item["id"],
        "title": item["title"],
        "author": item["author"],
        "language": item["lang"],
        "modified": item["modified"],
        "published": item["date"][:10],
        "description": item["excerpt"],
        "subject": list(dict.fromkeys(item["tags"])),
    }
    width, height = COVER
    card = {"href": address(item["card"]), "type": JPEG, "width": width, "height": height}
    icon = {"href": address("icon-512.png"), "type": "image/png", "width": 512, "height": 512}
    return {
        "metadata": {key: value for key, value in metadata.items() if value},
        "links": [
            {"rel": _REL, "href": address(one["path"]), "type": one["type"]}
            for one in item["downloads"]
        ],
        "images": [card if item["card"] else icon],
    }
