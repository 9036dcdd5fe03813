"""JSON Schema of front matter: what hanpan reads of it, and the keys that themes know."""

from __future__ import annotations

from typing import Any

from hanpan.messages.settings import post_texts
from hanpan.site.crosspost import AI_LEVELS, platform_files
from hanpan.site.schema import DIALECT, pdf_schema, post_platform_schema
from hanpan.source.front_matter.keys import KNOWN

_TEXT = {"type": ["string", "number"]}  # `title: 2026` is a number to YAML
_NAMES = {
    "anyOf": [_TEXT, {"type": "array", "items": {"type": ["string", "number", "object", "array"]}}]
}
_SWITCH = {"type": "boolean"}
_DATE = {"type": "string"}


def post_schema(lang: str) -> dict[str, Any]:
    """Return the schema of front matter with descriptions in a language, ko or en.

    Keys that hanpan does not know are allowed: themes have their own. A key that is there and
    empty is one that is not there.
    """
    platform = post_platform_schema(lang)
    shapes: dict[str, dict[str, Any]] = {
        "title": _TEXT,
        "date": _DATE,
        "last_modified_at": _DATE,
        "excerpt": _TEXT,
        "description": _TEXT,
        "categories": _NAMES,
        "tags": _NAMES,
        "author": {"anyOf": [_TEXT, {"type": ["object", "array"]}]},
        "lang": {"type": "string", "pattern": "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"},
        "toc": _SWITCH,
        "series": {"anyOf": [_TEXT, {"type": ["object", "array"]}]},
        "published": _SWITCH,
        "draft": _SWITCH,
        "permalink": {"type": "string"},
        "canonical_url": {"type": "string"},
        "header": {"type": "object"},
        "pdf": pdf_schema(lang),
        "crosspost": {
            "type": "object",
            "properties": {name: platform for name in platform_files()},
            "additionalProperties": platform,
        },
        "ai_disclosure_level": {"enum": list(AI_LEVELS)},
    }
    texts = post_texts(lang)
    known: dict[str, dict[str, Any]] = {name: {} for name in sorted(KNOWN - shapes.keys())}
    own = {
        name: {"anyOf": [shape, {"type": "null"}], "description": texts[name]}
        for name, shape in shapes.items()
    }
    return {
        "$schema": DIALECT,
        "title": "front matter",
        "type": "object",
        "properties": own | known,
    }
