"""Site: the settings of one blog, from site.toml with a Jekyll _config.yml as defaults.

Each table of site.toml is one frozen dataclass below. A step reads a table through
`Files.settings`, which remembers it, so that a change of `[pdf]` makes only PDFs again.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import json
import re
import tomllib
import types
import typing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pipeline.problems import Problem, UsageError
from pipeline.site_books import CHOICES as BOOK_CHOICES
from pipeline.site_books import BookPlan, BookSettings, PartSettings, wrong_book_value
from pipeline.site_crosspost import (
    Platforms,
    PlatformSettings,
    PostSettings,
    platform_files,
    unknown_platform,
    wrong_crosspost_value,
)
from pipeline.toml_lines import line_of, line_of_header, line_of_item, line_of_value

CONFIG_NAMES = ("site.toml", "_config.yml")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who publishes: the top level keys of site.toml."""

    title: str = ""
    description: str = ""
    url: str = ""  # absolute, without the final slash; "" where the site has no address
    author: str = ""
    lang: str = "ko"  # BCP 47
    timezone: str = "Asia/Seoul"  # IANA


@dataclass(frozen=True, slots=True)
class Sources:
    """[source]: where posts are, below the site's root."""

    posts: tuple[str, ...] = ("posts", "_posts")


@dataclass(frozen=True, slots=True)
class Remote:
    """[remote]: what may be fetched, and for how long we wait."""

    timeout: float = 10.0  # seconds, for one file
    total: float = 60.0  # seconds, for all files of one post; what is left waits for the next build
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    allow_private: bool = False  # private and loopback addresses
    retry_after: int = 3600  # seconds before an address that failed is asked again


@dataclass(frozen=True, slots=True)
class Fonts:
    """[fonts]: families by role, and the site's own font files.

    A family is one of the vendored ones or one found in `files` (paths below the site's root).
    """

    body: tuple[str, ...] = ("Pretendard", "Noto Sans KR")
    code: tuple[str, ...] = ("D2Coding", "Noto Sans KR")
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Html:
    """[html]: the page."""

    toc_minimum: int = 3  # headings before a contents list is shown, unless the post says `toc`
    embed_fonts: bool = True


@dataclass(frozen=True, slots=True)
class Pdf:
    """[pdf]: the printed edition."""

    page: str = "A4"
    profile: str = "screen"  # press: bleed and crop marks
    typeface: str = "sans"  # of the text; headings, tables and code stay sans
    paragraphs: str = "space"  # indent: first lines, as in books
    toc: bool | None = None  # None: from three second-level headings on
    links: str | None = None  # where they lead: none, notes, inline; None: as notes for a press
    cross_references: bool | None = None  # pages of links within the post; None: for a press
    qr: bool = True  # a QR code of the canonical address, beside the title
    attach_source: bool = True  # the Markdown source and its pictures, within the PDF


@dataclass(frozen=True, slots=True)
class Epub:
    """[epub]: the book edition."""

    publisher: str = ""
    embed_fonts: bool = False  # the body font; the code font always is
    max_bytes: int = 50_000_000  # of a book, before its author is told: what Send to Kindle mails


@dataclass(frozen=True, slots=True)
class Crosspost:
    """[crosspost]: payloads for other platforms."""

    platforms: tuple[str, ...] = (
        "tistory", "naver", "velog", "brunch", "medium", "devto", "hashnode", "wordpress", "ghost",
        "blogger", "substack", "linkedin", "qiita", "zenn",
    )  # fmt: skip
    backlink: str = "bottom"  # top, bottom or none
    backlink_text: str = ""  # empty: 원문, or Original where labels are English
    teaser: str = ""  # first: above the body; cover: the platform's alone; "": as is usual there


@dataclass(frozen=True, slots=True)
class Site:
    """Everything hanpan knows of one blog; `root` is absolute, `config` what it was read from."""

    root: Path
    config: tuple[Path, ...] = ()
    identity: Identity = field(default_factory=Identity)
    sources: Sources = field(default_factory=Sources)
    remote: Remote = field(default_factory=Remote)
    fonts: Fonts = field(default_factory=Fonts)
    html: Html = field(default_factory=Html)
    pdf: Pdf = field(default_factory=Pdf)
    epub: Epub = field(default_factory=Epub)
    crosspost: Crosspost = field(default_factory=Crosspost)
    rules: tuple[tuple[str, str], ...] = ()  # [rules]: rule -> off, info, warning or error
    books: tuple[BookPlan, ...] = ()  # [[book]]
    platforms: Platforms = field(default_factory=Platforms)  # [crosspost.NAME]

    @property
    def has_toml(self) -> bool:
        """Tell whether the site has a site.toml: only then is anything written beside it."""
        return any(path.name == "site.toml" for path in self.config)


