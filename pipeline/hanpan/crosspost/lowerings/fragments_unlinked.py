"""No links to places inside the post: the platform gives or keeps no ids."""

from __future__ import annotations

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element


def fragments_unlinked(root: Element, lowering: Lowering) -> None:
    """Unwrap links that begin with #, and drop all ids; what has `data-raw` is left as it is."""
    whole = {inner for e in root.iter() if e.get("data-raw") for inner in e.iter()}
    for link in [link for link in root.iter("a") if link not in whole]:
        href = link.get("href") or ""
        if href.startswith("#") or not href:
            lowering.lose("fragment-link", count=1 if href else 0, at=link)
            tree.unwrap(link)
    for element in root.iter():
        if element not in whole:
            element.attrib.pop("id", "")
