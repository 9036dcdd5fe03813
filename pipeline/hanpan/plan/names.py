"""Names: every post of the sites of a build gets a slug, and keeps it.

The front matter is read only of posts whose names others have as well, and whose paths do not say
what tells them apart.
"""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hanpan.plan.places import key_of
from hanpan.plan.sites import Sites
from hanpan.problems import Problem, UsageError
from hanpan.roots import FRONT_MATTER, TEXT, Root
from hanpan.source import slugs
from hanpan.source.languages import tag_of
from hanpan.source.walk import PostFile

_HEAD = 4 * FRONT_MATTER  # bytes: what is read of a post here


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What a build remembers of a post: its path and its site's, relative to out/; its slug."""

    path: str
    root: str
    slug: str


@dataclass(slots=True)
class Names:
    """The slugs of posts by key, and what came of giving them."""

    slugs: dict[str, str] = field(default_factory=dict)
    known: dict[str, KnownPost] = field(default_factory=dict)
    taken: dict[str, tuple[str, ...]] = field(default_factory=dict)  # those that made it longer
    clashes: list[Problem] = field(default_factory=list)


def name_posts(
    files: Mapping[Path, PostFile],
    sites: Sites,
    out: Path,
    earlier: Mapping[str, KnownPost],
    skipped: Container[str],
) -> Names:
    """Give each post its slug by key, unique also among posts built earlier into out/."""
    places = {key_of(path, out): (path, file.root) for path, file in files.items()}
    for key, known in earlier.items():
        path = Path(os.path.normpath(out / known.path))
        if key not in places and key not in skipped and os.path.isfile(path):
            places[key] = path, Path(os.path.normpath(out / known.root))
    parts = {key: _parts(*place, sites) for key, place in places.items()}
    for path in (path for path, file in files.items() if file.is_page):
        key = key_of(path, out)
        parts[key] = replace(parts[key], is_page=True)
    namesakes = slugs.namesakes(parts)
    for key in namesakes:
        parts[key] = _with_front_matter(parts[key], *places[key], sites)
    kept = {key: known.slug for key, known in earlier.items() if known.slug}
    assigned, clashes = slugs.assign(parts, kept)
    names = Names(assigned)
    for key, others in namesakes.items():
        if key in assigned and assigned[key] != slugs.slugify(parts[key].name):
            names.taken[key] = others
    for group in clashes:
        shown, *same = (os.path.relpath(out / key) for key in group)
        message = f"{shown} and {', '.join(same)} have the same name"
        problem = Problem("slug-clash", "error", message, shown, None, "Rename one of the files.")
        names.clashes.append(problem)
    for path, file in files.items():
        key = key_of(path, out)
        names.known[key] = KnownPost(key, key_of(file.root, out), assigned.get(key, ""))
    return names


def _parts(path: Path, root: Path, sites: Sites) -> slugs.SlugParts:
    languages = sites.languages(root)
    return slugs.parts_of(key_of(path, root), root.name, languages)


def _with_front_matter(
    parts: slugs.SlugParts, path: Path, root: Path, sites: Sites
) -> slugs.SlugParts:
    """Return what a slug is made of with the language and date that only the post itself names."""
    from hanpan.source.front_matter.dates import publication_date
    from hanpan.source.front_matter.parse import parse_head

    lang, date = parts.lang, parts.date
    name = key_of(path, root)
    try:
        site = sites.at(root)
        post = None
        if not (lang and date):
            post = parse_head(name, Root(root).read(name, TEXT)[:_HEAD])
    except (OSError, UsageError):
        return parts
    if post:
        moment = None if date else publication_date(post, site.clock)
        date = moment.date().isoformat() if moment else date
        lang = lang or tag_of(str(post.front.get("lang") or "")).lower()
    own = tag_of(lang).partition("-")[0]
    is_main = parts.is_main and own in ("", site.identity.lang.partition("-")[0])
    return replace(parts, date=date, lang=lang, is_main=is_main)
