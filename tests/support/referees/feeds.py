"""Whether feeds and catalogues are what their specifications say.

No package that may be had has the schemas of Atom, JSON Feed and OPDS 1.2, so these are written for
the tests, from the text of RFC 4287, jsonfeed.org/version/1.1 and specs.opds.io/opds-1.2. OPDS 2.0
is judged by the Palace Project's parser as well, which libraries import catalogues with.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from lxml import etree, html

from tests.support.command import ROOT

PACKAGES = ROOT / ".venv" / "feeds"
_A = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/terms/}"
_ACQUISITION = "http://opds-spec.org/acquisition"
_CATALOGUE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_IMAGES = ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail")

_PALACE = """
import json, logging, sys
logging.disable(logging.CRITICAL)
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory
result = OPDS2FeedParserFactory().create().parse_json(json.load(sys.stdin))
for error in result.errors:
    print(" ".join(str(error).split())[:300])
"""
_ADDRESS = {"type": "string", "pattern": r"^https?://[^\s<>\"{}|\\^`]+$"}
_MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
_LANG = {"type": "string", "pattern": r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}
_TEXT = {"type": "string", "minLength": 1}
_AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": _TEXT, "url": _ADDRESS, "avatar": _ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
_JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT,
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "description": _TEXT,
        "icon": _ADDRESS,
        "favicon": _ADDRESS,
        "authors": _AUTHORS,
        "language": _LANG,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": _TEXT,
                    "url": _ADDRESS,
                    "external_url": _ADDRESS,
                    "title": _TEXT,
                    "content_html": _TEXT,
                    "content_text": _TEXT,
                    "summary": _TEXT,
                    "image": _ADDRESS,
                    "banner_image": _ADDRESS,
                    "date_published": _MOMENT,
                    "date_modified": _MOMENT,
                    "authors": _AUTHORS,
                    "tags": {"type": "array", "items": _TEXT, "uniqueItems": True},
                    "language": _LANG,
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def atom_faults(data: bytes) -> list[str]:
    """Return what in an Atom feed is not as RFC 4287 says; all addresses must be absolute."""
    root = etree.fromstring(data)
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    grammar.validate(root)
    faults = [f"line {error.line}: {error.message}" for error in grammar.error_log]
    entries = root.findall(f"{_A}entry")
    faults += _twice("id", [root.findtext(f"{_A}id"), *(e.findtext(f"{_A}id") for e in entries)])
    has_author = root.find(f"{_A}author") is not None
    for element in (root, *entries):
        name = element.findtext(f"{_A}title") or ""
        links = element.findall(f"{_A}link")
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in links
            if link.get("rel", "alternate") == "alternate"
        ]
        faults += _twice(f"alternate link of {name}", alternates)  # 4.1.1, 4.1.2
        faults += [f"{name}: its id is no IRI"] * (not urlsplit(element.findtext(f"{_A}id")).scheme)
        if element is root:
            continue
        if not has_author and element.find(f"{_A}author") is None:
            faults.append(f"{name}: neither it nor the feed has an author")
        content = element.find(f"{_A}content")
        if content is None and not alternates:
            faults.append(f"{name}: neither content nor an alternate link")
        if content is not None and content.get("type") == "html":
            faults += [f"{name}: {fault}" for fault in _relative(content.text or "")]
    return faults


def json_feed_faults(data: bytes) -> list[str]:
    """Return what in a JSON feed is not as version 1.1 says."""
    feed = json.loads(data)
    errors = jsonschema.Draft202012Validator(_JSON_FEED).iter_errors(feed)
    faults = [f"{list(error.path)}: {error.message[:200]}" for error in errors]
    faults += _twice("id", [item.get("id") for item in feed.get("items", ())])
    for item in feed.get("items", ()):
        faults += _relative(item.get("content_html", ""))
    return faults


def opds_1_faults(data: bytes) -> list[str]:
    """Return what in a feed of acquisition is not as OPDS 1.2 says; it is an Atom feed, too."""
    faults = [fault for fault in atom_faults(data) if "its id is no IRI" not in fault]
    root = etree.fromstring(data)
    rels = {link.get("rel"): link.get("type") for link in root.findall(f"{_A}link")}
    for rel in ("self", "start"):  # 2.1, 2.3
        faults += [f"no link `{rel}` to a catalogue"] * (rels.get(rel) != _CATALOGUE)
    for entry in root.findall(f"{_A}entry"):
        name = entry.findtext(f"{_A}title")
        links = entry.findall(f"{_A}link")
        acquired = [link for link in links if (link.get("rel") or "").startswith(_ACQUISITION)]
        faults += [f"{name}: no link of acquisition"] * (not acquired)  # 5.1
        faults += [f"{name}: a link without type" for link in acquired if not link.get("type")]
        for link in links:  # 5.2.2: GIF, JPEG or PNG
            if link.get("rel") in _IMAGES and link.get("type") not in (
                "image/gif", "image/jpeg", "image/png",
            ):  # fmt: skip
                faults.append(f"{name}: a picture of type {link.get('type')}")
        summary = entry.find(f"{_A}summary")
        faults += [f"{name}: a summary that is no text"] * (
            summary is not None and summary.get("type", "text") != "text"
        )
        faults += [f"{name}: no dc:language"] * (not entry.findtext(f"{_DC}language"))
    return faults


def opds_2_faults(data: bytes) -> list[str]:
    """Return what the Palace Project's parser finds in an OPDS 2.0 feed."""
    if not PACKAGES.is_dir():
        pytest.skip("palace-webpub-manifest-parser is not in .venv/feeds (`make conformance`)")
    # in a process of its own: jsonschema looks for what checks formats when it is loaded
    run = subprocess.run(
        [sys.executable, "-c", _PALACE],
        input=data,
        capture_output=True,
        env={"PYTHONPATH": str(PACKAGES), "PYTHONWARNINGS": "ignore"},
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().splitlines()


def _twice(what: str, values: list[Any]) -> list[str]:
    return [f"{what} twice: {value}" for value, count in Counter(values).items() if count > 1]


def _relative(text: str) -> Iterator[str]:
    """Yield the addresses of a text that a reader of feeds cannot follow."""
    for element in html.fragment_fromstring(text, create_parent="div").iter(etree.Element):
        for name in ("href", "src"):
            address = element.get(name)
            if address is not None and not urlsplit(address).scheme:
                yield f"a relative address: {address}"
