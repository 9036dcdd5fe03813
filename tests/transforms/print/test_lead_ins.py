"""A sentence that announces a block stays with it."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.lead_ins import LEAD_IN, mark_lead_ins


@pytest.mark.parametrize(
    ("text", "block", "leads"),
    [
        ("다음은 그 결과이다:", "<table/>", True),
        ("이렇게 적는다.", '<div class="highlight"><pre>가</pre></div>', True),
        ("화면을 보자.", '<p><img src="a"/></p>', True),
        ("화면을 보자.", "<figure/>", True),
        ("쓸 것은 셋이다:", "<ul><li>가</li></ul>", True),
        ("쓸 것은 셋이다.", "<ul><li>가</li></ul>", False),  # a list goes on like a text
        ("앞의 문장이다. 뒤의 문장이다.", "<table/>", False),
        ("긴 문장이 " * 20 + "끝난다.", "<table/>", False),
        ("글이다.", "<p>글이다.</p>", False),
        ("글이다.", "<h2>제목</h2>", False),
        ('<img src="a"/>', "<table/>", False),
    ],
)
def test_what_leads_to_a_block_is_marked(text: str, block: str, leads: bool) -> None:
    root = tree.parse_xml(f"<p>{text}</p>{block}")
    mark_lead_ins(root)
    assert (LEAD_IN in tree.classes(root[0])) == leads
