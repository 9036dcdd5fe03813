"""The listing of a preview: what cannot be read, or is damaged, changes nothing that was shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.preview.listing import Listing, read_listing

PROBLEM = '{"problems": [%s], "posts": [], "books": []}'
POST = '{"problems": [], "books": [], "posts": [%s]}'


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[" * 100_000, "null", "5", "[]", "{}", '{"posts": 5}', '{"posts": [5]}',
        PROBLEM % "5", PROBLEM % "{}", PROBLEM % '{"rule": 1, "severity": "x", "message": 2}',
        PROBLEM % '{"rule": "a", "severity": "worse", "message": "b"}',
        POST % "null", POST % '{"slug": "a"}', POST % '{"slug": "a", "document": {}}',
        POST % '{"slug": "a", "document": "../../secret"}',
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_a_damaged_build_json_leaves_the_listing_as_it_was(tmp_path: Path, text: str) -> None:
    before = Listing(books=(("책", {}),))
    (tmp_path / "build.json").write_text(text, "utf-8")
    assert read_listing(tmp_path, before) is before


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "5", '{"meta": 5}'])
def test_a_damaged_document_leaves_the_listing_as_it_was(tmp_path: Path, text: str) -> None:
    post = '{"slug": "a", "source": "a.md", "document": "d", "artifacts": {}, "problems": []}'
    (tmp_path / "build.json").write_text(POST % post, "utf-8")
    document = tmp_path / ".hanpan" / "documents" / "d.json"
    document.parent.mkdir(parents=True)
    document.write_text(text, "utf-8")
    before = Listing()
    assert read_listing(tmp_path, before) is before
