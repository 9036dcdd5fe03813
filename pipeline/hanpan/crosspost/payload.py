"""Payload: all files of one post for one platform."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from hanpan import tree
from hanpan.crosspost import pictures as numbered
from hanpan.crosspost.code_titles import write_titles
from hanpan.crosspost.field_types import FIELD_TYPES
from hanpan.crosspost.fields import fields_of, fill, fill_json, types_in
from hanpan.crosspost.lint.rules import RULES, TOLD_OF_THE_POST, lint
from hanpan.crosspost.lint.subject import Subject
from hanpan.crosspost.losses import Loss, in_words
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.lowerings import LOWERINGS
from hanpan.crosspost.platform import Body, Platform
from hanpan.crosspost.report import line_form, write_report
from hanpan.crosspost.tags import CHARSETS, REASONS, TagChange, cut_title, map_tags
from hanpan.crosspost.writers import WRITERS
from hanpan.files import sha256
from hanpan.problems import Problem, UsageError
from hanpan.site.crosspost import AI_LEVELS, PLATFORMS
from hanpan.source_lines import LineForm, line_mark
from hanpan.transforms.maths_svg import undrawn_problems
from hanpan.transforms.select import with_class
from hanpan.transforms.theme_pictures import drop_dark_pictures
from hanpan.tree import Element

SCHEMA_VERSION = 1
# a list of lines as `_json` writes it in manifest.json
_JSON_LINES = LineForm("[\n        {}\n      ]", between=",\n        ", none="[]")


@dataclass(frozen=True, slots=True)
class WrittenPayload:
    """All files of one post for one platform, and the problems to report."""

    title: str
    tags: tuple[TagChange, ...]
    root: Element  # the lowered tree
    texts: Mapping[str, str]  # the body's files by name
    files: Mapping[str, bytes]  # all files by name
    problems: tuple[Problem, ...]
    line_forms: Mapping[str, LineForm]  # how lines are written in the files that name some


def make_payload(body: Element, lowering: Lowering) -> WrittenPayload:
    """Lower a copy of `body` to the platform and write every file of its payload."""
    platform = lowering.platform
    check_names(platform)
    root = lower(body, lowering)
    texts, of_files = {}, []
    for name, writer in platform.body.files:
        without, own = platform.body.without.get(name), platform.body.own.get(name)
        if own:
            texts[name], losses = _by_hand(body, lowering, own, writer)
            of_files += [replace(loss, file=name) for loss in losses]
            continue
        shown = lower(body, replace(lowering, losses={}), without) if without else root
        texts[name] = WRITERS[writer](shown, lowering)
    losses = lowering.lost()
    losses += tuple(loss for loss in of_files if replace(loss, file="") not in losses)
    text = next(iter(texts.values()))
    tags = map_tags(
        lowering.document.meta.tags, platform.tag_rule, lowering.document.meta.categories
    )
    title = cut_title(lowering.document.meta.title, platform.title_max)
    fields = fields_of(lowering, title, tags, texts)
    files = {name: written.encode() for name, written in texts.items()}
    for file in platform.files:
        value = fill_json(file.json, fields) if file.json is not None else None
        fields[file.name] = fill(file.text, fields) if value is None else value
        name = fill(file.name, fields)
        files[name] = (_json(value) if value is not None else fields[file.name]).encode()
    titles = _title_problems(title, lowering)
    subject = Subject(platform, text, root, body, lowering.identity.url)
    problems = (
        *(titles if lowering.is_chosen else ()),
        *_size_problems(text, fields.get("request.json"), lowering),
        *_undrawn_problems(lowering),
        *lint(subject, (rule for rule in platform.lint if rule not in TOLD_OF_THE_POST)),
    )
    for picture in lowering.pictures.values():
        files[f"images/{picture.file}"] = picture.data
    # told in the report alone: not every site writes for all platforms
    asked = (
        *(() if lowering.is_chosen else titles),
        *_tag_problems(tags, lowering),
        *_ai_problems(lowering),
        *lint(subject, (rule for rule in platform.lint if rule in TOLD_OF_THE_POST)),
    )
    report = write_report(
        platform.label,
        lowering.document.source,
        losses,
        tags,
        tuple(lowering.pictures.values()),
        (*problems, *asked),
        lang=lowering.document.meta.lang,
    )
    files["report.md"] = report.encode()
    manifest = _manifest(lowering, losses, title, tags, fields["tags_joined"], text, problems)
    files["manifest.json"] = _json(manifest).encode()
    forms = {"report.md": line_form(lowering.document.meta.lang), "manifest.json": _JSON_LINES}
    return WrittenPayload(title, tags, root, texts, files, problems, forms)


def _by_hand(
    body: Element, lowering: Lowering, own: Body, writer: str
) -> tuple[str, tuple[Loss, ...]]:
    """Return a file that is lowered in its own way, to be pasted, and what it has lost.

    Nothing uploads its pictures: those without an address are marks.
    """
    platform = replace(lowering.platform, body=own, upload=False)
    other = replace(lowering, platform=platform, losses={})
    return WRITERS[writer](lower(body, other), other), other.lost()


_FENCED = frozenset(("markdown", "lexical"))  # writers that say a title with the fence


def check_names(platform: Platform) -> None:
    """Raise UsageError where a site's own platform names something unknown."""
    bodies = (platform.body, *platform.body.own.values())
    shapes = [platform.tag_rule.item, *(file.json for file in platform.files)]
    named: dict[str, tuple[tuple[str, ...], Iterable[str]]] = {
        "lowering": (
            tuple(name for body in bodies for name in body.lowerings),
            LOWERINGS,
        ),
        "writer": (tuple(writer for _, writer in platform.body.files), WRITERS),
        "lint rule": (platform.lint, RULES),
        "charset": ((platform.tag_rule.charset,), CHARSETS),
        "type of field": (types_in(shapes), FIELD_TYPES),
    }
    for kind, (names, known) in named.items():
        for name in names:
            if name not in known:
                message = f"the platform `{platform.name}` names an unknown {kind}: `{name}`"
                remedy = f"Known: {', '.join(sorted(known))}."
                path = f"{PLATFORMS}/{platform.name}.toml"
                problem = Problem("crosspost-platform", "error", message, path, None, remedy)
                raise UsageError(problem)