# table of site.toml -> its dataclass, in the order of docs; "" is the top level
TABLES: dict[str, type[Any]] = {
    "": Identity,
    "source": Sources,
    "remote": Remote,
    "fonts": Fonts,
    "html": Html,
    "pdf": Pdf,
    "epub": Epub,
    "crosspost": Crosspost,
}
_FIELDS = {
    Identity: "identity",
    Sources: "sources",
    Remote: "remote",
    Fonts: "fonts",
    Html: "html",
    Pdf: "pdf",
    Epub: "epub",
    Crosspost: "crosspost",
    Platforms: "platforms",
}
# tables that may stand more than once
BOOK, PART = "book", "book.part"
ARRAYS: dict[str, type[Any]] = {BOOK: BookSettings, PART: PartSettings}
# tables whose name ends in that of a platform, and what stands under it in front matter
PLATFORM, POST_PLATFORM = "crosspost.NAME", "crosspost:NAME"
NAMED: dict[str, type[Any]] = {PLATFORM: PlatformSettings, POST_PLATFORM: PostSettings}
RULES = "rules"  # the table whose keys are rules, and whose values are severities
SEVERITIES = ("off", "info", "warning", "error")
Section = TypeVar("Section")


def section(site: Site, kind: type[Section]) -> Section:
    """Return the table of `site` that is a `kind`."""
    found = getattr(site, _FIELDS[kind])
    assert isinstance(found, kind)
    return found


def section_name(kind: type[Any]) -> str:
    """Return the name under which a trace remembers the table."""
    return _FIELDS[kind]


def section_text(site: Site, name: str) -> str:
    """Return a table as text that is equal exactly when the settings are."""
    if name == RULES:
        return json.dumps(site.rules)
    return json.dumps(dataclasses.asdict(getattr(site, name)), ensure_ascii=False, sort_keys=True)


def find_root(path: Path) -> Path | None:
    """Return the nearest folder at or above `path` that holds a site.toml or _config.yml."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.parents):
        if any((folder / name).is_file() for name in CONFIG_NAMES):
            return folder
    return None


def load_site(root: Path, toml: Path | None = None) -> Site:
    """Read the settings of the site at `root`.

    `toml` names another file than root/site.toml (the --site option).
    Raises UsageError with file and line where a setting cannot be used.
    """
    root = root.resolve()
    toml = toml.resolve() if toml else root / "site.toml"
    config = tuple(path for path in (root / "_config.yml", toml) if path.is_file())
    tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
    for path in config:
        if path.name.endswith(".toml"):
            for name, values in _read_toml(path).items():
                tables[name].update(values)
        else:
            tables[""].update(_read_jekyll(path))
    sections = {_FIELDS[kind]: kind(**tables[name]) for name, kind in TABLES.items()}
    rules = tuple(sorted(tables[RULES].items()))
    books = _read_books(toml) if toml in config else ()
    platforms = _read_platforms(toml, root) if toml in config else Platforms()
    return Site(root=root, config=config, rules=rules, books=books, platforms=platforms, **sections)


def _read_toml(path: Path) -> dict[str, dict[str, Any]]:
    """Read site.toml into checked tables."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise UsageError(
            Problem("site-syntax", "error", f"{error}", path.name, line, "Mend the TOML.")
        ) from None
    tables: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, RULES)}
    for key, value in data.items():
        if isinstance(value, dict) and key == RULES:
            tables[RULES] = {
                rule: _severity(path, text, rule, said) for rule, said in value.items()
            }
        elif key == BOOK and isinstance(value, list):
            pass  # `_read_books` does
        elif isinstance(value, dict) and key in TABLES:
            for inner, setting in value.items():
                if key != "crosspost" or not isinstance(setting, dict):  # `_read_platforms` does
                    tables[key][inner] = _checked(path, text, key, inner, setting)
        else:
            tables[""][key] = _checked(path, text, "", key, value)
    return tables


