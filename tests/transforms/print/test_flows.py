"""Flows: text that one line may hold goes together across inline elements, notes aside."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.print.flows import flows, insert


def texts(body: str) -> list[str]:
    found = ("".join(run.text for run in runs) for runs in flows(tree.parse_xml(body), 40.0))
    return [text for text in found if text]


def test_inline_elements_part_no_flow_and_blocks_do() -> None:
    assert texts("<p>가<b>나</b>다</p><p>라</p>") == ["가나다", "라"]
    assert texts("<ul><li>하나<ul><li>둘</li></ul></li></ul>") == ["하나", "둘"]


def test_code_blocks_have_no_flow() -> None:
    assert texts("<p>앞</p><pre>가 나</pre>") == ["앞"]


def test_what_is_inserted_stands_where_it_was_asked_for() -> None:
    root = tree.parse_xml("<p>가<b>나다</b>라</p>")
    runs = next(runs for runs in flows(root, 40.0) if any(run.text for run in runs))
    insert(runs, [2], "·")
    assert tree.text_of(root) == "가나·다라"
