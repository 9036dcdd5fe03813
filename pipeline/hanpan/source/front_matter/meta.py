"""Meta: what Minimal Mistakes' keys in the front matter mean, checked and made plain."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from hanpan.document import Meta, SettingValue
from hanpan.language import canonical_tag, cjk_of, guessed_language, is_korean, letters_of_cjk
from hanpan.problems import Problem
from hanpan.site import Clock, Identity
from hanpan.site.crosspost import AI_LEVELS
from hanpan.source.addresses import valid_address
from hanpan.source.front_matter.dates import post_dates
from hanpan.source.front_matter.plain import plain, shorten
from hanpan.source.post import Post

EXCERPT_LENGTH = 160  # characters: what search engines show
_PLURAL = ("tags", "categories")
_MOST = 50  # old addresses of a post
_TAGS_LIMIT = 200  # YAML aliases can make a short file name millions
_HANGUL, _LETTER = re.compile("[가-힣]"), re.compile("[A-Za-z가-힣]")
_TITLE_LINE = re.compile(r"\s{0,3}#{1,6}\s++((?>(?:[^\s#]++|[\s#]++(?!\Z))+))[\s#]*+\Z")
# where the front matter may name a picture for the whole post, the best first
_TEASERS = (
    ("header", "teaser"),
    ("header", "overlay_image"),
    ("header", "og_image"),
    ("header", "image"),
    ("image", "path"),
    ("image", "url"),
    ("image",),
    ("image", "feature"),
    ("teaser",),
    ("thumbnail",),
    ("cover",),
    ("cover_image",),
    ("coverImage",),
    ("heroImage",),  # Astro's template of a blog
    ("featured_image",),
    ("featuredImage",),
    ("index_img",),  # Fluid, a theme of Hexo's
)

_INDEX = ("index", "_index")  # stems of the page of a folder
_FOLDERS_OF_HOME = 2  # parts of the path of a site's own page: content/_index.md, index.md

TEASER_KEYS = frozenset(".".join(keys) for keys in _TEASERS)


def read_meta(
    post: Post,
    identity: Identity,
    clock: Clock,
    address: str,
    first_paragraph: str,
    authors: Mapping[str, str] | None = None,
) -> tuple[Meta, list[Problem]]:
    """Return a post's metadata and what is wrong with it.

    `address` is where the site shows the post, "" where that is not known; `first_paragraph` is
    the body's, for posts without an excerpt. `og_image_url` is left empty: it depends on the
    teaser, which is found later. `authors` has names for ids of authors.
    """
    front = post.front
    published, modified, problems = post_dates(post, clock)
    excerpt = plain(front.get("excerpt")) or plain(front.get("description")) or first_paragraph
    return (
        Meta(
            title=_title(post, identity, problems),
            date=published.isoformat() if published else "",
            modified=modified.isoformat() if modified else "",
            lang=_lang(post, identity, problems),
            excerpt=shorten(excerpt, EXCERPT_LENGTH),
            categories=_names(front, ("categories", "category", "categorie")),
            tags=_names(front, ("tags", "tag", "keywords")),
            series=_series(front.get("series")),
            author=_author(front.get("author") or front.get("authors"), authors or {})
            or identity.author,
            ai_disclosure_level=_ai_level(post, problems),
            toc=_flag(front.get("toc")),
            permalink=plain(front.get("permalink")),
            canonical_url=_canonical(post, address),
            pdf=_settings(front.get("pdf")),
            crosspost=_platforms(front.get("crosspost")),
            redirects=_redirects(front),
            series_order=_number(front.get("series_order", front.get("seriesOrder"))),
        ),
        problems,
    )


def _series(value: object) -> str:
    """Return the series a post says it is in: a name, or Hexo's and velog's map with a name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        value = next(iter(value), "")
    return plain(value)


