"""Payload: all files that one platform takes of one post."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pipeline.crosspost import pictures as numbered
from pipeline.crosspost.lint import Subject, lint
from pipeline.crosspost.losses import in_words
from pipeline.crosspost.lowering import Lowering
from pipeline.crosspost.lowerings import LOWERINGS
from pipeline.crosspost.report import write_report
from pipeline.crosspost.tags import REASONS, TagChange, cut_title, map_tags
from pipeline.crosspost.writers import WRITERS
from pipeline.files import sha256
from pipeline.problems import Problem
from pipeline.tree import Element

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Payload:
    """What one platform gets of one post, and what there is to tell the author."""

    title: str
    tags: tuple[TagChange, ...]
    root: Element  # the lowered tree
    texts: Mapping[str, str]  # the body's files by name
    files: Mapping[str, bytes]  # all files by name Mapping[str, bytes]
    problems: tuple[Problem, ...]


def make_payload(body: Element, lowering: Lowering) -> Payload:
    """Lower a copy of `body` to the platform and write every file of its payload."""
    platform = lowering.platform
    root = deepcopy(body)
    for name in platform.body.lowerings:
        LOWERINGS[name](root, lowering)
    texts = {name: WRITERS[writer](root, lowering) for name, writer in platform.body.files}
    text = next(iter(texts.values()))
    tags = map_tags(lowering.document.meta.tags, platform.tag_rule)
    title = cut_title(lowering.document.meta.title, platform.title_max)
    problems = (
        *_title_problems(title, lowering),
        *_size_problems(text, lowering),
        *lint(Subject(platform, text, root, body)),
    )
    fields = _fields(lowering, title, tags, text)
    files = {name: written.encode() for name, written in texts.items()}
    for file in platform.files:
        if file.json is None:
            files[file.name] = _filled(file.text, fields).encode()
        else:
            fields[file.name] = _filled_json(file.json, fields)
            files[file.name] = _json(fields[file.name]).encode()
    for picture in lowering.pictures.values():
        files[f"images/{picture.file}"] = picture.data
    said = write_report(
        platform.label,
        lowering.document.source,
        lowering.lost(),
        tags,
        tuple(lowering.pictures.values()),
        problems,
        lang=lowering.document.meta.lang,
    )
    files["report.md"] = said.encode()
    files["manifest.json"] = _json(_manifest(lowering, title, tags, text, problems)).encode()
    return Payload(title, tags, root, texts, files, problems)


def _title_problems(title: str, lowering: Lowering) -> tuple[Problem, ...]:
    if title == lowering.document.meta.title:
        return ()
    most = lowering.platform.title_max
    return (
        Problem(
            "crosspost-title",
            "warning",
            f"{lowering.platform.label}: the title is longer than {most} characters and was cut",
            remedy=f"It is now `{title}`; shorten the title to choose for yourself.",
        ),
    )


def _size_problems(text: str, lowering: Lowering) -> tuple[Problem, ...]:
    size, most = len(text.encode()), lowering.platform.body.max_bytes
    if not most or size <= most:
        return ()
    message = f"{lowering.platform.label}: the body has {size} bytes, at most {most} are taken"
    return (Problem("crosspost-size", "error", message, remedy="Split the post."),)


def _fields(
    lowering: Lowering, title: str, tags: tuple[TagChange, ...], body: str
) -> dict[str, Any]:
    """Return what `$name` stands for in a platform's files."""
    meta, rule = lowering.document.meta, lowering.platform.tag_rule
    kept = [change.after for change in tags if change.after]
    upload = lowering.platform.upload
    teaser = next((p for p in lowering.pictures.values() if p.role == "teaser"), None)
    return {
        "title": title,
        "slug": lowering.document.slug,
        "date": meta.date,
        "excerpt": meta.excerpt,
        "canonical_url": meta.canonical_url,
        "category": meta.categories[0] if meta.categories else "",
        "categories": list(meta.categories),
        "tags": kept,
        "tags_joined": rule.join.join(rule.prefix + tag for tag in kept),
        "cover": numbered.as_json(teaser, upload=upload) if teaser else "",
        "cover_url": (teaser.url or (teaser.placeholder if upload else "")) if teaser else "",
        "images": [numbered.as_json(p, upload=upload) for p in lowering.pictures.values()],
        "body": body,
    }


def _filled(text: str, fields: Mapping[str, Any]) -> str:
    """Return a file's text with the fields in the place of `$name`."""
    return re.sub(r"\$(\w+)", lambda found: str(fields[found[1]]), text)


def _filled_json(value: Any, fields: Mapping[str, Any]) -> Any:
    """Replace `$name` by a field; a key whose `$?name` is empty is left out.

    A JSON file above is a field too: `$post.json` is what it holds.
    """
    if isinstance(value, str):
        found = re.fullmatch(r"\$\??([\w.-]+)", value)
        return fields[found[1]] if found else value
    if isinstance(value, list):
        return [_filled_json(item, fields) for item in value]
    if isinstance(value, dict):
        return {
            key: _filled_json(item, fields)
            for key, item in value.items()
            if not (isinstance(item, str) and item[:2] == "$?" and not fields[item[2:]])
        }
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _manifest(
    lowering: Lowering,
    title: str,
    tags: tuple[TagChange, ...],
    text: str,
    problems: tuple[Problem, ...],
) -> dict[str, Any]:
    """Return manifest.json: what a later step needs to publish, to compare and to explain."""
    meta, side = lowering.document.meta, 0 if lowering.korean else 1
    return {
        "schema_version": SCHEMA_VERSION,
        "platform": lowering.platform.name,
        "label": lowering.platform.label,
        "entry": lowering.platform.entry,
        "publish": lowering.publish,
        "steps": lowering.platform.steps,
        "title": title,
        "slug": lowering.document.slug,
        "lang": meta.lang,
        "date": meta.date,
        "canonical_url": meta.canonical_url or None,
        "categories": list(meta.categories),
        "source": lowering.document.source,
        "document_sha256": sha256(lowering.document.as_json().encode()),
        "content_sha256": sha256(text.encode()),
        "body": [name for name, _ in lowering.platform.body.files],
        "tags": [
            {
                "in": change.before,
                "out": change.after or None,
                "reason": REASONS[change.reason][side] if change.reason else None,
            }
            for change in tags
        ],
        "images": [
            numbered.as_json(picture, upload=lowering.platform.upload)
            for picture in lowering.pictures.values()
        ],
        "dropped": [
            {
                "name": loss.name,
                "what": in_words(loss, lowering.lang)[0],
                "count": loss.count,
                "lines": loss.lines,
            }
            for loss in lowering.lost()
        ],
        "warnings": [
            {"rule": p.rule, "severity": p.severity, "message": p.message} for p in problems
        ],
        "remote": {"id": None, "url": None, "updated_at": None},
    }
