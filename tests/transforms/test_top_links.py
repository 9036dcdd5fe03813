"""Links to the top of the page: their text stays."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.top_links import unlink_top


def test_a_link_to_the_top_is_its_text() -> None:
    root = tree.parse_xml('<p>앞 <a href="#">위 <b>로</b></a> 뒤 <a href="#x">거기</a></p>')
    unlink_top(root)
    assert tree.inner_xml(root) == '<p>앞 위 <b>로</b> 뒤 <a href="#x">거기</a></p>'
