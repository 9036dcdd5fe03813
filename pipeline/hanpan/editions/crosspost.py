"""The cross-post edition: one payload folder for each platform that site.toml names."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from urllib.parse import quote

from markupsafe import Markup

from hanpan import tree
from hanpan.conservation import Fault, report_faults, take_inventory
from hanpan.crosspost.kept import faults_of_payload
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.overrides import apply_overrides, post_settings
from hanpan.crosspost.paste import line_form, paste_page
from hanpan.crosspost.payload import WrittenPayload, make_payload
from hanpan.crosspost.pictures import number_pictures
from hanpan.crosspost.platform import load_platforms
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered
from hanpan.editions.templates import fill, layout_text
from hanpan.files import Files, sha256
from hanpan.problems import Problem
from hanpan.site import Crosspost, Identity
from hanpan.site.crosspost import Platforms, PostSettings
from hanpan.source_lines import take_marks
from hanpan.transforms.element_numbers import number_elements, strip_numbers
from hanpan.transforms.embed_cards import mark_frames


def render(document: Document, files: Files) -> Rendered:
    """Return the payloads of a document for all platforms of [crosspost].platforms."""
    settings, identity = files.settings(Crosspost), files.settings(Identity)
    body = tree.parse_xml(document.body)
    number_elements(body)
    mark_frames(body)
    inventory = take_inventory(body)
    pictures = number_pictures(document, body, files)
    artifacts: list[Artifact] = []
    products: dict[str, str] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    problems: dict[Problem, None] = {}  # a set in order: platforms find the same things
    own, site = post_settings(document, files), files.settings(Platforms)
    fingerprint = sha256(document.as_json().encode())
    for platform in load_platforms(settings.platforms, files):
        name = platform.name
        asked = apply_overrides(document, own.get(name, PostSettings()), site.of(name), settings)
        if not asked.payload:
            continue
        lowering = Lowering(
            asked.document,
            platform,
            files,
            identity,
            asked.settings,
            pictures,
            publish=asked.publish,
            document_sha256=fingerprint,
            slug=asked.slug,
        )
        payload = make_payload(body, lowering)
        faults[platform.label] = faults_of_payload(body, inventory, payload, lowering)
        folder = f"{document.slug}/crosspost/{name}"
        artifacts += _artifacts(folder, payload, lowering)
        products[f"crosspost/{name}"] = folder
        problems |= {_as_reported(p, document): None for p in payload.problems}
    placed = report_faults(document, faults)
    return Rendered(tuple(artifacts), products, tuple(problems), placed=placed)


def _as_reported(problem: Problem, document: Document) -> Problem:
    """Return a payload's problem as the build tells it.

    A body that is too large for a platform does not fail a build whose other payloads are good: the
    manifest calls it an error, and publishing refuses it.
    """
    severity = "warning" if problem.rule == "crosspost-size" else problem.severity
    return replace(problem, path=document.source, severity=severity)


def _artifacts(folder: str, payload: WrittenPayload, lowering: Lowering) -> Iterator[Artifact]:
    """Yield the files of a payload; those that report name lines, which are not known here."""
    forms = {**payload.line_forms, "preview.html": line_form(lowering.document.meta.lang)}
    files = {**payload.files, "preview.html": preview(payload, lowering).encode()}
    for name, data in files.items():
        path = f"{folder}/{name}"
        if name in forms:
            yield Artifact(path, *take_marks(data.decode(), forms[name]))
        else:
            yield Artifact(path, data)


def preview(payload: WrittenPayload, lowering: Lowering) -> str:
    """Return preview.html: the page to paste from, with the payload as it will look."""
    files = lowering.files
    platform = lowering.platform
    page = paste_page(
        lambda name: payload.files[name].decode(),
        lowering.document.meta.lang,
        None if platform.rich in platform.body.own else payload.root,
    )
    page["pictures"] = [{**p, "href": quote(p["local"])} for p in page["pictures"]]
    script = files.layout("preview/payload.js")
    return fill(
        files,
        "crosspost/preview.html",
        page=page,
        body=_look(payload, lowering),
        styles=Markup(layout_text(files, "styles/tokens.css", "preview/payload.css")),
        script=Markup(script.decode()),
        script_hash=b64encode(
            hashlib.sha256(script).digest()
        ).decode(),  # Content Security Policy 3, 2.3.1
    )


def _look(payload: WrittenPayload, lowering: Lowering) -> Markup:
    """Return the body as a reader will see it, its pictures from the folder beside the page."""
    name, text = next(iter(payload.texts.items()))
    if name.endswith(".txt"):
        return Markup('<div class="text">{}</div>').format(text)
    shown = deepcopy(payload.root)
    strip_numbers(shown)
    local = {p.url or p.placeholder: f"images/{p.file}" for p in lowering.pictures.values()}
    for img in shown.iter("img"):
        source = img.get("src") or ""
        img.set("src", local.get(source, source))
    for block in shown.iter("pre"):
        block.set("tabindex", "0")  # it may scroll, and the keyboard must reach it
    return Markup(tree.inner_html(shown))
