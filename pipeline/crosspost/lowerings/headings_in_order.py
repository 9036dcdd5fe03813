"""Headings that begin at h2 and skip no level: the platform prints the title as h1."""

from __future__ import annotations

from pipeline.crosspost.lowering import Lowering
from pipeline.transforms.levels import mend_levels
from pipeline.tree import Element


def headings_in_order(root: Element, lowering: Lowering) -> None:
    """Mend the heading levels below `root`."""
    mend_levels(root)
