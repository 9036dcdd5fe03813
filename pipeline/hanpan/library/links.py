"""Links: where on the site the addresses lead that posts link to.

An address may be that of a post, one that a post had before, or that of a page of the site itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from hanpan.library.addresses import comparable, is_file, shown
from hanpan.library.facts import Facts
from hanpan.library.order import Entry

Address = tuple[str, tuple[str, ...]]
Fault = Literal["place", "file"]  # a page without such an id; a file that the site has not


@dataclass(slots=True)
class Targets:
    """What can be linked to; posts by key."""

    paths: Mapping[str, str]  # of posts below out/site
    _posts: dict[Address, Entry] = field(default_factory=dict)
    _pages: dict[tuple[str, ...], str] = field(default_factory=dict)
    _resolved: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)  # by key of the post

    def add_posts(self, entries: Sequence[Entry]) -> None:
        """Add posts, and then what led to them before; who is first keeps an address."""
        for entry in entries:
            if entry.facts.address:
                self._posts.setdefault(comparable(entry.facts.address), entry)
        for entry in entries:
            site = _site(entry.facts)
            for old in entry.facts.redirects if site else ():
                self._posts.setdefault(comparable(f"{site}/{old.lstrip('/')}"), entry)

    def add_pages(self, paths: Iterable[str]) -> None:
        """Add pages of the site itself."""
        for path in paths:
            self._pages.setdefault(comparable(f"/{shown(path)}")[1], path)

    def of(self, entry: Entry) -> list[str]:
        """Return where each of a post's links leads: a path, perhaps with a fragment, or ""."""
        return [target for target, _ in self._targets(entry)]

    def faults(self, entry: Entry) -> Iterator[tuple[str, Fault]]:
        """Yield the links of a post that lead to no place of a page, or to no file, and why."""
        for link, (target, has_place) in zip(entry.facts.links, self._targets(entry), strict=True):
            if target and not has_place:
                yield link, "place"
            elif not target and is_file(link):
                yield link, "file"

    def _targets(self, entry: Entry) -> list[tuple[str, bool]]:
        """Return where each link of a post leads: its page, the feeds and the report ask."""
        if entry.key not in self._resolved:
            facts = entry.facts
            self._resolved[entry.key] = [self._target(facts, link) for link in facts.links]
        return self._resolved[entry.key]

    def _target(self, facts: Facts, link: str) -> tuple[str, bool]:
        """Return where a link leads, and whether the place in that page is there."""
        address, _, fragment = link.partition("#")
        known = comparable(address)
        post = self._posts.get(known)
        if post:
            path = self.paths[post.key]
            has_place = not fragment or unquote(fragment) in post.facts.places
            return (f"{path}#{fragment}" if fragment and has_place else path), has_place
        site = _site(facts)
        if site and address.startswith(f"{site}/"):
            return self._pages.get(comparable(address.removeprefix(site))[1], ""), True
        return "", True


def _site(facts: Facts) -> str:
    """Return the address of the site that a post is of, "" where it has none."""
    path = facts.path
    return facts.address.removesuffix(path) if facts.address.endswith(path) else ""
