"""Groups: the archives of a site, each a list of posts under a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hanpan.library.addresses import Claims, folder_path
from hanpan.library.facts import Facts
from hanpan.library.order import Entry, oldest_first, series_of, undated


@dataclass(frozen=True, slots=True)
class Group:
    """An archive: of a year, a category, a tag or a series; `posts` as it lists them."""

    kind: str  # years, categories, tags, series
    name: str
    path: str  # of its first page below out/site
    posts: tuple[Entry, ...]


FOLDERS = {"years": "archive", "categories": "categories", "tags": "tags", "series": "series"}
_NAMES: dict[str, Callable[[Facts], tuple[str, ...]]] = {
    "years": lambda facts: (str(facts.moment.year),),
    "categories": lambda facts: facts.categories,
    "tags": lambda facts: facts.tags,
}


def groups_of(entries: Sequence[Entry], claims: Claims) -> dict[str, list[Group]]:
    """Return the archives by kind, those with most posts first; years newest first.

    Names that differ in case alone are one, called as most posts have it.
    """
    newest = [entry for entry in reversed(oldest_first(entries)) if entry.facts.is_dated]
    rest = undated([entry for entry in entries if not entry.facts.is_dated])
    groups: dict[str, list[Group]] = {}
    for kind, names_of in _NAMES.items():
        members: dict[str, list[Entry]] = defaultdict(list)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in newest if kind == "years" else (*newest, *rest):
            for folded, name in {name.casefold(): name for name in names_of(entry.facts)}.items():
                members[folded].append(entry)
                spellings[folded][name] += 1
        order = sorted(members, key=lambda folded: (-len(members[folded]), folded))
        if kind == "years":
            order.sort(reverse=True, key=int)
        groups[kind] = [
            _group(kind, _usual(spellings[folded]), members[folded], claims) for folded in order
        ]
    groups["series"] = [
        _group("series", name, members, claims) for name, members in series_of(entries).items()
    ]
    return groups


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _group(kind: str, name: str, posts: Sequence[Entry], claims: Claims) -> Group:
    path = claims.take_like(folder_path(FOLDERS[kind], name))
    return Group(kind, name, path, tuple(posts))


def linked(
    kind: str, names: Sequence[str], archives: Mapping[tuple[str, str], str]
) -> list[list[str]]:
    """Return names with the path of the archive of each, "" where it has none."""
    return [[name, archives.get((kind, name.casefold()), "")] for name in names]
