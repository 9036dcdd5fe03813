"""Pages: a page of the site as a build plans it, and what it depends on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

LIBRARY = "library:"  # how the keys of pages that are no post's begin in traces
_PLAN, _LEAVES = "page:", "posts on it:"  # keys of dependencies


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file below out/ that a page offers: where it is, its hash, its path below out/site."""

    source: str
    digest: str
    target: str


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page, or another file of the site.

    `data` is JSON: what it says of posts, as their facts have it. `leaves` are hashes of what the
    site edition has left of the posts whose text it shows.
    """

    name: str  # in traces: the post's key, or one that begins with LIBRARY
    kind: str  # a row of editions.site.PAGES
    path: str  # below out/site
    data: str
    leaves: tuple[str, ...] = ()
    copies: tuple[OfferedFile, ...] = ()

    def reads(self) -> dict[str, str]:
        """Return the page's dependencies by key, as a trace remembers them."""
        copies = [[copy.source, copy.digest, copy.target] for copy in self.copies]
        plan = json.dumps([self.kind, self.path, self.data, copies], ensure_ascii=False)
        return {
            _PLAN: sha256(plan.encode()).hexdigest(),
            _LEAVES: sha256("\n".join(self.leaves).encode()).hexdigest(),
        }


def as_data(**values: object) -> str:
    """Return what a page says as JSON: equal exactly when that is."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
