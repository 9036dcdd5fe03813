"""References to pages are kept, instead of being written again for each tag.

What: `pydyf.PDF.page_references` remembers the references that it has made.
Why: WeasyPrint asks for all of them at each tag, and pydyf writes them all each time: in a file of
    500 pages that was a third of the time.
Upstream: docs/upstream.md, "Page references are written again for each tag"
Known: pydyf 0.13.0
Delete when: the time for tags no longer grows with pages times tags.
"""

from __future__ import annotations

from typing import Any

from hanpan.insides import PYDYF, KnownPart

PARTS = (
    KnownPart(PYDYF, "pydyf:PDF.page_references", "self", "80b7de568b63afc0"),
    KnownPart(PYDYF, "pydyf:PDF.add_page", "self, page", "b81110a52db9328d"),
)


def install() -> None:
    """Have pydyf remember how its pages are referred to."""
    import pydyf

    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> list[bytes]:
    """Return the reference of each page so far, in order."""
    known: list[bytes] = pdf.__dict__.setdefault("_page_references", [])
    known += [b"%d 0 R" % number for number in pdf.pages["Kids"][3 * len(known) :: 3]]
    return known
