"""Plain ids: ASCII, and the links to them follow."""

from __future__ import annotations

import re

from hanpan import tree
from hanpan.transforms.ascii_ids import ascii_ids


def test_ids_that_are_not_plain_are_numbered_around_those_that_are_taken() -> None:
    root = tree.parse_xml(
        '<h2 id="가">1</h2><h2 id="id-1">2</h2><h2 id="나">3</h2><h2 id="9">4</h2>'
        '<a href="#가">5</a><a href="#id-1">6</a><a href="#다">7</a>'
    )
    assert ascii_ids(root) == {"가": "id-2", "나": "id-3", "9": "id-4"}
    assert [heading.get("id") for heading in root.iter("h2")] == ["id-2", "id-1", "id-3", "id-4"]
    assert [link.get("href") for link in root.iter("a")] == ["#id-2", "#id-1", "#다"]
    assert ascii_ids(root) == {}
    assert ascii_ids(root, re.compile("id-3")) == {"id-3": "id-5"}