def _read_books(path: Path) -> tuple[BookPlan, ...]:
    """Return what the [[book]]s of site.toml say, checked."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    said = tomllib.loads(text).get(BOOK, [])
    books: list[BookPlan] = []
    for number, table in enumerate(said if isinstance(said, list) else []):
        start = line_of_item(text, BOOK, number)
        parts = _tables(table, "part")
        pdf = next(iter(_tables(table, "pdf")), {})
        if "name" not in table or any(table["name"] == book.said.name for book in books):
            message = "a book has no name" if "name" not in table else "two books have one name"
            remedy = 'Write `name = "..."`: that of its folder in out/books/.'
            raise UsageError(Problem("book-setting", "error", message, path.name, start, remedy))
        settings = _item(path, text, BOOK, table, start)
        books.append(
            BookPlan(
                BookSettings(**settings),
                tuple(
                    PartSettings(
                        **_item(path, text, PART, part, line_of_item(text, PART, at, start))
                    )
                    for at, part in enumerate(parts)
                ),
                tuple(
                    (key, _checked(path, text, "pdf", key, value, start, "book.pdf"))
                    for key, value in pdf.items()
                ),
            )
        )
    return tuple(books)


def _read_platforms(path: Path, root: Path) -> Platforms:
    """Return what [crosspost.NAME] says, checked, and check the names in [crosspost].platforms."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    said = tomllib.loads(text).get("crosspost", {})
    if not said:
        return Platforms()
    known = platform_files(root)
    for name in said.get("platforms", ()):
        if name not in known:
            line = line_of(text, "crosspost", "platforms")
            line = line_of_value(text, f'"{name}"', line)
            raise UsageError(replace(unknown_platform(name, known), path=path.name, line=line))
    tables = {name: table for name, table in said.items() if isinstance(table, dict)}
    found = []
    for name, table in tables.items():
        below = f"crosspost.{name}"
        if name not in known:
            line = line_of_header(text, below) or line_of(text, "crosspost", name)
            raise UsageError(replace(unknown_platform(name, known), path=path.name, line=line))
        settings = {
            key: _checked(path, text, PLATFORM, key, value, below=below)
            for key, value in table.items()
        }
        found.append((name, PlatformSettings(**settings)))
    return Platforms(tuple(found))


