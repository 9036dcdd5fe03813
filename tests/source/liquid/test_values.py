"""Values of Liquid: what a filter makes of one, and where it gives up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanpan.files import Files
from hanpan.site import load_site
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.liquid import render
from hanpan.source.liquid.ruby import to_json as jsonify
from hanpan.source.liquid.values import list_of, number_of, property_of
from tests.support.reading import Web


def test_json_of_what_is_too_long_or_too_deep_is_refused() -> None:
    assert len(json.loads(jsonify([0] * 99_999))) == 99_999
    with pytest.raises(ValueError, match="too much"):
        jsonify([0] * 100_000)
    nested: object = "a"
    for _ in range(20):
        nested = [nested]
    assert jsonify(nested) == "[" * 20 + '"a"' + "]" * 20
    with pytest.raises(ValueError, match="too much"):
        jsonify([nested])


def test_json_has_every_kind_of_value() -> None:
    value = {"가": [1, 2.5, True, None, "나"], 3: ("a",)}
    assert json.loads(jsonify(value)) == {"가": [1, 2.5, True, None, "나"], "3": ["a"]}


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("가", ["가"]),
        (None, []),
        ({"a": 1}, [{"a": 1}]),
        ((1, [2, (3,)]), [1, 2, 3]),
        (range(2), [0, 1]),
        (7, [7]),
    ],
)
def test_every_value_is_a_list(value: object, items: list[object]) -> None:
    assert list_of(value) == items


def test_a_property_may_be_one_of_another() -> None:
    item = {"author": {"name": "글쓴이"}, "tags": ["a"]}
    assert property_of(item, "author.name") == "글쓴이"
    assert property_of(item, "author.email") is None
    assert property_of(item, "tags.first") is None


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), (2.5, 2.5), (" 12권", 12), ("-1.5", -1.5), ("권", 0), ("", 0)]
)
def test_every_value_is_a_number(value: object, number: float) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    ("permalink", "known"),
    [
        ("/:year/:title/", "/2026/a"),
        ("/:title.html", "/a"),
        ("/:year/:month/:title", "/2026/03/a"),
        ("/:title/", "/a"),
    ],
)
def test_the_id_of_a_post_is_beside_its_page(tmp_path: Path, permalink: str, known: str) -> None:
    """Document#id of Jekyll: File.dirname of the url, which knows no slash at its end."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text(f"url: https://a.example\npermalink: {permalink}\n")
    (tmp_path / "_posts/2026-03-01-a.md").write_text("---\ntitle: a\n---\n{{ page.id }}\n")
    files = Files(load_site(tmp_path), Web())
    post = parse_post("_posts/2026-03-01-a.md", files.read("_posts/2026-03-01-a.md"))
    assert next(line.text for line in render(post, files).lines) == known
