"""Tables: no cell that an author wrote is lost, whatever their lines look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.dialect.tables import cells
from tests.support.reading import body_of, only


def rows_of(tmp_path: Path, markdown: str) -> list[list[str]]:
    table = only(body_of(tmp_path, markdown), ".//table")
    return [[tree.text_of(cell).strip() for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize(
    ("markdown", "rows"),
    [
        ("| 가 | 나 |\n|---|---|\n| 1 | 2 |", [["가", "나"], ["1", "2"]]),
        ("가 | 나\n---|---\n1 | 2", [["가", "나"], ["1", "2"]]),
        ("| 가 | 나 | 다 |\n|----\n| 1 | 2 | 3 |", [["가", "나", "다"], ["1", "2", "3"]]),
        ("| 가 |\n|---|\n| 1 | 2 |", [["가", ""], ["1", "2"]]),
        ("| 가 | 나 |\n|---|---|---|\n| 1 | 2 |", [["가", "나"], ["1", "2"]]),
        ("| 가 | 나 |\n| 1 || 2 |", [["가", "나", ""], ["1", "", "2"]]),
        ("| 가 | 나\n| 다 | 라", [["가", "나"], ["다", "라"]]),
        ("|---|---|\n| 가 | 나 |\n| 다 | 라 |", [["가", "나"], ["다", "라"]]),
        ("| 가 |\n|---|\n| 1 |\n|===|\n| 끝 |", [["가"], ["1"], ["끝"]]),
        ("| 가 |\n|---|\n| 1 |\n|---|\n| 2 |", [["가"], ["1"], ["2"]]),
        ("문장이다\n| 가 |\n|---|\n| 1 |", [["가"], ["1"]]),
        ("- 항목\n  | 가 | 나 |\n  |---|---|\n  | 1 | 2 |", [["가", "나"], ["1", "2"]]),
        ("> | 가 | 나 |\n> |---|---|\n> | 1 | 2 |", [["가", "나"], ["1", "2"]]),
    ],
)
def test_every_cell_is_there(tmp_path: Path, markdown: str, rows: list[list[str]]) -> None:
    assert rows_of(tmp_path, markdown) == rows


def test_sides_are_kept(tmp_path: Path) -> None:
    body = body_of(tmp_path, "| 가 | 나 | 다 |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    styles = [cell.get("style") or "" for cell in body.iter("td")]
    assert ["left" in styles[0], "center" in styles[1], "right" in styles[2]] == [True] * 3


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a \\| b | `x|y` | ``p`|`q`` |", ["a \\| b", "`x|y`", "``p`|`q``"]),
        ("| $|x|$ | $5 | ` |", ["$|x|$", "$5", "`"]),
        ("| | |", ["", ""]),
    ],
)
def test_cells(row: str, found: list[str]) -> None:
    assert cells(row) == found


def test_a_sentence_with_a_pipe_is_no_table(tmp_path: Path) -> None:
    assert body_of(tmp_path, "가 | 나\n다 | 라").find(".//table") is None


def test_signs_in_a_cell_of_raw_html_are_text(tmp_path: Path) -> None:
    body = body_of(
        tmp_path,
        "<table>\n<tr>\n<td>\n*\n</td>\n<td>\n>\n</td>\n<td>\n# 1\n</td>\n<td>\n1. 하나\n</td>\n"
        "</tr>\n</table>",
    )
    assert [tree.text_of(cell).strip() for cell in body.iter("td")] == ["*", ">", "# 1", "1. 하나"]
    assert not body.findall(".//ul") + body.findall(".//blockquote") + body.findall(".//h1")


def test_a_row_of_pipes_gets_no_more_than_200_columns(tmp_path: Path) -> None:
    # pandoc takes minutes for a table of thousands
    markdown = "\n".join(f"|{cell * 300}" for cell in ("가|", "-|", "나|"))
    assert [len(row) for row in rows_of(tmp_path, markdown)] == [200, 200]


@pytest.mark.parametrize(
    ("markdown", "items"),
    [
        ("- | 가 | 나 |\n  |---|---|\n  | 1 | 2 |\n- 둘", ["가나12", "둘"]),
        ("10. | 가 |\n    |:-:|\n    | 1 |\n\n    뒤\n11. 둘", ["가1뒤", "둘"]),
        ("- 하나\n    * | 가 |\n      |---|\n      | 1 |", ["하나가1", "가1"]),
    ],
)
def test_a_table_may_begin_an_item(tmp_path: Path, markdown: str, items: list[str]) -> None:
    body = body_of(tmp_path, markdown)
    assert ["".join(tree.text_of(item).split()) for item in body.iter("li")] == items
    assert next(tree.text_of(cell).strip() for cell in body.iter("th")) == "가"
