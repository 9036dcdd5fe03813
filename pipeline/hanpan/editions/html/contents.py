"""The contents list of a page: its headings, nested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hanpan.document import Document, Heading
from hanpan.files import Files
from hanpan.site import Html
from hanpan.transforms.levels import without_gaps

DEEPEST = 3  # level of the contents list: h2 and h3


@dataclass(slots=True)
class ContentsEntry:
    """A line of the contents list, and the lines below it."""

    id: str
    text: str
    children: list[ContentsEntry] = field(default_factory=list)


def contents(headings: Sequence[Heading]) -> list[ContentsEntry]:
    """Return the headings as nested lists, down to DEEPEST, without those that say nothing."""
    top: list[ContentsEntry] = []
    path: list[tuple[int, list[ContentsEntry]]] = [(1, top)]
    levels = without_gaps(heading.level for heading in headings)
    for heading, level in zip(headings, levels, strict=True):
        if level > DEEPEST or not heading.text.strip() or not heading.id:
            continue
        while path[-1][0] >= level:
            path.pop()
        entry = ContentsEntry(heading.id, heading.text)
        path[-1][1].append(entry)
        path.append((level, entry.children))
    return top


def has_contents(document: Document, files: Files) -> bool:
    """Tell whether the page lists its headings: as the post says, else if there are enough."""
    if document.meta.toc is not None:
        return document.meta.toc
    return len(document.headings) >= files.settings(Html).toc_minimum
