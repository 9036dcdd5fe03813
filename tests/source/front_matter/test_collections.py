"""Documents of Jekyll's collections: their addresses, their defaults, and no date."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hanpan.source.front_matter.defaults import with_defaults
from hanpan.source.front_matter.paths.permalinks import permalink
from hanpan.source.post import Post
from tests.support.command import built

PATH = "_wiki/jargon/The Kluge_1.md"
OUTPUT = {"output": True}


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ({}, "/wiki/jargon/The Kluge_1.html"),
        ({"permalink": "pretty"}, "/wiki/jargon/The Kluge_1/"),
        ({"permalink": "/:categories/:title/"}, "/wiki/jargon/The Kluge_1/"),
        ({"permalink": "/:title:output_ext"}, "/wiki/jargon/The Kluge_1.html"),
        ({"permalink": "/:title"}, "/wiki/jargon/The Kluge_1"),
        ({"own": "/:collection/:name:output_ext"}, "/wiki/the-kluge-1.html"),
        ({"own": "/w/:title/"}, "/w/The-Kluge_1/"),
        (
            {"defaults": [{"scope": {"type": "wiki"}, "values": {"permalink": "/d/:path"}}]},
            "/d/jargon/The Kluge_1",
        ),
        (
            {"defaults": [{"scope": {"type": "posts"}, "values": {"permalink": "/d/:path"}}]},
            "/wiki/jargon/The Kluge_1.html",
        ),
    ],
)
def test_documents_have_the_addresses_of_their_collection(
    config: dict[str, object], address: str
) -> None:
    own = {"permalink": config.pop("own")} if "own" in config else {}
    config["collections"] = {"wiki": {**OUTPUT, **own}}
    date = datetime(2026, 3, 1)
    assert permalink(PATH, {}, date, config) == address
    assert permalink(f"all/{PATH}", {}, date, config) == address


def test_defaults_of_a_type_hold_for_it_alone() -> None:
    config = (
        "defaults:\n"
        "  - {scope: {path: '', type: wiki}, values: {layout: wiki}}\n"
        "  - {scope: {path: '', type: posts}, values: {layout: post}}\n"
        "  - {scope: {path: ''}, values: {toc: true}}\n"
    )
    for path, layout in ((PATH, "wiki"), ("_posts/2026-03-01-a.md", "post")):
        front = with_defaults(Post(path, {}, {}, ""), config).front
        assert front == {"layout": layout, "toc": True}


def test_a_site_is_built_with_its_collections(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(
        "url: https://a.kr\ncollections:\n  wiki: {output: true}\n  notes: {}\n", "utf-8"
    )
    for name, body in (
        ("_wiki/a/말.md", "말이다.\n"),
        ("_wiki/list.md", ""),
        ("_notes/b.md", "글"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: 글\n---\n\n{body}", "utf-8")
    (tmp_path / "_wiki" / "README.md").write_text("# 위키\n", "utf-8")
    summary = built(tmp_path, "-e", "html")
    posts = {post["source"]: post for post in summary["posts"]}
    assert set(posts) == {"_wiki/a/말.md", "_wiki/list.md", "_wiki/README.md"}
    assert posts["_wiki/README.md"]["skipped"].startswith("no front matter")
    assert posts["_wiki/list.md"]["skipped"].startswith("nothing but front matter")
    assert posts["_wiki/a/말.md"]["problems"] == []
    page = (tmp_path / "out" / posts["_wiki/a/말.md"]["artifacts"]["html"]).read_text("utf-8")
    assert 'href="https://a.kr/wiki/a/%EB%A7%90.html"' in page
