"""Heading levels without skips: the title is h1, so the first heading of a body is h2.

43 % of posts have an h1 in the body and 5 % skip a level; PDF/UA-1 fails a skip (7.4.2), and EPUB
readers make their contents of the tags. A page keeps the tags that its author wrote: what a screen
reader is to say instead stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from hanpan.tree import HEADINGS, Element

FIRST = 2  # the title stands above the body
LAST = 6


def close_level_gaps(root: Element) -> None:
    """Rename the headings below `root` so that each is at most one level below the one it is in.

    Idempotent. What stood on one level below one heading stays on one level.
    """
    headings = [element for element in root.iter(*HEADINGS)]
    levels = without_gaps(HEADINGS.index(str(heading.tag)) + 1 for heading in headings)
    for heading, level in zip(headings, levels, strict=True):
        heading.tag = f"h{level}"


def set_aria_levels(root: Element) -> None:
    """Keep each heading's tag, and say with `aria-level` what it would be without skips."""
    headings = [element for element in root.iter(*HEADINGS)]
    written = [HEADINGS.index(str(heading.tag)) + 1 for heading in headings]
    for heading, own, level in zip(headings, written, without_gaps(written), strict=True):
        if level != own:
            heading.set("aria-level", str(level))


def without_gaps(levels: Iterable[int]) -> list[int]:
    """Return levels (1 to 6, in the order of the text) as `close_level_gaps` makes them."""
    closed: list[int] = []
    open_levels: list[int] = []  # the levels as written of the headings that the next may stand in
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        closed.append(min(FIRST + len(open_levels), LAST))
        open_levels.append(level)
    return closed
