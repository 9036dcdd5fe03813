"""Slugs: the name of a post in out/, computed over all posts at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from hanpan.media_types import HTML_ENDINGS
from hanpan.source.languages import Languages, place_of, without_language

RESERVED = frozenset({"books", "site", "index", "build", "assets", "index.html", "build.json"})
MAX_BYTES = 200  # leaves room for `.html` and for hanpan's own temporary names in 255
# pages of Notion's and Tistory's exports of HTML
_EXPORTED = re.compile(r" [0-9a-f]{32}\.html?\Z|(?:\A|/)(\d+)/\1(?:-[^/]*)?\.html\Z")
_NUMBER = re.compile(r"\A\d++-(?=.)")
NOTION_ID = re.compile(r" [0-9a-f]{32}\Z")  # behind the name of a page that was exported
_BUNDLES = ("index", "_index")  # files that stand for their folder
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_. ]?")
_BAD = r"""\s#?\[\]%:/\\"'<>|*\x00-\x1f\x7f"""
_UNSAFE = re.compile(f"(?<!-)-*+[{_BAD}][{_BAD}-]*")


@dataclass(frozen=True, slots=True)
class SlugParts:
    """What a slug is made of: the file's name, its date (YYYY-MM-DD or ""), its site's folder.

    `lang` and `folders`, the nearest first, tell posts of one name apart; `is_main` is false for a
    post in another language than the site's.
    """

    name: str
    date: str
    site: str
    lang: str = ""
    folders: tuple[str, ...] = ()
    is_main: bool = True
    is_page: bool = False  # pages come last: no post changes its name because of one


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
    return place.parent.name or place.stem if place.stem.lower() in _BUNDLES else place.stem


def is_export(path: str) -> bool:
    """Tell whether a file is a page that Notion or Tistory has exported as HTML, by its name."""
    is_of_jekyll = "_posts/" in path or "_drafts/" in path  # as in `_posts/2026/2026-01-04-글.html`
    return ".htm" in path[-5:] and not is_of_jekyll and bool(_EXPORTED.search(path))


def is_html(path: str) -> bool:
    """Tell whether a post is HTML: one of Jekyll's or Hexo's, or an exported page."""
    return path.lower().endswith(HTML_ENDINGS)


def slug_of(path: str, languages: Languages = ()) -> str:
    """Return the slug that a post has when nothing clashes."""
    return slugify(parts_of(path, "", languages).name or "post")


def parts_of(path: str, site: str, languages: Languages = ()) -> SlugParts:
    """Return what the slug of the post at `path`, relative to its site's root, is made of.

    A post in another of the site's `languages` than its own has that in its name from the start.
    """
    lang, _ = place_of(path, languages)
    bare = without_language(path, languages) if languages else path
    own = NOTION_ID.sub("", name_of(bare))
    date, rest = split_date(_NUMBER.sub("", own) if is_export(path) else own)
    is_main = not languages or lang in ("", languages[0][0])
    name = rest or date
    *above, last = path.split("/")
    if above and last.partition(".")[0].lower() in _BUNDLES:
        above.pop()  # it is the name already
    folders = tuple(NOTION_ID.sub("", folder.lstrip("_")) for folder in reversed(above))
    return SlugParts(
        name if is_main else f"{lang.lower()}-{name}", date, site, lang.lower(), folders, is_main
    )


def assign(
    posts: Mapping[str, SlugParts], kept: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[tuple[str, ...]]]:
    """Give each post its slug.

    `posts` maps a key to what its slug is made of, `kept` to the slug under which a post was built
    before: that stays. Of new posts of one name the oldest has the name, the others take in front
    the first of language, folder and date that tells them apart from older ones: so no slug
    depends on posts that come later. A post for which no name is left has none: it is returned
    with the others of its name behind it. The order of `posts` has no effect.
    """
    slugs: dict[str, str] = {}
    taken = set(RESERVED)
    bare = {key: slugify(parts.name) for key, parts in posts.items()}
    for key, slug in sorted((kept or {}).items()):
        if key in posts and slug == slugify(slug) and slug.casefold() not in taken:
            taken.add(slug.casefold())
            slugs[key] = slug
    groups: dict[str, list[str]] = defaultdict(list)
    for key, slug in bare.items():
        groups[slug.casefold()].append(key)
    left: list[tuple[str, ...]] = []
    new = (key for key in posts if key not in slugs)
    for key in sorted(new, key=lambda key: _seniority(key, posts[key])):
        slug = bare[key]
        if slug.casefold() in taken:
            group = groups[slug.casefold()]
            older = [posts[other] for other in group if other in slugs]
            longer = (slugify(text) for text in _longer(posts[key], older))
            slug = next((text for text in longer if text.casefold() not in taken), "")
            if not slug:
                others = [k for k in group if k != key and posts[k].folders == posts[key].folders]
                left.append((key, *sorted(others or set(group) - {key})))
                continue
        taken.add(slug.casefold())
        slugs[key] = slug
    return slugs, sorted(left)


def namesakes(posts: Mapping[str, SlugParts]) -> dict[str, tuple[str, ...]]:
    """Return, for each key whose name others have as well, the keys of those others."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, parts in posts.items():
        groups[slugify(parts.name).casefold()].append(key)
    return {
        key: tuple(sorted(set(group) - {key}))
        for group in groups.values()
        if group[1:]
        for key in group
    }


def _seniority(key: str, parts: SlugParts) -> tuple[object, ...]:
    """Return what posts are ordered by: the first has the name. What has no date is old."""
    is_draft = "drafts" in parts.folders
    return parts.is_page, is_draft, parts.date, not parts.is_main, len(parts.folders), key


def _longer(parts: SlugParts, older: Sequence[SlugParts]) -> Iterator[str]:
    """Yield the names that tell a post apart from older ones of its name, the best first."""
    name, date = parts.name, parts.date
    kind = "page" if parts.is_page else "post"
    lang = parts.lang if all(other.lang != parts.lang for other in older) else ""
    above = {folder for other in older for folder in other.folders}
    folders = [folder for folder in parts.folders if folder not in above] if older else []
    path = "-".join(reversed(parts.folders))
    own_date = date if all(other.date != date for other in older) else ""
    own_site = parts.site if all(other.site != parts.site for other in older) else ""
    for front in (lang, *folders, own_date, own_site):
        if front:
            yield f"{front}-{name}"
    if any(other.folders != parts.folders for other in older):
        yield f"{path}-{name}"
        yield f"{path}-{date or kind}-{name}"
    if not older or own_site:
        yield f"{date or kind}-{name}"
        yield f"{parts.site}-{date or kind}-{name}"
