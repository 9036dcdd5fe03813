"""Ids of a chapter begin with its own; all that refers to one follows."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.book.chapter_ids import chapter_ids


def test_ids_and_all_that_refers_to_them_are_renamed() -> None:
    root = tree.parse_xml(
        '<h2 id="a">가</h2><h3 id="한글">나</h3><a href="#a">1</a><a href="#한글">2</a>'
        '<a href="#none">3</a><a href="https://a.kr/#a">4</a><td headers="a none">칸</td>'
        '<svg><defs><g id="g"/></defs><use href="#g"/><path fill="url(#g)" clip-path="url(#none)"/>'
        "</svg>"
    )
    names = chapter_ids(root, "c1-")
    assert names == {"a": "c1-a", "id-1": "c1-id-1", "g": "c1-g", "한글": "c1-id-1"}
    assert [e.get("id") for e in root.iter("*") if e.get("id")] == ["c1-a", "c1-id-1", "c1-g"]
    links = [link.get("href") for link in root.iter("a")]
    assert links == ["#c1-a", "#c1-id-1", "#none", "https://a.kr/#a"]
    (cell,) = root.iter("td")
    assert cell.get("headers") == "c1-a none"
    (path,) = root.iter("path")
    (use,) = root.iter("use")
    assert (path.get("fill"), path.get("clip-path")) == ("url(#c1-g)", "url(#none)")
    assert use.get("href") == "#c1-g"
