"""Fields: what `$name` stands for in the files of a payload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hanpan.crosspost import pictures as numbered
from hanpan.crosspost.field_types import FIELD_TYPES, as_json
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.slugs import map_slug
from hanpan.crosspost.tags import SPELLED, TagChange, cut_title

_FIELD = re.compile(r"\$(?P<if>[?!]?)(?P<name>[\w./$-]+)(?:\|(?P<type>\w+))?")


def fields_of(
    lowering: Lowering, title: str, tags: tuple[TagChange, ...], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return what `$name` stands for in a platform's files; the first of `texts` is the body."""
    meta, rule = lowering.document.meta, lowering.platform.tag_rule
    kept = [change.after for change in tags if change.after]
    upload = lowering.platform.upload
    teaser = lowering.teaser
    return {
        "title": title,
        "title_json": as_json(title),
        "slug": map_slug(lowering.slug or lowering.document.slug, lowering.platform.slug_rule),
        "date": meta.date,
        "excerpt": cut_title(meta.excerpt, lowering.platform.excerpt_max),
        "canonical_url": meta.canonical_url,
        "category": meta.categories[0] if meta.categories else "",
        "categories": list(meta.categories),
        "series": meta.series,
        "ai_disclosure_level": lowering.settings.ai_disclosure_level,
        "tags": kept,
        "tag_items": [_item(tag, rule.item) for tag in kept],
        "tags_json": as_json(kept),
        "tags_joined": rule.join.join(rule.prefix + tag for tag in kept),
        "cover": numbered.as_json(teaser, upload=upload) if teaser else "",
        "cover_url": (teaser.url or (teaser.placeholder if upload else "")) if teaser else "",
        "cover_alt": teaser.alt if teaser else "",
        "images": [numbered.as_json(p, upload=upload) for p in lowering.pictures.values()],
        "body": next(iter(texts.values())),
        **texts,
    }


def fill(text: str, fields: Mapping[str, Any]) -> str:
    """Return a file's text with fields instead of `$name`; `$$` is a dollar sign."""
    return re.sub(r"\$(\$|\w+)", lambda m: "$" if m[1] == "$" else str(fields[m[1]]), text)


def fill_json(value: Any, fields: Mapping[str, Any]) -> Any:
    """Replace `$name` by a field; a key whose `$?name` is empty is left out.

    So is a table in which a `$!name` is empty, which would mean nothing without it. `$name|html`
    writes a text, or each of a list, as a type of field_types.py. An earlier file is a field too:
    `$post.json` is its contents.
    """
    if isinstance(value, str):
        match = _FIELD.fullmatch(value)
        return _typed(fields[match["name"]], match["type"]) if match else value
    if isinstance(value, list):
        return [fill_json(item, fields) for item in value]
    if isinstance(value, dict):
        return {
            key: fill_json(item, fields)
            for key, item in value.items()
            if not _is_left_out(item, fields)
        }
    return value


def types_in(value: Any) -> tuple[str, ...]:
    """Return the types that the fields of a JSON value are given."""
    if isinstance(value, str):
        match = _FIELD.fullmatch(value)
        return (match["type"],) if match and match["type"] else ()
    if isinstance(value, dict):
        value = list(value.values())
    return tuple(name for i in value for name in types_in(i)) if isinstance(value, list) else ()


def _typed(value: Any, name: str | None) -> Any:
    if not name:
        return value
    write = FIELD_TYPES[name]
    return [write(item) for item in value] if isinstance(value, list) else write(value)


def _is_left_out(item: Any, fields: Mapping[str, Any]) -> bool:
    if isinstance(item, dict):
        matches = [_FIELD.fullmatch(text) for text in item.values() if isinstance(text, str)]
        return not all(fields[m["name"]] for m in matches if m and m["if"] == "!")
    match = _FIELD.fullmatch(item) if isinstance(item, str) else None
    return bool(match and match["if"] == "?" and not fields[match["name"]])


def _item(tag: str, item: Any) -> Any:
    """Return a tag in the shape of the platform's rule."""
    name = tag.casefold()
    slug = SPELLED.get(name) or re.sub(r"[\W_]+", "-", name).strip("-") or tag
    return fill_json(item, {"tag": tag, "tag_slug": slug})
