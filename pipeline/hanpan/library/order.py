"""Order: which posts come before and after a post, which are in its series, which are like it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hanpan.library.facts import Facts

_MOST_RELATED = 4
_CATEGORY = 0.5  # of a tag's weight: categories are broad


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a post or book that readers may have: its label, where it is below out/."""

    label: str
    path: str
    digest: str
    size: int  # bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A post of the library."""

    key: str  # in traces
    facts: Facts
    leaf: str  # hash of what the site edition has left of it
    root: str  # its site's folder
    source: str  # its path below that
    slug: str
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A book of the library."""

    name: str
    title: str
    author: str
    lang: str
    description: str
    downloads: tuple[Download, ...]


@dataclass(slots=True)
class Neighbours:
    """What is beside a post; keys of entries."""

    before: str = ""
    after: str = ""
    related: tuple[str, ...] = ()
    series: tuple[str, ...] = ()  # all of it, in order; () for none
    translations: tuple[tuple[str, str], ...] = ()  # language and key, the post itself among them


def oldest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries by date; those of the same moment by key."""
    return sorted(entries, key=lambda entry: (entry.facts.moment, entry.key))


def undated(entries: Sequence[Entry]) -> list[Entry]:
    """Return posts without a date as lists show them: by address, the usual language first.

    They end the archive; of a site that has no others (documentation) they are the index.
    """
    languages = Counter(entry.facts.lang for entry in entries)

    def place(entry: Entry) -> tuple[int, str, str]:
        facts = entry.facts
        return -languages[facts.lang], facts.lang, facts.path.casefold()

    return sorted(entries, key=place)


def neighbours(entries: Sequence[Entry]) -> dict[str, Neighbours]:
    """Return the neighbours of each entry by key. Posts of one language follow each other."""
    dated = [entry for entry in oldest_first(entries) if entry.facts.is_dated]
    around = {entry.key: Neighbours() for entry in entries}
    last: dict[str, str] = {}  # by language
    for entry in dated:
        lang = entry.facts.lang
        if lang in last:
            around[entry.key].before = last[lang]
            around[last[lang]].after = entry.key
        last[lang] = entry.key
    for members in series_of(entries).values():
        for member in members:
            around[member.key].series = tuple(one.key for one in members)
    for key, related in _related(dated).items():
        around[key].related = related
    for key, translations in _translations(entries).items():
        around[key].translations = translations
    return around


def series_of(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return the posts of each series: by their numbers, then by date."""
    series: dict[str, list[Entry]] = defaultdict(list)
    for entry in oldest_first(entries):
        if entry.facts.series:
            series[entry.facts.series].append(entry)
    for members in series.values():
        members.sort(key=_place_in_series)  # stable: by date where numbers are the same
    return dict(sorted(series.items()))


def _place_in_series(entry: Entry) -> float:
    order = entry.facts.series_order
    return math.inf if order is None or math.isnan(order) else order


def _related(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return for each post those of its language that share most with it.

    What few posts share weighs more (inverse document frequency).
    """
    terms: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for term in _terms(entry.facts):
            terms[term].append(number)
    scores: list[dict[int, float]] = [defaultdict(float) for _ in entries]
    for (kind, _, _), members in sorted(terms.items()):
        if not 1 < len(members) <= max(20, len(entries) // 2):  # what half of a blog shares is none
            continue
        weight = math.log(1 + len(entries) / len(members)) * (1.0 if kind == "tag" else _CATEGORY)
        for place, number in enumerate(members):
            # of a term that hundreds share, the nearest in time are enough
            for other in members[max(0, place - 40) : place + 41]:
                if other != number:
                    scores[number][other] += weight
    related: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(entries):
        taken = {path for _, path in entry.facts.translations}
        best = sorted(
            scores[number], key=lambda one: (-scores[number][one], abs(one - number), -one)
        )
        chosen = [
            entries[one].key
            for one in best
            if not (entries[one].root == entry.root and entries[one].source in taken)
            and not (entry.facts.series and entries[one].facts.series == entry.facts.series)
        ]
        related[entry.key] = tuple(chosen[:_MOST_RELATED])
    return related


def _terms(facts: Facts) -> list[tuple[str, str, str]]:
    """Return what a post may share with others of its language."""
    tags = {tag.casefold() for tag in facts.tags}
    categories = {name.casefold() for name in facts.categories} - tags
    return [
        *(("tag", facts.lang, tag) for tag in sorted(tags)),
        *(("category", facts.lang, name) for name in sorted(categories)),
    ]


def _translations(entries: Sequence[Entry]) -> dict[str, tuple[tuple[str, str], ...]]:
    by_place: Mapping[tuple[str, str], Entry] = {
        (entry.root, entry.source): entry for entry in entries
    }
    around = {}
    for entry in entries:
        own = [
            (lang, by_place[entry.root, path].key)
            for lang, path in entry.facts.translations
            if (entry.root, path) in by_place
        ]
        around[entry.key] = tuple(own) if len(own) > 1 else ()
    return around
