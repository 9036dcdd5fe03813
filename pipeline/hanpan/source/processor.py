"""Processor: which of two readings of Markdown a blog's own generator has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

# jekyll-commonmark, jekyll-commonmark-ghpages; GFM is what older blogs write for the latter
_COMMONMARK = frozenset(("commonmark", "commonmarkghpages", "gfm"))


class Processor(Enum):
    """What reads a blog's posts where they are published."""

    KRAMDOWN = auto()  # Jekyll's own, and ours where nothing is said
    COMMONMARK = auto()  # GitHub's


def processor_of(config: Mapping[str, object] | None) -> Processor:
    """Return the processor that `markdown:` of a `_config.yml` names; None where there is none."""
    named = str((config or {}).get("markdown") or "").strip().lower()
    return Processor.COMMONMARK if named in _COMMONMARK else Processor.KRAMDOWN
