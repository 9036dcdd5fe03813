"""Valid values of the keys of site.toml, and of `crosspost:` in front matter."""

from __future__ import annotations

import difflib
import re
import types
import typing
from typing import Any
from zoneinfo import ZoneInfo

from hanpan.language import canonical_tag
from hanpan.problems import Problem
from hanpan.site.books import CHOICES as BOOK_CHOICES
from hanpan.site.books import BookSettings, PartSettings, wrong_book_value
from hanpan.site.crosspost import AI_LEVELS, PlatformSettings, PostSettings, wrong_crosspost_value
from hanpan.site.tables import RULES, TABLES

# tables that may occur more than once
BOOK, PART = "book", "book.part"
ARRAYS: dict[str, type[Any]] = {BOOK: BookSettings, PART: PartSettings}
# tables whose name ends in that of a platform, and its keys in front matter
PLATFORM, POST_PLATFORM = "crosspost.NAME", "crosspost:NAME"
NAMED: dict[str, type[Any]] = {PLATFORM: PlatformSettings, POST_PLATFORM: PostSettings}
# what a setting must be, by the name of its type, and an example
_SHAPES = {
    "tuple": ("a list of strings", '["one", "two"]'),
    "str": ("a string", '"..."'),
    "bool": ("true or false", "true"),
}
_BACKLINKS = ("top", "bottom", "none")  # where the link to the original is
_AI_LEVELS = ("", *AI_LEVELS)
_TEASERS = ("", "first", "cover")
# what a setting may be where not every text is one
_CHOICES: dict[str, tuple[str, ...]] = {
    "pdf.links": ("none", "notes", "inline"),
    "crosspost.backlink": _BACKLINKS,
    f"{PLATFORM}.backlink": ("", *_BACKLINKS),
    f"{POST_PLATFORM}.backlink": ("", *_BACKLINKS),
    "crosspost.teaser": _TEASERS,
    f"{PLATFORM}.teaser": _TEASERS,
    f"{POST_PLATFORM}.teaser": _TEASERS,
    "crosspost.ai_disclosure_level": _AI_LEVELS,
    f"{PLATFORM}.ai_disclosure_level": _AI_LEVELS,
    f"{POST_PLATFORM}.ai_disclosure_level": _AI_LEVELS,
    f"{PLATFORM}.way": ("", "metaweblog"),
    "site.comments": ("", "giscus", "utterances"),
    "pdf.profile": ("screen", "press", "kyobo", "bookk", "kdp"),
    "pdf.typeface": ("sans", "serif"),
    "pdf.paragraphs": ("space", "indent"),
    "pdf.density": ("normal", "compact"),
    **BOOK_CHOICES,
}


def choices_of(table: str, key: str) -> tuple[str, ...]:
    """Return what a setting may be where not every text is one; nothing where every one is."""
    return _CHOICES.get(f"{table}.{key}", ())


def wrong_setting(
    table: str, key: str, value: Any, sign: str = " =", called: str = ""
) -> Problem | None:
    """Return what is wrong with a setting: its key, its type, or that it is none of its choices.

    `sign` is between key and value where it was written: front matter has a colon. `called`
    is the table's name there, where it is not `table`.
    """
    hints = typing.get_type_hints({**TABLES, **ARRAYS, **NAMED}[table])
    choices = _CHOICES.get(f"{table}.{key}", (value,))
    name = f"{called or table}.{key}" if table else key
    if key not in hints:
        known = [*hints, *((*TABLES, RULES, BOOK) if not table else ())]
        close = difflib.get_close_matches(key, [k for k in known if k], n=1)
        remedy = (
            f"Did you mean `{close[0]}`?" if close else f"Use one of: {', '.join(sorted(hints))}."
        )
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
        message = f"`{name}` cannot be `{value}`"
        remedy = f"Use one of: {', '.join(filter(None, choices))}."
        return Problem("site-choice", "error", message, remedy=remedy)
    return wrong_crosspost_value(key, value) if table in NAMED else None


def wrong_value(name: str, value: Any) -> Problem | None:
    """Return what is wrong with a value of the right type."""
    if name == "timezone" and not is_timezone(value):
        message, remedy = (
            f"`{value}` is not a valid time zone",
            "Use an IANA name such as Asia/Seoul.",
        )
        return Problem("site-timezone", "error", message, remedy=remedy)
    if name == "lang" and not canonical_tag(value):
        message, remedy = (
            f"`{value}` is not a language tag",
            "Use one such as ko or en-US (BCP 47).",
        )
        return Problem("site-lang", "error", message, remedy=remedy)
    if name == "url" and value and not re.match(r"https?://[^/\s]", value):
        message, remedy = f"`{value}` is not a web address", "Write it with https:// in front."
        return Problem("site-url", "error", message, remedy=remedy)
    if name == "cache.url" and value and not is_cache_folder(value):
        message = f"`{value}` is not a folder below .hanpan/"
        remedy = "Name other addresses with --cache or HANPAN_CACHE_URL: whoever builds decides."
        return Problem("site-cache", "error", message, remedy=remedy)
    if name == "source.languages":
        return next(filter(None, (wrong_value("lang", code) for code in value)), None)
    if name == "book.lang":
        return wrong_value("lang", value) if value else None
    return wrong_book_value(name, value) if name.startswith("book.") else None


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


def is_cache_folder(value: str) -> bool:
    """Tell whether a text may stand under [cache] url.

    Settings come from whoever may change the site: they send nothing elsewhere, and write where
    builds write.
    """
    first, *rest = value.rstrip("/").split("/")
    is_plain = not {"", ".", ".."} & set(rest) and "\0" not in value
    return first == ".hanpan" and bool(rest) and is_plain


def is_timezone(name: str) -> bool:
    """Tell whether the system knows a time zone by this name (IANA)."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
