"""Links between the posts of a book: they lead into the book, and other links where they did."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from hanpan.transforms.select import drop
from hanpan.transforms.shared.sound.ids import clean_id
from hanpan.tree import Element

CROSS = "chapter-link"  # the class of a link to another chapter
Address = tuple[str, ...]  # host, and the parts of the path


def address_of(url: str) -> Address:
    """Return where an address leads, however it is written: without scheme, ending and fragment."""
    parts = urlsplit(url)
    path = unicodedata.normalize("NFC", unquote(parts.path))
    path = path.removesuffix("index.html").removesuffix(".html")
    return (parts.netloc.lower(), *(part for part in path.split("/") if part))


def link_chapters(
    root: Element,
    chapters: Mapping[Address, str],
    ids: Mapping[str, Mapping[str, str]],
    own: str,
) -> None:
    """Have links to the posts of a book lead to their chapters.

    `chapters` maps where a post lies to its chapter's id, `ids` that to the ids in the chapter by
    what they were in the post; `own` is the id of the chapter whose body `root` is.
    """
    for link in root.iter("a"):
        href = link.get("href") or ""
        if not href.startswith("http"):
            continue
        chapter = chapters.get(address_of(href))
        if chapter is None:
            continue
        fragment = clean_id(unquote(urlsplit(href).fragment))
        link.set("href", f"#{ids[chapter].get(fragment, chapter)}")
        drop(link, "target", "rel")
        if chapter != own:
            link.set("class", f"{link.get('class') or ''} {CROSS}".strip())
