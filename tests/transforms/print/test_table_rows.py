"""Rows of tables: each spans as many columns."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.print.table_rows import even_rows, head_something


def test_short_rows_are_filled() -> None:
    root = tree.parse_xml(
        "<table><tr><th rowspan='2'>가</th><th colspan='2'>나</th></tr><tr><td>다</td></tr>"
        "<tr><td>라</td><td>마</td><td>바</td></tr></table>"
    )
    even_rows(root)
    assert [len(row) for row in root.iter("tr")] == [2, 2, 3]
    once = tree.inner_xml(root)
    even_rows(root)
    assert tree.inner_xml(root) == once


def test_a_span_that_is_no_number_is_one_and_a_huge_one_is_bounded() -> None:
    wide = "<tr><td colspan='9999'/></tr>"
    root = tree.parse_xml(f"<table><tr><td colspan='x'>가</td></tr>{wide}</table>")
    even_rows(root)
    first, second = root.iter("tr")
    assert (len(first), len(second)) == (1000, 1)


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td/><td/></tr><tr><td/></tr></table>"
    root = tree.parse_xml(f"<table><tr><td>{inner}</td></tr></table>")
    even_rows(root)
    assert [len(row) for row in root.iter("tr")] == [1, 2, 2]


def test_a_head_over_nothing_is_a_body() -> None:
    head = "<thead><tr><th>가</th></tr></thead>"
    root = tree.parse_xml(
        f"<table>{head}</table><table>{head}<tbody><tr><td/></tr></tbody></table>"
    )
    head_something(root)
    first, second = root.iter("table")
    assert [group.tag for group in first] == ["tbody"]
    assert [group.tag for group in second] == ["thead", "tbody"]


def test_a_body_without_rows_goes() -> None:
    root = tree.parse_xml(
        "<table><thead><tr><th>가</th></tr></thead><tbody></tbody></table>"
        "<table><tbody><tr><td>나</td></tr></tbody><tbody/></table>"
    )
    head_something(root)
    assert [group.tag for table in root for group in table] == ["tbody", "tbody"]
    assert tree.text_of(root) == "가나"