def _tables(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Take the tables under a key out of a table; what is none stays, and is an unknown key."""
    said = table.get(key, [])
    said = [said] if isinstance(said, dict) else said
    if not isinstance(said, list) or not all(isinstance(item, dict) for item in said):
        return []
    table.pop(key, None)
    return said


def _item(path: Path, text: str, table: str, said: dict[str, Any], start: int) -> dict[str, Any]:
    return {key: _checked(path, text, table, key, value, start) for key, value in said.items()}


# what a setting must be, by the name of its type, and an example
_SHAPES = {
    "tuple": ("a list of strings", '["one", "two"]'),
    "str": ("a string", '"..."'),
    "bool": ("true or false", "true"),
}
BACKLINKS = ("top", "bottom", "none")  # where the line stands that leads to the original
_TEASERS = ("", "first", "cover")
# what a setting may be where not every text is one
_CHOICES: dict[str, tuple[str, ...]] = {
    "pdf.links": ("none", "notes", "inline"),
    "crosspost.backlink": BACKLINKS,
    f"{PLATFORM}.backlink": ("", *BACKLINKS),
    f"{POST_PLATFORM}.backlink": ("", *BACKLINKS),
    "crosspost.teaser": _TEASERS,
    f"{PLATFORM}.teaser": _TEASERS,
    f"{POST_PLATFORM}.teaser": _TEASERS,
    f"{PLATFORM}.way": ("", "metaweblog"),
    "pdf.profile": ("screen", "press"),
    "pdf.typeface": ("sans", "serif"),
    "pdf.paragraphs": ("space", "indent"),
    **BOOK_CHOICES,
}


def _checked(
    path: Path, text: str, table: str, key: str, value: Any, start: int = 1, below: str = ""
) -> Any:
    """Return `value` as its field wants it, or raise UsageError with the line.

    `start` is the line of a table that stands more than once; `below`, where the keys of `table`
    stand when not in it.
    """
    name = f"{table}.{key}" if table else key
    line = line_of(text, below or table, key, start)
    if line is None and below.startswith("crosspost."):  # written as `devto = {tags = [...]}`
        line = line_of(text, "crosspost", below.partition(".")[2])
    if isinstance(value, datetime.date):  # TOML has days of its own
        value = value.isoformat()
    if isinstance(value, list):
        value = tuple(value)
    problem = wrong_setting(table, key, value, called=below) or _wrong_value(name, value)
    if problem:
        raise UsageError(replace(problem, path=path.name, line=line))
    return value.rstrip("/") if name == "url" else value


def wrong_setting(
    table: str, key: str, value: Any, sign: str = " =", called: str = ""
) -> Problem | None:
    """Return what is wrong with a setting: its key, its type, or that it is none of its choices.

    `sign` stands between key and value where it was written: front matter has a colon. `called`
    is the table's name there, where it is not `table`.
    """
    hints = typing.get_type_hints({**TABLES, **ARRAYS, **NAMED}[table])
    choices = _CHOICES.get(f"{table}.{key}", (value,))
    name = f"{called or table}.{key}" if table else key
    if key not in hints:
        known = [*hints, *((*TABLES, RULES, BOOK) if not table else ())]
        close = difflib.get_close_matches(key, [k for k in known if k], n=1)
        remedy = f"Did you mean `{close[0]}`?" if close else f"Known: {', '.join(sorted(hints))}."
        return Problem("site-unknown-key", "error", f"unknown key `{name}`", remedy=remedy)
    wanted = hints[key]
    if not _fits(value, wanted):
        if isinstance(wanted, types.UnionType):
            wanted = typing.get_args(wanted)[0]
        shape, example = _SHAPES.get(
            getattr(typing.get_origin(wanted) or wanted, "__name__", ""), ("a number", "3")
        )
        remedy = f"Write it as `{key}{sign} {example}`."
        return Problem("site-type", "error", f"`{name}` must be {shape}", remedy=remedy)
    if value not in choices:
        said = f"`{name}` cannot be `{value}`"
        remedy = f"Choose one of {', '.join(filter(None, choices))}."
        return Problem("site-choice", "error", said, remedy=remedy)
    return wrong_crosspost_value(key, value) if table in NAMED else None


def _severity(path: Path, text: str, rule: str, said: Any) -> str:
    """Return what [rules] says of a rule, or raise UsageError with the line."""
    if said in SEVERITIES:
        return str(said)
    line = line_of(text, RULES, rule)
    message = f"`{RULES}.{rule}` must be one of {', '.join(SEVERITIES)}"
    raise UsageError(Problem("site-type", "error", message, path.name, line, "Mend it."))


def _fits(value: Any, wanted: Any) -> bool:
    """Tell whether a TOML value is of a field's type."""
    origin = typing.get_origin(wanted)
    if origin is tuple:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if origin is types.UnionType:
        return any(_fits(value, option) for option in typing.get_args(wanted))
    if wanted is bool or isinstance(value, bool):
        return wanted is bool and isinstance(value, bool)
    return isinstance(value, (int, float) if wanted is float else wanted)


def is_language(tag: str) -> bool:
    """Tell whether a text has the shape of a language tag (BCP 47, section 2.1)."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag))


def _wrong_value(name: str, value: Any) -> Problem | None:
    """Return what is wrong with a value of the right type."""
    if name == "timezone" and not _is_timezone(value):
        said, remedy = f"`{value}` is no time zone", "Use an IANA name such as Asia/Seoul."
        return Problem("site-timezone", "error", said, remedy=remedy)
    if name == "lang" and not is_language(value):
        said, remedy = f"`{value}` is no language tag", "Use one such as ko or en-US (BCP 47)."
        return Problem("site-lang", "error", said, remedy=remedy)
    if name == "url" and value and not re.match(r"https?://[^/\s]", value):
        said, remedy = f"`{value}` is no web address", "Write it with https:// in front."
        return Problem("site-url", "error", said, remedy=remedy)
    if name == "book.lang":
        return _wrong_value("lang", value) if value else None
    return wrong_book_value(name, value) if name.startswith("book.") else None


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _text(data: bytes) -> str:
    """Return a settings file's text: UTF-8, or what old Korean editors write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949", errors="replace")


def _read_jekyll(path: Path) -> dict[str, Any]:
    """Read what a Jekyll _config.yml says of the site's identity; never fail for it."""
    import yaml  # heavy: only Jekyll sites pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(_text(path.read_bytes()), loader)
    except yaml.YAMLError:
        return {}
    if not isinstance(data, dict):
        return {}
    author = data.get("author")
    if isinstance(author, dict):
        author = author.get("name")
    found = {
        "title": data.get("title"),
        "description": data.get("description"),
        "url": data.get("url"),
        "author": author,
        "lang": data.get("locale") or data.get("lang"),
        "timezone": data.get("timezone"),
    }
    said = {key: value.strip() for key, value in found.items() if isinstance(value, str)}
    said = {key: value for key, value in said.items() if value}
    if "url" in said:
        base = data.get("baseurl")
        said["url"] = said["url"].rstrip("/") + (base.rstrip("/") if isinstance(base, str) else "")
        if not re.match(r"https?://[^/\s]+", said["url"]):
            del said["url"]
    said["lang"] = said.get("lang", "ko").replace("_", "-")
    if not is_language(said["lang"]):
        del said["lang"]
    if not _is_timezone(said.get("timezone", "Asia/Seoul")):
        del said["timezone"]
    return said
