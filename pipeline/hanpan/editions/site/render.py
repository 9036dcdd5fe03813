"""The site edition of one post: its leaf, its pictures, and what others say of it.

The page itself is made later (`pages.py`), from the leaf and from what its neighbours are called.
"""

from __future__ import annotations

import dataclasses
import json
from urllib.parse import unquote

from lxml import etree

from hanpan import tree
from hanpan.conservation import find_faults, report_faults, shown_in, take_inventory
from hanpan.document import Document
from hanpan.editions import Rendered, product_label
from hanpan.editions.html.body import make_page_body
from hanpan.editions.html.contents import contents, has_contents
from hanpan.editions.html.pictures import is_odd
from hanpan.editions.reading_time import minutes_to_read
from hanpan.editions.site.leaf import Marks, write_leaf
from hanpan.editions.site.markdown import write_markdown_page
from hanpan.editions.site.media import Media
from hanpan.editions.site.offered import OfferedFiles
from hanpan.editions.site.slices import slices_of
from hanpan.editions.templates import list_marks
from hanpan.files import Files
from hanpan.library.addresses import comparable, quoted
from hanpan.library.facts import Facts
from hanpan.library.terms import terms_of
from hanpan.site import Identity
from hanpan.tree import Element

_EXTRACT = 20_000  # characters of a text that a search shows extracts of
_MOST_PLACES = 1000  # that links from other posts may name

_WORDLESS = frozenset(("math", "svg", "style"))
_BLOCKS = frozenset(
    "p li dt dd h1 h2 h3 h4 h5 h6 pre td th figcaption summary div br blockquote".split()
)


def render(document: Document, files: Files) -> Rendered:
    """Return the leaf and the pictures of a document.

    Raises BuildError where a font cannot be used, OSError where a picture is gone.
    """
    meta = document.meta
    marks = Marks.of(document.body)
    media = Media(document, files, marks.root)
    body = tree.parse_xml(document.body)
    inventory = take_inventory(body)
    links = _mark_links(body, document, files, marks, media)
    text = _words(body)
    markdown = write_markdown_page(body, document, files, media)
    make_page_body(body, document, files, media.place)
    faults = {product_label("site"): find_faults(inventory, shown_in(body))}
    html = tree.inner_html(body)
    has_list = has_contents(document, files)
    page = {
        "marks": dataclasses.asdict(marks),
        "body": html,
        "hero": _hero(document, media),
        "contents": [dataclasses.asdict(e) for e in contents(document.headings)] * has_list,
        "headings": len(document.headings),
        "styles": list_marks(document.body),
    }
    media.text(f"hanpanText({json.dumps(document.slug)},{json.dumps(text[:_EXTRACT])})\n")
    words = " ".join([meta.title, text, *meta.tags, *meta.categories, meta.series])
    facts = Facts(
        title=meta.title,
        date=meta.date,
        modified=meta.modified,
        lang=meta.lang,
        path=meta.path,
        address=_own_address(document, files),
        canonical=meta.canonical_url,
        excerpt=meta.excerpt,
        author=meta.author,
        categories=meta.categories,
        tags=meta.tags,
        series=meta.series,
        series_order=meta.series_order,
        redirects=meta.redirects,
        translations=tuple((each.lang, each.source) for each in meta.translations),
        links=links,
        places=_ids(body),
        minutes=minutes_to_read(document),
        thumbnail=media.thumbnail(),
        card=media.card(),
        slices=slices_of(words),
    )
    return Rendered(
        media.files(),
        {},
        placed=report_faults(document, faults),
        left=write_leaf(facts, terms_of(words), text, markdown, page),
        facts=facts.as_json(),
    )


def _own_address(document: Document, files: Files) -> str:
    """Return where the site shows the post, wherever its original is."""
    url = files.settings(Identity).url
    return f"{url}{document.meta.path}" if url else ""


def _mark_links(
    root: Element, document: Document, files: Files, marks: Marks, media: Media
) -> tuple[str, ...]:
    """Put a mark for each link to the site itself; return their addresses.

    One to a place in the post itself is one within the page, if the place is there; one to a file
    is to a copy of it, which is beside the post's pictures.
    """
    url = files.settings(Identity).url
    links: dict[str, int] = {}
    own = comparable(f"{url}{document.meta.path}")
    offered = OfferedFiles(document, files, media)
    ids = {element.get("id") for element in root.iter()}
    for anchor in root.iter("a") if url else ():
        href = anchor.get("href") or ""
        if not href.startswith(f"{url}/"):
            continue
        address, _, fragment = href.partition("#")
        if fragment and comparable(address) == own:
            anchor.set("href", f"#{fragment}" if unquote(fragment) in ids else "#")
        elif path := offered.offer(address):
            anchor.set("href", f"{marks.root}{quoted(path)}")
        else:
            number = links.setdefault(href, len(links))
            anchor.set("href", f"{marks.link}{number}.")
    return tuple(links)


def _ids(root: Element) -> tuple[str, ...]:
    """Return the places of a page that others may link to, in their order."""
    names = (element.get("id") or "" for element in root.iter())
    return tuple(filter(None, names))[:_MOST_PLACES]


def _words(root: Element) -> str:
    """Return the words of a body; formulas and drawings are none."""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _WORDLESS:
            walk.skip_subtree()
        elif event == "start":
            parts.append(element.text or "")
            if element.tag == "img":
                parts.append(f" {element.get('alt') or ''} ")
        else:
            parts.append(" " if element.tag in _BLOCKS else "")
            parts.append(element.tail or "")
    return " ".join("".join(parts).split())


def _hero(document: Document, media: Media) -> dict[str, object] | None:
    """Return the teaser as the page shows it."""
    if not document.teaser:
        return None
    asset = document.asset(document.teaser)
    pictures = {"srcset": "", "sizes": "", **media.attributes(asset)}
    width = min(asset.width, 1600)
    return {
        **pictures,
        "width": width,
        "height": max(1, round(width * asset.height / asset.width)) if asset.width else 0,
        "whole": is_odd(asset),
    }
