"""Embeds: frames, players and gists become a link that works on paper too."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.tree import Element

_GIST = re.compile(r"(?:https?:)?//gist\.github\.com/([\w./-]+?)(?:\.js)?(?:\?.*)?\Z")
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})")
_VIMEO = re.compile(r"https?://player\.vimeo\.com/video/(\d+)")
_PLAYED = re.compile(r"\.(?:pdf|swf|mp[34]|m4[av]|ogg|og[av]|wav|webm|mov|avi)(?:[?#]|\Z)", re.I)
_PHRASING = frozenset("p h1 h2 h3 h4 h5 h6 span a em strong b i u dt summary".split())


def embeds(root: Element, context: Context) -> None:
    """Replace frames, players, embedded objects and gists by link cards."""
    for element in list(root.iter("iframe", "video", "audio", "embed", "object", "script")):
        if any(outer.tag in ("svg", "object") for outer in element.iterancestors()):
            continue
        address = _address(element)
        if element.tag == "embed" and not element.get("type") and not _PLAYED.search(address):
            _as_picture(element)
            continue
        gist = _GIST.match(address)
        if element.tag == "script" and not gist:
            continue
        url, name = _page(address, context.site_url)
        if gist:
            url, name = f"https://gist.github.com/{gist[1]}", f"GitHub Gist: {gist[1]}"
        if not url:
            _drop(element, address, context)
            continue
        said = f"<{element.tag}> was replaced by a link to {url}"
        context.say("embed", "info", said, context.line_of(address))
        _put(element, url, element.get("title") or name)


def _as_picture(element: Element) -> None:
    """Make an `<img>` of what pandoc took for another kind of file by its name (`gif.latex`)."""
    element.tag = "img"
    if element.get("alt") is None:
        element.set("alt", element.get("title") or "")


def _address(element: Element) -> str:
    """Return where an embedded thing lies."""
    found = element.get("src") or element.get("data") or element.get("data-src") or ""
    if not found:
        source = element.find(".//source")
        found = (source.get("src") or "") if source is not None else ""
    return found.strip()


def _page(address: str, site_url: str) -> tuple[str, str]:
    """Return the address that a person would visit, and a name for it; "" where there is none."""
    url = f"https:{address}" if address.startswith("//") else address
    if address.startswith("/") and not address.startswith("//"):
        url = site_url + address if site_url else ""
    if not re.match(r"https?://[^\s/]", url):
        return "", ""
    youtube, vimeo = _YOUTUBE.match(url), _VIMEO.match(url)
    if youtube:
        return f"https://www.youtube.com/watch?v={youtube[1]}", "YouTube"
    if vimeo:
        return f"https://vimeo.com/{vimeo[1]}", "Vimeo"
    try:
        return url, urlsplit(url).hostname or url
    except ValueError:
        return "", ""


def _drop(element: Element, address: str, context: Context) -> None:
    """Take out what leads nowhere, keeping the words inside that are there for this case."""
    said = f"<{element.tag}> has no address to link to ({address or 'none'}) and was left out"
    remedy = "Give it an https address, or put a link in its place."
    context.say("embed", "warning", said, context.line_of(address or f"<{element.tag}"), remedy)
    tree.remove(element)


def _put(element: Element, url: str, name: str) -> None:
    """Put the link in the element's place: in a paragraph, or bare where no block may stand."""
    link = etree.Element("a", {"href": url})
    link.text = " ".join(name.split())
    parent = element.getparent()
    if parent is not None and parent.tag in _PHRASING:
        if parent.tag == "p" and len(parent) == 1 and not tree.text_of(parent).strip():
            tree.add_class(parent, "embed")
        else:
            link.set("class", "embed")
        tree.replace(element, link)
        return
    card = etree.Element("p", {"class": "embed"})
    card.append(link)
    tree.replace(element, card)