def lower(body: Element, lowering: Lowering, without: Sequence[str] = ()) -> Element:
    """Return a copy of a body, lowered to the platform; `without` names lowerings to leave out."""
    root = deepcopy(body)
    for mark in with_class(root, "div", "page-break"):
        tree.remove(mark)  # platforms have no pages
    drop_dark_pictures(root)
    if not _FENCED.intersection(dict(lowering.platform.body.files).values()):
        write_titles(root)
        for pre in root.iter("pre"):  # other writers report it themselves
            if pre.get("data-lines") or pre.get("data-numbers"):
                lowering.lose("code-lines", at=pre)
    for name in lowering.platform.body.lowerings:
        if name not in without:
            LOWERINGS[name](root, lowering)
    return root


def _title_problems(title: str, lowering: Lowering) -> tuple[Problem, ...]:
    if title == lowering.document.meta.title:
        return ()
    most = lowering.platform.title_max
    return (
        Problem(
            "crosspost-title",
            "info",  # the report has it too: not every site writes for all platforms
            f"{lowering.platform.label}: the title is longer than {most} characters and was cut",
            remedy=f"It is now `{title}`; shorten the title to choose for yourself.",
        ),
    )


def _undrawn_problems(lowering: Lowering) -> tuple[Problem, ...]:
    source = lowering.document.source
    return undrawn_problems(lowering.undrawn, source, "payloads", "is shown as TeX")


def _tag_problems(tags: tuple[TagChange, ...], lowering: Lowering) -> Iterator[Problem]:
    """Yield a problem where the platform would refuse the post for want of tags."""
    least = lowering.platform.tag_rule.min
    if sum(1 for change in tags if change.after) < least:
        label = lowering.platform.label
        message = f"{label}: the post has fewer tags than the {least} that are required there"
        remedy = "Write `tags:` into the front matter."
        yield Problem("crosspost-tags", "info", message, remedy=remedy)


def _ai_problems(lowering: Lowering) -> Iterator[Problem]:
    """Yield a problem where the platform asks how much AI wrote, and the author has not said it."""
    if lowering.platform.ai_disclosure and not lowering.settings.ai_disclosure_level:
        label = lowering.platform.label
        message = f"{label}: nothing is said of how much of the post AI wrote"
        remedy = f"Write `ai_disclosure_level:` into the front matter: {', '.join(AI_LEVELS)}."
        yield Problem("crosspost-ai", "info", message, remedy=remedy)


def _size_problems(text: str, request: Any, lowering: Lowering) -> Iterator[Problem]:
    """Yield what is too large: the body, or the request's whole body as it is sent."""
    body, label = lowering.platform.body, lowering.platform.label
    sent = json.dumps(request["body"], ensure_ascii=False) if request else ""
    for what, size, most in (
        ("the body", len(text.encode()), body.max_bytes),
        ("the request", len(sent.encode()), body.max_request_bytes),
    ):
        if most and size > most:
            message = f"{label}: {what} has {size:,} bytes, at most {most:,} are allowed"
            yield Problem("crosspost-size", "error", message, remedy="Split the post.")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _manifest(
    lowering: Lowering,
    losses: Sequence[Loss],
    title: str,
    tags: tuple[TagChange, ...],
    tags_text: str,
    text: str,
    problems: tuple[Problem, ...],
) -> dict[str, Any]:
    """Return manifest.json: what later steps need to publish, compare and explain."""
    meta = lowering.document.meta
    return {
        "schema_version": SCHEMA_VERSION,
        "platform": lowering.platform.name,
        "label": lowering.platform.label,
        "entry": lowering.platform.entry,
        "client": lowering.platform.client or None,
        "publish": lowering.publish,
        "steps": lowering.platform.steps,
        "title": title,
        "slug": lowering.document.slug,
        "lang": meta.lang,
        "date": meta.date,
        "canonical_url": meta.canonical_url or None,
        "categories": list(meta.categories),
        "source": lowering.document.source,
        "document_sha256": lowering.document_sha256,
        "content_sha256": sha256(text.encode()),
        "body": [name for name, _ in lowering.platform.body.files],
        "rich": lowering.platform.rich or None,
        "copy": lowering.platform.copy,
        "tags_text": tags_text,
        "tags": [
            {
                "in": change.before,
                "out": change.after or None,
                "reason": REASONS[change.reason].text(lowering.lang) if change.reason else None,
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
                "detail": loss.detail,
                "what": in_words(loss, lowering.lang)[0],
                "count": loss.count,
                "file": loss.file,
                "lines": line_mark(loss.elements) if loss.elements else [],
            }
            for loss in losses
        ],
        "warnings": [
            {"rule": p.rule, "severity": p.severity, "message": p.message, "remedy": p.remedy}
            for p in problems
        ],
        "remote": {"id": None, "url": None, "updated_at": None},
    }
