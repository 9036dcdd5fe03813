"""Tables of a book: words are cut only where a narrow page asks for it."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.epub.narrow_tables import TableType, fit_tables
from tests.support.reading import only

TYPES = {"": TableType(0.92, 1.2), "wide": TableType(0.8, 0.7), "widest": TableType(0.68, 0.4)}


def table(*cells: str) -> str:
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"


def marks(html: str) -> tuple[str | None, list[bool]]:
    """Return the class of a table, and which of its cells may be cut."""
    root = tree.parse_xml(html)
    fit_tables(root, TYPES)
    cells = ["cut" in tree.classes(cell) for cell in root.iter("td")]
    return only(root, ".//table").get("class"), cells


def test_words_are_cut_only_where_a_narrow_page_asks_for_it() -> None:
    assert marks(table("글꼴", "굵기", "400")) == (None, [False] * 3)
    compound = table("글꼴", "아주길고긴합성어하나", "400")
    assert marks(compound) == ("folds fold-18", [False, True, False])
    long = "supercalifragilistic"
    assert marks(table("가", long, long)) == ("folds fold-28", [False, True, True])


def test_what_is_wide_on_screens_is_no_smaller_in_a_book() -> None:
    named = table("가", "나").replace("<table>", '<table class="wide own">')
    assert marks(named)[0] == "own"


def test_many_columns_get_smaller_type() -> None:
    assert marks(table(*["칸"] * 5))[0] == "wide"
    assert marks(table(*["칸"] * 8))[0] == "widest"


def test_a_column_is_counted_behind_one_that_spans_two() -> None:
    root = tree.parse_xml(
        "<table><tr><td colspan='2'>가</td><td>아주길고긴합성어하나</td></tr>"
        "<tr><td>나</td><td>다</td><td>라</td></tr></table>"
    )
    fit_tables(root, TYPES)
    cut = [tree.text_of(cell) for cell in root.iter("td") if "cut" in tree.classes(cell)]
    assert cut == ["아주길고긴합성어하나", "라"]
    assert tree.classes(only(root, ".//table")) == ["folds", "fold-16"]


def test_a_table_of_few_columns_folds_later() -> None:
    def below(columns: int) -> float:
        """Return the width in em per column below which a table of prose folds."""
        html = table(*["한 말 두 말 세 말 네 말"] * columns)
        classes, _ = marks(html)
        return int(str(classes).rpartition("-")[2]) / columns

    assert below(3) < below(4)


def test_a_long_formula_folds_its_table() -> None:
    formula = f"<math>{'<mi>x</mi><mo>+</mo>' * 20}</math>"
    assert marks(table("가", formula))[0] == "folds fold-32"
    assert marks(table("가", "<math><mi>x</mi></math>"))[0] is None
