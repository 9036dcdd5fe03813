"""Segments: the search index in parts of some hundred posts, so that an edit makes one part again.

A part holds posts that follow each other by date: a new post is in the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hanpan.library.order import Entry, oldest_first
from hanpan.library.pages import LIBRARY, PagePlan, as_data

_SMALLEST = 256  # posts of a part
_MOST = 8  # parts, of each of which a reader's search may read some files


def segments_of(
    entries: Sequence[Entry], item: Callable[[Entry], dict[str, object]]
) -> Iterator[PagePlan]:
    """Yield the parts of the index; `item` is what lists say of a post."""
    size = _SMALLEST
    while -(-len(entries) // size) > _MOST:
        size *= 2
    ordered = oldest_first(entries)
    for number, start in enumerate(range(0, len(ordered), size)):
        part = ordered[start : start + size]
        posts = [{**item(entry), "slug": entry.slug} for entry in part]
        leaves = tuple(entry.leaf for entry in part)
        path = f"search/{number}/posts.js"
        yield PagePlan(
            f"{LIBRARY}search/{number}",
            "segment",
            path,
            as_data(number=number, posts=posts),
            leaves,
        )
