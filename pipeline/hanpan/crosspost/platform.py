"""Platform: a target of cross-posting, as its data file in platforms/ describes it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hanpan import toml_text
from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.files import Files
from hanpan.problems import Problem, UsageError
from hanpan.roots import SETTINGS
from hanpan.site.crosspost import PLATFORMS, platform_files, unknown_platform

_AI_DISCLOSURE = '"$?ai_disclosure_level"'  # the field that says it
_COVER = "$?cover"  # the beginning of the names of fields with the teaser


@dataclass(frozen=True, slots=True)
class TagRule:
    """Which tags a platform accepts. 0 means no limit; `charset` names a rule of tags.py."""

    max: int = 0  # number of tags
    min: int = 0  # of those without which it refuses a post
    max_length: int = 0  # characters of one
    charset: str = "any"
    lower: bool = False
    join: str = ","
    prefix: str = ""  # before each tag in the joined text
    max_total: int = 0  # characters of all, joined by a comma and a blank
    item: Any = "$tag"  # the shape of each in $tag_items; $tag_slug has a hyphen for each sign


@dataclass(frozen=True, slots=True)
class SlugRule:
    """Which slugs a platform accepts: `characters` as in a regular expression; "" for any."""

    characters: str = ""
    min: int = 1
    max: int = 255


@dataclass(frozen=True, slots=True)
class PayloadFile:
    """A file of the payload: a text or a JSON value that contains `$field`."""

    name: str
    text: str = ""
    json: Any = None


@dataclass(frozen=True, slots=True)
class Body:
    """How the body is lowered and which files it is written to."""

    lowerings: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # (file name, writer)
    classes: tuple[str, ...] = ()  # class names that are kept; `x-*` is a prefix
    tags: tuple[str, ...] = ()  # the only elements that are kept; () for all
    without_properties: tuple[str, ...] = ()  # CSS properties that the platform takes away
    code_colours: bool = True  # code has its colours unless a setting says otherwise
    deepest: int = 6  # the lowest level of headings; deeper ones become paragraphs in bold
    max_bytes: int = 0
    max_request_bytes: int = 0  # of the request's body, as it is sent
    max_characters: int = 0  # of a text that is cut there
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # lowerings, by file name
    own: Mapping[str, Body] = field(default_factory=dict)  # of files with lowerings of their own

    def keeps_class(self, name: str) -> bool:
        """Tell whether a class name is among `classes`."""
        return any(name.startswith(c[:-1]) if c.endswith("*") else name == c for c in self.classes)


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. `entry` is `api` or `paste`."""

    name: str
    label: str
    entry: str
    lang: str = ""  # of its editor, for the labels that we add; "" for the post's
    copy: str = "rich"  # what is pasted there: rich text where there is HTML, or "source"
    canonical: str = ""  # the field that takes the canonical URL, "" where there is none
    title_max: int = 0  # characters
    excerpt_max: int = 0
    slug_rule: SlugRule = field(default_factory=SlugRule)
    tag_rule: TagRule = field(default_factory=TagRule)
    picture_formats: tuple[str, ...] = ()  # media types that may be uploaded
    rehosted: bool = False  # the editor keeps copies of pictures, in these formats alone
    upload: bool = False  # `hanpan publish` uploads pictures: placeholders stand for them
    client: str = ""  # of publish/, where there is an API to publish through
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by "ko" and "en"
    body: Body = field(default_factory=Body)
    markdown: MarkdownDialect = field(default_factory=MarkdownDialect)
    lint: tuple[str, ...] = ()
    files: tuple[PayloadFile, ...] = ()
    ai_disclosure: bool = False  # whether one of the files says how much of the post AI wrote
    cover: bool = False  # whether one of the files has a field for the teaser

    @property
    def rich(self) -> str:
        """Return the body's file that can be pasted as rich text, "" where none is plain HTML."""
        return next((name for name, writer in self.body.files if writer == "html"), "")


