"""Links that a PDF can follow: to a place in the document, or to an address that is whole."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from pipeline import tree
from pipeline.tree import Element

_KEPT = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")


def mend_links(root: Element, base: str) -> None:
    """Make relative links absolute by `base` ("" where the site has no address).

    A link that leads nowhere (no such id, no base, an unknown scheme) becomes plain text.
    """
    ids = {unquote(name) for element in root.iter("*") if (name := element.get("id"))}
    for link in list(root.iter("a")):
        href = (link.get("href") or "").strip()
        target = _target(href, base, ids)
        has_content = bool(tree.text_of(link).strip()) or link.find(".//img") is not None
        if not target or not has_content:
            _unlink(link)
            continue
        link.set("href", target)


def _target(href: str, base: str, ids: set[str]) -> str:
    if href.startswith("#"):
        return href if unquote(href[1:]) in ids else ""
    scheme = _SCHEME.match(href)
    if scheme:
        return href if scheme[1].lower() in _KEPT and _is_readable(href) else ""
    if not href or not base:
        return ""
    try:
        whole = urljoin(base, href)
    except ValueError:
        return ""
    return whole if _is_readable(whole) else ""


def _is_readable(url: str) -> bool:
    """Tell whether the address can be taken apart: `http://[x` stops WeasyPrint."""
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _unlink(link: Element) -> None:
    """Make a link plain text, keeping its id."""
    link.tag = "span"
    for name in ("href", "target", "rel", "download"):
        link.attrib.pop(name, "")
