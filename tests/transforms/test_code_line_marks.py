"""Lines of code that are pointed out or numbered."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.code_line_marks import lines_in, mark_lines


@pytest.mark.parametrize(
    ("ranges", "numbers"),
    [
        ("1,3-5", {1, 3, 4, 5}),
        ("2-", {2}),
        ("5-3", set()),
        ("x,,-1", set()),
        ("7-x", {7}),
        ("1-999999999", set(range(1, 1_002))),
        ("1-9999999999999", set()),
    ],
)
def test_ranges(ranges: str, numbers: set[int]) -> None:
    assert lines_in(ranges) == numbers


def test_pointed_lines_get_a_span_and_the_text_stays() -> None:
    root = tree.parse_xml("<code>a\n<i>b</i> c\nd</code>")
    mark_lines(root[0], frozenset({2}), None)
    assert tree.inner_xml(root) == '<code>a\n<span class="hll"><i>b</i> c</span>\nd</code>'


def test_numbered_lines_each_get_a_span_but_for_the_empty_one_at_the_end() -> None:
    root = tree.parse_xml("<code>a\n\nb\n</code>")
    mark_lines(root[0], frozenset({3}), 9)
    assert [(s.get("data-line"), s.get("class"), s.text) for s in root.iter("span")] == [
        ("9", "code-line", "a\n"),
        ("10", "code-line", "\n"),
        ("11", "code-line hll", "b\n"),
    ]
    assert tree.text_of(root) == "a\n\nb\n"
