"""Tables that fold: what each cell says when it stands alone, and to whom."""

from __future__ import annotations

from lxml import etree

from hanpan import tree
from hanpan.transforms.epub.folded_tables import can_fold, fold
from hanpan.tree import Element
from tests.support.reading import only


def folded(html: str) -> Element:
    root = tree.parse_xml(html)
    fold(only(root, "table"), 20)
    return only(root, "table")


def labels(table: Element) -> list[str | None]:
    return [cell.get("data-label") for cell in table.iter("td")]


def test_cells_are_named_by_the_head_and_roles_stay() -> None:
    table = folded(
        "<table><thead><tr><th>이름</th><th>만든 해</th></tr></thead>"
        "<tbody><tr><th>자바</th><td>1995</td></tr></tbody></table>"
    )
    assert tree.classes(table) == ["folds", "fold-20"]
    assert labels(table) == ["만든 해"]
    assert [str(element.get("role")) for element in table.iter(etree.Element)] == (
        "table rowgroup row columnheader columnheader rowgroup row rowheader cell".split()
    )
    assert [tree.classes(row) for row in table.iter("tr")] == [["labels"], []]


def test_spans_and_two_rows_of_heads_name_the_right_columns() -> None:
    table = folded(
        "<table><thead><tr><th rowspan='2'>구분</th><th colspan='2'>시간</th>"
        "<th rowspan='2'>양</th></tr><tr><th>평균</th><th>최대</th></tr></thead><tbody>"
        "<tr><td rowspan='2'>가</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>4</td><td colspan='2'>5</td></tr></tbody></table>"
    )
    assert labels(table) == [
        *("구분", "시간 · 평균", "시간 · 최대", "양"),
        *("시간 · 평균", "시간 · 최대"),
    ]
    opening = [tree.text_of(c) for c in table.iter("td") if "opening" in tree.classes(c)]
    assert opening == ["가"]


def test_a_first_row_of_heads_alone_names_columns_too() -> None:
    table = folded(
        "<table><tbody><tr><td></td><th>값</th></tr><tr><td>가</td><td>1</td></tr></tbody></table>"
    )
    assert labels(table) == [None, None, "값"]
    plain = folded("<table><tbody><tr><td>가</td><td>1</td></tr></tbody></table>")
    assert labels(plain) == [None, None]


def test_what_a_label_cannot_say_is_not_hidden() -> None:
    for shown in ("<img src='a.png' alt='그림'/>", "<a href='#n'>1</a>"):
        table = folded(
            f"<table><thead><tr><th>값{shown}</th></tr></thead>"
            "<tbody><tr><td>1</td></tr></tbody></table>"
        )
        assert "labels" not in [name for row in table.iter("tr") for name in tree.classes(row)]


def test_heads_that_are_too_long_for_labels_do_not_fold() -> None:
    table = folded(
        f"<table><thead><tr><th>{'긴 말 ' * 30}</th></tr></thead>"
        "<tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert tree.classes(table) == [] and labels(table) == [None]


def test_a_table_within_a_table_is_left_alone() -> None:
    inner = "<table><tr><td>가</td></tr></table>"
    root = tree.parse_xml(f"<table><tr><td>{inner}</td></tr></table>")
    assert [can_fold(table) for table in root.iter("table")] == [False, False]
