"""JSON Schema of site.toml, made of the tables that the settings are read by.

An editor completes and checks with it what `load_site` would take: types, choices, unknown keys.
What needs more than a table (a time zone, an ISBN's check digit) is left to hanpan itself.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable
from typing import Any

from hanpan.messages.settings import setting_texts
from hanpan.problems import OFF, SEVERITIES
from hanpan.site.books import BookSettings, PartSettings
from hanpan.site.checks import BOOK, PART, PLATFORM, POST_PLATFORM, choices_of
from hanpan.site.crosspost import PlatformSettings, PostSettings, platform_files
from hanpan.site.tables import RULES, TABLES, Pdf

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CROSSPOST = PLATFORM.partition(".")[0]
_PDF = next(name for name, kind in TABLES.items() if kind is Pdf)
_TYPES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}
_DAY = {"type": "string", "format": "date", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
_ADDRESS = {"pattern": r"^(https?://[^/\s].*)?$"}


def site_schema(lang: str, rules: Iterable[str]) -> dict[str, Any]:
    """Return the schema of site.toml with descriptions in a language, ko or en.

    Platforms are those that hanpan knows; a site's own are allowed as well.
    """
    properties = _properties("", TABLES[""], lang)
    properties["url"] |= _ADDRESS
    for name, kind in TABLES.items():
        if name:
            properties[name] = _table(name, kind, lang)
    crosspost = properties[_CROSSPOST]
    platforms = list(platform_files())
    crosspost["properties"]["platforms"]["items"]["examples"] = platforms
    of_platform = _table(PLATFORM, PlatformSettings, lang)
    crosspost["properties"] |= {name: of_platform for name in platforms}
    crosspost["additionalProperties"] = of_platform  # platforms/NAME.toml of the site
    severities = {"enum": [OFF, *SEVERITIES]}
    properties[RULES] = {
        "type": "object",
        "properties": {rule: severities for rule in rules},
        "additionalProperties": severities,
    }
    properties[BOOK] = {"type": "array", "items": _book(lang)}
    return {
        "$schema": DIALECT,
        "title": "site.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _book(lang: str) -> dict[str, Any]:
    book, part = (_table(BOOK, BookSettings, lang), _table(PART, PartSettings, lang))
    for table in (book, part):
        table["properties"] |= {
            day: {**table["properties"][day], **_DAY} for day in ("since", "until")
        }
    book["properties"]["part"] = {"type": "array", "items": part}
    book["properties"][_PDF] = pdf_schema(lang)
    book["required"] = ["name"]
    return book


def post_platform_schema(lang: str) -> dict[str, Any]:
    """Return the schema of `crosspost: {NAME: ...}` in front matter."""
    settings = _table(POST_PLATFORM, PostSettings, lang)
    return {"anyOf": [settings, {"type": "boolean"}]}


def pdf_schema(lang: str) -> dict[str, Any]:
    """Return the schema of `pdf:` in front matter: the keys of [pdf]."""
    return _table(_PDF, Pdf, lang)


def _table(name: str, kind: type[Any], lang: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": _properties(name, kind, lang),
        "additionalProperties": False,
    }


def _properties(name: str, kind: type[Any], lang: str) -> dict[str, Any]:
    texts = setting_texts(lang)
    hints = typing.get_type_hints(kind)
    properties: dict[str, Any] = {}
    for item in dataclasses.fields(kind):
        schema = _of_type(hints[item.name])
        choices = choices_of(name, item.name)
        if choices:
            schema = {"enum": list(choices)}
        if item.default not in (None, dataclasses.MISSING):
            default = item.default
            schema["default"] = list(default) if isinstance(default, tuple) else default
        schema["description"] = texts[f"{name}.{item.name}" if name else item.name]
        properties[item.name] = schema
    return properties


def _of_type(hint: Any) -> dict[str, Any]:
    """Return the schema of a field's type; None, "as usual", is a key that is not there."""
    if isinstance(hint, types.UnionType):
        hint = next(option for option in typing.get_args(hint) if option is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": {"type": "string"}}
    return dict(_TYPES[hint])
