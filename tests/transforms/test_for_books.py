"""The transforms that only books use: colours for any theme, tables for any page."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.assets.colours import contrast, parse_colour
from hanpan.transforms.author_colours import middle_colours
from hanpan.transforms.epub.narrow_tables import fit_tables
from tests.support.reading import only


@pytest.mark.parametrize("said", ["red", "#00f", "yellow", "rgb(0, 80, 0)", "#8b4513", "purple"])
def test_a_colour_reads_on_white_and_on_black(said: str) -> None:
    root = tree.parse_xml(f'<span style="color: {said}; margin: 0">가</span>')
    middle_colours(root)
    name, rest = (root[0].get("style") or "").split("; ", 1)
    ink = parse_colour(name.removeprefix("color: "))
    assert ink and rest == "margin: 0"
    assert contrast(ink, (255, 255, 255)) >= 4.5 and contrast(ink, (0, 0, 0)) >= 4.5


@pytest.mark.parametrize("said", ["black", "#333", "gray", "white", "var(--x)"])
def test_a_grey_or_an_unknown_colour_is_the_reader_s(said: str) -> None:
    root = tree.parse_xml(f'<span style="color: {said}">가</span>')
    middle_colours(root)
    assert root[0].get("style") is None


def test_a_pair_of_colours_stays() -> None:
    root = tree.parse_xml('<span style="color: #fff; background-color: #000">가</span>')
    middle_colours(root)
    assert root[0].get("style") == "color: #fff; background-color: #000"


def table(*cells: str) -> str:
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def marks(html: str) -> tuple[str | None, list[bool]]:
    """Return the class of a table, and which of its cells may be cut."""
    root = tree.parse_xml(html)
    fit_tables(root)
    return root[0].get("class"), ["cut" in tree.classes(cell) for cell in root.iter("td")]


def test_words_are_cut_only_where_a_narrow_page_asks_for_it() -> None:
    assert marks(table("글꼴", "굵기", "400")) == (None, [False] * 3)
    assert marks(table("글꼴", "아주길고긴합성어하나", "400")) == (None, [False, True, False])
    long = "supercalifragilistic"
    assert marks(table("가", long, long)) == (None, [False, True, True])


def test_many_columns_get_smaller_type() -> None:
    assert marks(table(*["칸"] * 5))[0] == "wide"
    assert marks(table(*["칸"] * 8))[0] == "widest"


def test_a_column_is_counted_behind_one_that_spans_two() -> None:
    root = tree.parse_xml(
        "<table><tr><td colspan='2'>가</td><td>아주길고긴합성어하나</td></tr>"
        "<tr><td>나</td><td>다</td><td>라</td></tr></table>"
    )
    fit_tables(root)
    cut = [tree.text_of(cell) for cell in root.iter("td") if "cut" in tree.classes(cell)]
    assert cut == ["아주길고긴합성어하나", "라"]
    assert only(root, "table").get("class") is None
