"""The teaser in the platform's field for a cover; above the body where it has no address yet."""

from __future__ import annotations

from pipeline.crosspost.lowering import Lowering
from pipeline.crosspost.lowerings.teaser_first import teaser_first
from pipeline.tree import Element


def teaser_as_cover(root: Element, lowering: Lowering) -> None:
    """Put the teaser above the body only where the field for it would stay empty."""
    teaser = next((p for p in lowering.pictures.values() if p.role == "teaser"), None)
    if teaser is not None and not (teaser.url or lowering.platform.upload):
        teaser_first(root, lowering)
