"""The contents list of a post's PDF: whether there is one, and what it lists."""

from __future__ import annotations

from hanpan.document import Document, Heading
from hanpan.site import Pdf
from hanpan.transforms.levels import without_gaps

DEPTH = 3  # levels h2 and h3
CHAPTERS = 3  # second-level headings from which on there is a contents list


def contents_of(document: Document, settings: Pdf) -> list[Heading]:
    """Return the headings to list, at the levels that the page has; none where none is wanted."""
    levels = without_gaps(heading.level for heading in document.headings)
    wanted = settings.toc
    if wanted is None:
        wanted = sum(level == 2 for level in levels) >= CHAPTERS
    if not wanted:
        return []
    return [
        Heading(level, heading.id, heading.text)
        for heading, level in zip(document.headings, levels, strict=True)
        if level <= DEPTH
    ]
