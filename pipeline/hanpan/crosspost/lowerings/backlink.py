"""A line with a link to the original, for readers and for search engines."""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def backlink(root: Element, lowering: Lowering) -> None:
    """Add `원문: URL` at the top or bottom, as [crosspost].backlink sets; Hangul stays readable."""
    url, place = lowering.document.meta.canonical_url, lowering.settings.backlink
    if not url or place == "none" or lowering.platform.canonical:
        return
    line = etree.Element("p", {"class": "backlink"})
    word = lowering.settings.backlink_text or lowering.labels.original
    line.text = f"{word}: "
    etree.SubElement(line, "a", {"href": url}).text = _readable(url)
    if place == "top":
        teaser = len(root) and "teaser" in (root[0].get("class") or "")
        root.insert(1 if teaser else 0, line)
        if not teaser:
            line.tail, root.text = root.text, None
    else:
        root.append(line)


def _readable(url: str) -> str:
    """Return an address with its Hangul; unchanged where it would contain blanks or controls."""
    shown = unquote(url)
    return shown if shown.isprintable() and not re.search(r"\s", shown) else url
