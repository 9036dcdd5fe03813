"""Permalinks: where a post lies, by Jekyll's rules and by ours."""

from __future__ import annotations

from datetime import datetime

import pytest

from hanpan.source.front_matter.paths.permalinks import permalink

DATE = datetime(2026, 3, 1)
PATH = "_posts/sub/2026-03-01-봄 Note.md"


@pytest.mark.parametrize(
    ("front", "config", "address"),
    [
        ({}, None, "/봄-Note/"),
        ({}, {}, "/2026/03/01/봄-Note.html"),
        ({"categories": ["Dev", "웹"]}, {}, "/dev/웹/2026/03/01/봄-Note.html"),
        ({}, {"permalink": "pretty"}, "/2026/03/01/봄-Note/"),
        ({}, {"permalink": "/:categories/:title/"}, "/봄-Note/"),
        ({"category": "a b"}, {"permalink": "none"}, "/a b/봄-Note.html"),
        ({"categories": "a b"}, {"permalink": "none"}, "/a/b/봄-Note.html"),
        ({}, {"permalink": "ordinal"}, "/2026/060/봄-Note.html"),
        ({}, {"permalink": "/blog/:year/:i_month/:slug"}, "/blog/2026/3/봄-note"),
        ({}, {"collections": {"posts": {"permalink": "/p/:title"}}}, "/p/봄-Note"),
        (
            {},
            {"defaults": [{"scope": {"type": "posts"}, "values": {"permalink": "/d/:title/"}}]},
            "/d/봄-Note/",
        ),
        ({}, {"defaults": [{"scope": None, "values": None}, 3]}, "/2026/03/01/봄-Note.html"),
        (
            {},
            {"defaults": [{"scope": {"type": "pages"}, "values": {"permalink": "/d/:title/"}}]},
            "/2026/03/01/봄-Note.html",
        ),
        (
            {},
            {"defaults": [{"scope": {"path": "_posts/s"}, "values": {"permalink": "/d/:title/"}}]},
            "/2026/03/01/봄-Note.html",
        ),
        ({}, {"permalink": "weekdate"}, "/2026/W09/Sun/봄-Note.html"),
        ({}, {"permalink": "/:title_of/:nothing"}, "/봄-Note_of/:nothing"),
        ({"permalink": "/mine/"}, {"permalink": "pretty"}, "/mine/"),
        ({"permalink": "/x/:title"}, {}, "/x/봄-Note"),
        ({"slug": "other"}, {"permalink": "/:title"}, "/other"),
    ],
)
def test_permalink(
    front: dict[str, object], config: dict[str, object] | None, address: str
) -> None:
    assert permalink(PATH, front, DATE, config) == address


def test_folders_above_the_posts_are_categories() -> None:
    assert permalink("WPF/_posts/2026-03-01-a.md", {}, DATE, {"permalink": "none"}) == "/wpf/a.html"