def _redirects(front: dict[str, object]) -> tuple[str, ...]:
    """Return old addresses of the post: jekyll-redirect-from's, Hugo's `aliases`, Hexo's `alias`.

    Only paths on the site itself: nothing of another's is led away.
    """
    paths: dict[str, None] = {}
    for key in ("redirect_from", "aliases", "alias"):
        value = front.get(key)
        for item in value if isinstance(value, list) else [value]:
            path = plain(item)
            if path and "://" not in path and not path.startswith("//") and len(paths) < _MOST:
                paths.setdefault(f"/{path.lstrip('/')}")
    return tuple(paths)


def _number(value: object) -> float | None:
    """Return a number that is one, and None for all else."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _ai_level(post: Post, problems: list[Problem]) -> str:
    """Return how much of the post AI wrote, and report what is none of the levels."""
    key = "ai_disclosure_level" if post.front.get("ai_disclosure_level") else "ai_disclosure"
    level = plain(post.front.get(key))
    if not level or level in AI_LEVELS:
        return level
    message = f"`{key}` cannot be `{level}`; nothing is said of it"
    remedy = f"Use one of: {', '.join(AI_LEVELS)}."
    problems.append(
        Problem("ai-disclosure", "warning", message, post.path, post.line_of(key), remedy)
    )
    return ""


def _settings(table: object) -> tuple[tuple[str, str | bool], ...]:
    """Return the settings in `pdf: {page: A5, qr: false}`, by name.

    What they may be, the edition knows.
    """
    if not isinstance(table, dict):
        return ()
    settings = {plain(key): value for key, value in table.items() if value is not None}
    return tuple(
        (key, value if isinstance(value, bool) else plain(value))
        for key, value in sorted(settings.items())
    )


def _platforms(tables: object) -> tuple[tuple[str, tuple[tuple[str, SettingValue], ...]], ...]:
    """Return the settings in `crosspost: {devto: {tags: [a]}, velog: false}`, by platform.

    What they may be, the edition knows. `false` is short for `{payload: false}`.
    """
    if not isinstance(tables, dict):
        return ()
    platforms: list[tuple[str, tuple[tuple[str, SettingValue], ...]]] = []
    for name, table in tables.items():
        own: list[tuple[str, SettingValue]] = []
        if isinstance(table, dict):
            settings = {plain(key): value for key, value in table.items() if value is not None}
            own = [(key, _as_value(key, value)) for key, value in sorted(settings.items())]
        elif table is False:
            own = [("payload", False)]
        elif table is not True and plain(table):
            own = [(plain(table), True)]  # not a setting: the edition reports it
        platforms.append((plain(name), tuple(own)))
    return tuple(sorted(platforms, key=lambda platform: platform[0]))


def _as_value(key: str, value: object) -> SettingValue:
    if key == "tags":
        return _names({key: value}, (key,))
    return value if isinstance(value, bool) else plain(value)


def _title(post: Post, identity: Identity, problems: list[Problem]) -> str:
    """Return the title: the front matter's, the first heading's, or a name (`_name_of`)."""
    title = plain(post.front.get("title"))
    if title:
        return title
    in_code = False
    for line in post.body.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        match = None if in_code else _TITLE_LINE.match(line)
        if match and plain(match[1]):
            title = plain(match[1])
            break
    if not title:
        title = _name_of(post.path, identity)
    message = f"the post has no title; `{title}` is used"
    remedy = "Write `title:` in the front matter."
    place = post.line_of("title") or 1
    problems.append(Problem("title-missing", "warning", message, post.path, place, remedy))
    return title


def _name_of(path: str, identity: Identity) -> str:
    """Return what a post without a title is called: its file's name, or that of its folder.

    The latter where the file is the page of a folder (`index.md`); that of the site has its title.
    """
    place = PurePosixPath(unicodedata.normalize("NFC", path))
    stem = place.stem
    if stem in _INDEX:
        stem = place.parent.name if len(place.parts) > _FOLDERS_OF_HOME else identity.title
    stem = stem or place.stem
    return re.sub(r"\A\d{4}-\d{1,2}-\d{1,2}[-_ ]?", "", stem).replace("-", " ").strip() or stem


def _lang(post: Post, identity: Identity, problems: list[Problem]) -> str:
    """Return the language, and report one in the front matter that is no language tag."""
    written, used = _written_language(post), language(post, identity)
    if not written or canonical_tag(written):
        return used
    key = "lang" if post.front.get("lang") else "locale"
    message = f"`{key}: {written}` is not a language tag; `{used}` is used"
    remedy = "Write `lang: ko` or `lang: en`."
    problems.append(Problem("lang", "warning", message, post.path, post.line_of(key), remedy))
    return used


def language(post: Post, identity: Identity) -> str:
    """Return a post's language as a BCP 47 tag: its own, what its letters tell, the site's.

    Themes come with `lang: en`, and many Korean blogs leave it so. English posts have no Hangul at
    all, Korean ones 3 % of their letters or more even where they are mostly code (measured).
    """
    own = canonical_tag(_written_language(post))
    if own:
        return own
    text = f"{plain(post.front.get('title'))} {post.body}"
    letters = len(_LETTER.findall(text))
    if len(_HANGUL.findall(text)) * 50 > letters:
        return identity.lang if is_korean(identity.lang) else "ko"
    # a word of Japanese or Chinese is no reason: a tenth of the letters, as even posts of code have
    if cjk_of(identity.lang) is None and letters_of_cjk(text) * 10 > letters:
        return guessed_language(text) or identity.lang
    return identity.lang


def _written_language(post: Post) -> str:
    """Return the language that the front matter names, as its author wrote it."""
    return plain(post.front.get("lang") or post.front.get("locale"))


def _names(front: dict[str, object], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags or categories under any of `keys`, each once.

    A text is one name, or several with commas between. Jekyll splits that of the plural at blanks
    too, which would make two categories of `면접 후기`; where all words are ASCII it is what their
    authors meant. `category: Korean Linguistics`, in the singular, is one.
    """
    names: dict[str, None] = {}
    for key in keys:
        value = front.get(key)
        if isinstance(value, str):
            value = _split(value, at_blanks=key in _PLURAL)
        for item in _flat(value):
            name = plain(item).strip("\"' ,").lstrip("#").strip()
            if name and len(names) < _TAGS_LIMIT:
                names.setdefault(name)
    return tuple(names)


