"""The schemas for editors take what hanpan takes, and mark what it refuses."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from hanpan.messages.rules import rule_titles
from hanpan.messages.settings import post_texts, setting_texts
from hanpan.problems import UsageError
from hanpan.site import load_site
from hanpan.site.checks import ARRAYS, NAMED, choices_of
from hanpan.site.schema import site_schema
from hanpan.site.tables import TABLES
from hanpan.source.front_matter.keys import KNOWN
from hanpan.source.front_matter.schema import post_schema
from tests.support.command import ROOT, hanpan

SITE = site_schema("en", rule_titles())
POST = post_schema("en")


def is_valid(schema: dict[str, Any], data: object) -> bool:
    return bool(Draft202012Validator(schema).is_valid(data))


def plain(data: object) -> object:
    """Return YAML's data as an editor's JSON: days are texts."""
    return json.loads(json.dumps(data, default=str))


def front_matter(path: Path) -> object:
    return plain(yaml.safe_load(path.read_text("utf-8").split("---", 2)[1]))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_schemas_are_schemas(lang: str) -> None:
    Draft202012Validator.check_schema(site_schema(lang, rule_titles()))
    Draft202012Validator.check_schema(post_schema(lang))


def test_every_setting_is_in_the_schema_with_its_default_and_its_meaning() -> None:
    places = {**TABLES, **ARRAYS, **NAMED}
    keys = set()
    for table, kind in places.items():
        for item in dataclasses.fields(kind):
            keys.add(f"{table}.{item.name}" if table else item.name)
    for lang in ("en", "ko"):
        assert keys <= setting_texts(lang).keys()
    described = ROOT / "pipeline" / "hanpan" / "messages" / "settings.toml"
    rows = tomllib.loads(described.read_text("utf-8"))
    assert rows.keys() - {"post"} <= keys
    for table, kind in TABLES.items():
        properties = SITE["properties"]
        properties = properties[table]["properties"] if table else properties
        for item in dataclasses.fields(kind):
            schema = properties[item.name]
            default = list(item.default) if isinstance(item.default, tuple) else item.default
            assert schema.get("default") == default and schema["description"]
            if choices := choices_of(table, item.name):
                assert schema["enum"] == list(choices)
    assert SITE["properties"]["rules"]["properties"].keys() == rule_titles().keys()


def test_our_own_site_and_posts_are_valid() -> None:
    assert is_valid(SITE, tomllib.loads((ROOT / "site.toml").read_text("utf-8")))
    for path in sorted((ROOT / "posts").glob("*.md")):
        assert is_valid(POST, front_matter(path)), path.name


@pytest.mark.parametrize(
    "text",
    [
        'tilte = "x"',
        "title = 3",
        'url = "hanpan.example"',
        "[pdf]\npage = 5",
        '[pdf]\nprofile = "printer"',
        '[html]\ntoc_minimum = "3"',
        "[html]\ntoc_minimum = 2.5",
        "[source]\nposts = [1]",
        '[source]\nfuture = "yes"',
        '[rules]\nalt-empty = "loud"',
        '[crosspost.velog]\nbacklink = "left"',
        '[crosspost.velog]\nkey = "x"',
        '[crosspost]\nbacklinks = "top"',
        '[[book]]\nname = "a"\norder = "random"',
        '[[book]]\ntitle = "without a name"',
        '[[book]]\nname = "a"\n[[book.part]]\nlang = "ko"',
        '[[book]]\nname = "a"\n[book.pdf]\npages = "A5"',
    ],
)
def test_what_hanpan_refuses_is_marked(text: str, tmp_path: Path) -> None:
    assert not is_valid(SITE, tomllib.loads(text))
    (tmp_path / "site.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError):
        load_site(tmp_path)


def test_what_hanpan_takes_is_not_marked(tmp_path: Path) -> None:
    text = """
title = "글"
url = "https://hanpan.example/blog"
[remote]
timeout = 3
[pdf]
links = "notes"
toc = false
[rules]
alt-empty = "off"
[crosspost]
platforms = ["velog", "mine"]
[crosspost.mine]
tags = ["a"]
[crosspost.devto]
publish = false
[[book]]
name = "책"
since = "2021-10-07"
[book.pdf]
page = "A5"
[[book.part]]
title = "1부"
posts = ["*"]
"""
    (tmp_path / "platforms").mkdir()
    velog = ROOT / "pipeline/hanpan/crosspost/platforms/velog.toml"
    (tmp_path / "platforms" / "mine.toml").write_bytes(velog.read_bytes())
    (tmp_path / "site.toml").write_text(text, "utf-8")
    load_site(tmp_path)
    errors = Draft202012Validator(SITE).iter_errors(tomllib.loads(text))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("title: 글\ndate: 2026-01-04\ntags: [가, 나]\ncategories: 개발\nclasses: wide", True),
        ("title: 2026\ntoc:\nlast_modified_at: 2026-01-04 10:00:00 +0900", True),
        ("crosspost: {velog: false, devto: {tags: [a], title: x}}", True),
        ("pdf: {page: A5, qr: false}", True),
        ("series: {name: 연재}\nauthor: {name: 한판}\nheader: {teaser: /a.png}", True),
        ("toc: 3", False),
        ("published: 'no'", False),
        ("pdf: {pages: A5}", False),
        ("pdf: {profile: printer}", False),
        ("crosspost: {devto: {publish: 1}}", False),
        ("crosspost: {devto: {folder: x}}", False),
        ("ai_disclosure_level: lots", False),
        ("lang: 한국어", False),
        ("header: /a.png", False),
    ],
)
def test_front_matter(text: str, good: bool) -> None:
    assert is_valid(POST, plain(yaml.safe_load(text))) == good


def test_known_keys_are_completed_and_those_that_are_read_described() -> None:
    assert POST["properties"].keys() == KNOWN
    described = {key for key, schema in POST["properties"].items() if "description" in schema}
    assert described == post_texts("en").keys() == post_texts("ko").keys()


def test_the_command_prints_them(tmp_path: Path) -> None:
    assert json.loads(hanpan("schema", "site", cwd=tmp_path).out) == SITE
    korean = json.loads(hanpan("schema", "post", "--lang", "ko", cwd=tmp_path).out)
    assert korean == post_schema("ko")
