"""Headings of a page: a link to their own address."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.html.heading_anchors import anchor_headings


def test_each_heading_with_an_id_has_a_link_without_text() -> None:
    root = tree.parse_xml('<h2 id="가">하나 <b>둘</b>\n셋</h2><h3>넷</h3>')
    anchor_headings(root, "{}: 주소")
    (link,) = root.iter("a")
    assert (link.get("href"), link.get("aria-label")) == ("#가", "하나 둘 셋: 주소")
    assert link.getparent() is root[0] and tree.text_of(root) == "하나 둘\n셋넷"


def test_a_heading_within_a_link_or_a_summary_has_none() -> None:
    folded = '<details><summary><h3 id="b">나</h3></summary></details>'
    root = tree.parse_xml(f'<a href="x"><h2 id="a">가</h2></a>{folded}')
    anchor_headings(root, "{}")
    assert [link.get("href") for link in root.iter("a")] == ["x"]