def _split(value: str, *, at_blanks: bool) -> list[str]:
    if "," in value:
        return value.split(",")
    return value.split() if at_blanks and value.isascii() else [value]


def _flat(value: object, depth: int = 0) -> Iterator[object]:
    """Yield the names in lists of lists; a map's keys (`- C++: STL`) count as names."""
    if isinstance(value, (list, tuple, dict)):
        if depth < 4:
            for item in list(value)[:_TAGS_LIMIT]:
                yield from _flat(item, depth + 1)
    elif value is not None:
        yield value


def _author(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return ", ".join(name for item in value if (name := _author(item, names)))
    return plain(names.get(value, value) if isinstance(value, str) else value)


def _flag(value: object) -> bool | None:
    """Return a switch, None where the post sets none."""
    if isinstance(value, bool):
        return value
    text = plain(value).lower()
    return None if not text else text in ("true", "yes", "on", "1")


def _canonical(post: Post, address: str) -> str:
    """Return the address under which the post is published, or "" where it is unknown."""
    own = valid_address(plain(post.front.get("canonical_url")))
    return own if own.startswith("http") else address


def teaser_of(post: Post) -> tuple[str, int | None]:
    """Return the picture that stands for the post, as written, and the line it is named on."""
    for keys in _TEASERS:
        value: object = post.front
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value.strip():
            return value.strip(), post.line_of(".".join(keys), keys[0])
    return "", None
