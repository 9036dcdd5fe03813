"""Slugs: the name of a post in out/, computed over all posts at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

RESERVED = frozenset({"books", "site", "index", "build", "assets", "index.html", "build.json"})
MAX_BYTES = 200  # leaves room for `.html` and for hanpan's own temporary names in 255
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_. ]?")
_BAD = r"""\s#?\[\]%:/\\"'<>|*\x00-\x1f\x7f"""
_UNSAFE = re.compile(f"(?<!-)-*+[{_BAD}][{_BAD}-]*")


@dataclass(frozen=True, slots=True)
class SlugParts:
    """What a slug is made of: the file's name, its date (YYYY-MM-DD or ""), its site's folder."""

    name: str
    date: str
    site: str


def split_date(name: str) -> tuple[str, str]:
    """Split a file's name without extension into its date, as YYYY-MM-DD or "", and the rest."""
    match = _DATE.match(name)
    if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return "", name
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", name[match.end() :]


def slugify(name: str) -> str:
    """Return `name` as one path part: NFC, Hangul kept, unsafe runs as one hyphen, 200 bytes."""
    text = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-. ")
    while len(text.encode()) > MAX_BYTES:
        text = text[:-1]
    return text.strip("-. ") or "post"


def name_of(path: str) -> str:
    """Return the name of the post at `path`, relative to its site's root.

    In a bundle (Hugo, Gatsby) that is the folder's: `posts/2026-03-01-글/index.md`.
    """
    place = PurePosixPath(path)
    return place.parent.name or place.stem if place.stem.lower() == "index" else place.stem


def slug_of(path: str) -> str:
    """Return the slug that a post has when nothing clashes."""
    date, rest = split_date(name_of(path))
    return slugify(rest or date or "post")


def assign(posts: dict[str, SlugParts]) -> tuple[dict[str, str], list[tuple[str, ...]]]:
    """Give each post its slug.

    `posts` maps a key to what its slug is made of. A clash takes the date in front, then the site
    folder's name; a clash left is returned as a group of keys. The order of `posts` has no effect.
    """
    slugs = {key: slugify(parts.name) for key, parts in posts.items()}
    for lengthen in (_with_date, _with_site):
        for group in _clashes(slugs):
            for key in group:
                slugs[key] = lengthen(posts[key])
    left = [tuple(sorted(group)) for group in _clashes(slugs) if len(group) > 1]
    return slugs, sorted(left)


def namesakes(posts: dict[str, SlugParts]) -> dict[str, tuple[str, ...]]:
    """Return, for each key whose name others have as well, the keys of those others."""
    groups = _clashes({key: slugify(parts.name) for key, parts in posts.items()})
    return {
        key: tuple(sorted(set(group) - {key})) for group in groups if group[1:] for key in group
    }


def _with_date(parts: SlugParts) -> str:
    return slugify(f"{parts.date or 'post'}-{parts.name}")


def _with_site(parts: SlugParts) -> str:
    return slugify(f"{parts.site}-{parts.date or 'post'}-{parts.name}")


def _clashes(slugs: dict[str, str]) -> Iterable[list[str]]:
    """Return the groups of keys whose slugs are equal but for case, and those that are reserved."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, slug in slugs.items():
        groups[slug.casefold()].append(key)
    return [keys for slug, keys in groups.items() if len(keys) > 1 or slug in RESERVED]
