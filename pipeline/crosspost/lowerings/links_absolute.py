"""Links that work on another site: relative ones get the site's address, or are unlinked."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from pipeline import tree
from pipeline.crosspost.lowering import Lowering
from pipeline.tree import Element

_ABSOLUTE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# what a URL may not hold as it is, and what would end it in Markdown or an attribute
_UNSAFE = re.compile(r"[\s<>\"\\^`{|}]")


def links_absolute(root: Element, lowering: Lowering) -> None:
    """Give every link an absolute http(s), mailto or tel address, or take it away."""
    base = lowering.document.meta.canonical_url or lowering.identity.url + "/"
    for link in list(root.iter("a")):
        href = (link.get("href") or "").strip()
        for name in ("target", "rel", "download"):
            link.attrib.pop(name, "")
        if href.startswith("#") or not href:
            continue
        if href.startswith("//"):
            href = f"https:{href}"
        elif not _ABSOLUTE.match(href):
            known = base.startswith("http") and not re.match(r"[A-Za-z][\w+.-]*:", href)
            href = urljoin(base, href) if known else ""
        if href:
            link.set("href", _UNSAFE.sub(lambda found: _percent(found[0]), href))
        else:
            lowering.lose("relative-link")
            tree.unwrap(link)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