def platform_names(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of all platforms with a data file, including the site's own."""
    return tuple(platform_files(root))


def check_name(name: str, files: Files) -> Problem | None:
    """Return a problem where there is no platform of this name."""
    known = platform_files(files.site.root)
    return None if name in known else unknown_platform(name, known)


def load_platform(name: str, files: Files | None = None) -> Platform:
    """Read the data file of one platform; without `files`, of a bundled one."""
    return load_platforms((name,), files)[0]


def load_platforms(names: Iterable[str], files: Files | None = None) -> tuple[Platform, ...]:
    """Read the data files of platforms: platforms/NAME.toml beside site.toml, else the bundled one.

    Raises UsageError where there is no such platform, or where the site's own file is invalid.
    """
    own = files.names(PLATFORMS) if files is not None else ()
    return tuple(_load(name, files if f"{name}.toml" in own else None) for name in names)


def _load(name: str, files: Files | None) -> Platform:
    """Read the site's own data file through `files`, or the bundled one without it."""
    if files is not None:
        path = f"{PLATFORMS}/{name}.toml"
        return _own_platform(name, path, files.read(path, SETTINGS))
    bundled = _bundled_files()
    if name not in bundled:
        raise UsageError(unknown_platform(name, bundled))
    return _bundled_platform(name, bundled[name])


@lru_cache(maxsize=1)
def _bundled_files() -> dict[str, Path]:
    return platform_files()


@lru_cache(maxsize=64)
def _bundled_platform(name: str, path: Path) -> Platform:
    return _platform(name, tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=64)
def _own_platform(name: str, path: str, data: bytes) -> Platform:
    """Return a platform of the site's own. Raises UsageError that names the file."""
    try:
        return _platform(name, toml_text.load(data.decode("utf-8")))
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        message = f"the platform `{name}` is invalid: {error}"
        remedy = "Fix the file; docs/platforms.md describes what it may contain."
        problem = Problem("crosspost-platform", "error", message, path, None, remedy)
        raise UsageError(problem) from None


def _platform(name: str, data: dict[str, Any]) -> Platform:
    """Return the Platform of a data file; an unknown key is a TypeError."""
    data.pop("fragments", None)  # older files have it; the lowerings decide about links
    body, title, images = data.pop("body"), data.pop("title", {}), data.pop("images", {})
    listed = body.pop("files")
    files = tuple((item["name"], item["write"]) for item in listed)
    written = tuple(PayloadFile(**item) for item in data.pop("files", ()))
    without = {item["name"]: tuple(item["without"]) for item in listed if "without" in item}
    own = {
        item["name"]: Body(lowerings=tuple(item["lowerings"]), **_freeze(item.get("body", {})))
        for item in listed
        if "lowerings" in item
    }
    return Platform(
        name=name,
        title_max=title.get("max", 0),
        excerpt_max=data.pop("excerpt", {}).get("max", 0),
        slug_rule=SlugRule(**data.pop("slug", {})),
        picture_formats=tuple(images.get("formats", ())),
        rehosted=images.get("rehosted", False),
        upload=images.get("upload", False),
        client=data.pop("publish", {}).get("client", ""),
        steps=_freeze(data.pop("steps", {})),
        tag_rule=TagRule(**data.pop("tags", {})),
        body=Body(files=files, without=without, own=own, **_freeze(body)),
        markdown=MarkdownDialect(**_freeze(data.pop("markdown", {}))),
        lint=tuple(data.pop("lint", {}).get("rules", ())),
        files=written,
        ai_disclosure=any(_AI_DISCLOSURE in json.dumps(file.json) for file in written),
        cover=any(f'"{_COVER}' in json.dumps(file.json) for file in written),
        **data,
    )


def _freeze(table: dict[str, Any]) -> dict[str, Any]:
    """Return the table with tuples for lists."""
    return {key: _frozen_value(value) for key, value in table.items()}


def _frozen_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _freeze(value)
    return tuple(value) if isinstance(value, list) else value
