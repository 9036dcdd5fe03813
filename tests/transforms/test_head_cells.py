"""Head cells: one that says nothing heads nothing."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.head_cells import unhead_empty_cells


def test_an_empty_head_is_a_cell_and_one_with_words_or_a_picture_is_not() -> None:
    root = tree.parse_xml("<table><tr><th> </th><th>가</th><th><i><img/></i></th></tr></table>")
    unhead_empty_cells(root)
    assert [cell.tag for cell in root.iter("th", "td")] == ["td", "th", "th"]
