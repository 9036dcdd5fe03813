"""The teaser in the platform's field for a cover; above the body where it has no address yet."""

from __future__ import annotations

from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings.teaser_first import put_teaser
from hanpan.tree import Element


def teaser_as_cover(root: Element, lowering: Lowering) -> None:
    """Put the teaser above the body only where its field stays empty, or settings ask for it."""
    put_teaser(root, lowering, usual="cover")
