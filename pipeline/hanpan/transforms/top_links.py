"""Links to the top of the page: an edition in pages, or in chapters, has none to go to."""

from __future__ import annotations

from hanpan import tree
from hanpan.tree import Element


def unlink_top(root: Element) -> None:
    """Leave the text of each link that is nothing but `#`."""
    for link in [anchor for anchor in root.iter("a") if anchor.get("href") == "#"]:
        tree.unwrap(link)
