"""Sizes of tables: smaller lines, then smaller type, then a page that is turned."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.table_sizes import CUT, TIGHT, TURNED, WHOLE, TableRoom, size_tables


def table_room(turned: float) -> TableRoom:
    return TableRoom(39, turned, body=10, size=0.92, padding=1.3, tight_padding=0.6)


def test_wide_tables_get_smaller_type() -> None:
    def table(columns: int) -> str:
        return f"<table><tr>{'<td>조선왕조실록</td>' * columns}</tr></table>"

    root = tree.parse_xml(table(3) + table(8) + table(20))
    size_tables(root, table_room(turned=30))
    narrow, wide, widest = root
    assert narrow.get("style") is None
    assert (wide.get("style") or "").startswith("font-size:0.")
    assert TIGHT not in tree.classes(wide)
    assert widest.get("style") == "font-size:0.65em"  # 6.5 points
    assert {TIGHT, CUT} <= set(tree.classes(widest))

    root = tree.parse_xml(table(9))
    size_tables(root, table_room(turned=39))
    assert TIGHT in tree.classes(root[0]) and CUT not in tree.classes(root[0])  # no word is cut


def test_a_table_for_which_the_page_is_too_narrow_turns_with_its_headings() -> None:
    row = f"<tr>{'<td>조선왕조실록</td>' * 14}</tr>"
    wide = f"<table>{row * 7}</table>"
    root = tree.parse_xml(f"<p>앞</p><h2>꼭지</h2><h3>표</h3>{wide}<div>{wide}</div>")
    size_tables(root, table_room(turned=60))
    turned = [element.tag for element in root.iter("*") if TURNED in tree.classes(element)]
    assert turned == ["h2", "h3", "table"]  # not the one that stands in a block of its own


def test_headings_stay_upright_where_a_text_follows_the_table_that_is_turned() -> None:
    row = f"<tr>{'<td>조선왕조실록</td>' * 14}</tr>"
    root = tree.parse_xml(f"<h2>꼭지</h2><table>{row * 7}</table><p>글</p>")
    size_tables(root, table_room(turned=60))
    assert [TURNED in tree.classes(element) for element in root] == [False, True, False]


def test_a_table_of_six_rows_is_not_worth_a_turned_page() -> None:
    row = f"<tr>{'<td>조선왕조실록</td>' * 14}</tr>"
    root = tree.parse_xml(f"<table><thead><tr><th>가</th></tr></thead>{row * 6}</table>")
    size_tables(root, table_room(turned=60))
    assert TURNED not in tree.classes(root[0]) and CUT in tree.classes(root[0])


def test_a_short_table_stays_whole_and_a_long_one_does_not() -> None:
    root = tree.parse_xml("".join(f"<table>{'<tr><td>가</td></tr>' * n}</table>" for n in (15, 17)))
    size_tables(root, table_room(turned=60))
    assert [WHOLE in tree.classes(table) for table in root] == [True, False]


def test_columns_of_text_are_no_narrower_than_is_comfortable() -> None:
    text = "<td>가나다라 마바사 아자차카</td>"
    sizes = []
    for columns in range(3, 7):
        root = tree.parse_xml(f"<table><tr>{text * columns}</tr></table>")
        size_tables(root, table_room(turned=30))
        sizes.append(root[0].get("style"))
    assert sizes == [None, None, "font-size:0.80em", "font-size:0.80em"]


def test_an_author_s_style_is_kept_beside_the_size() -> None:
    cells = "<td>조선왕조실록</td>" * 8
    root = tree.parse_xml(f'<table style="color:red"><tr>{cells}</tr></table>')
    size_tables(root, table_room(turned=30))
    assert (root[0].get("style") or "").startswith("color:red;font-size:0.")
