"""Wide things scroll by themselves, take the focus and have a name of their own."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.scrollers import scroll_code, scroll_formulas, scroll_tables
from hanpan.tree import Element


def regions(root: Element) -> list[tuple[str, str | None, str | None]]:
    return [
        (str(element.tag), element.get("aria-label"), element.get("tabindex"))
        for element in root.iter("*")
        if element.get("role") == "region"
    ]


def test_code_is_numbered_and_says_its_language() -> None:
    frame = '<div class="highlight"{}><pre>x</pre></div>'
    root = tree.parse_xml(frame.format(' data-lang="C"') + frame.format("") + "<pre>y</pre>")
    scroll_code(root, "코드")
    assert regions(root) == [("pre", "코드 1 (C)", "0"), ("pre", "코드 2", "0")]


def test_only_outermost_tables_scroll_and_a_caption_names_them() -> None:
    inner = "<table><tr><td>안</td></tr></table>"
    root = tree.parse_xml(
        f"<table><caption>값 \n표</caption><tr><td>{inner}</td></tr></table>뒤{inner}"
    )
    scroll_tables(root, "표")
    assert regions(root) == [("div", "표 1: 값 표", "0"), ("div", "표 2", "0")]
    assert root[0].get("class") == "table-scroll" and root[0].tail == "뒤"


def test_cells_of_several_words_keep_their_width() -> None:
    cells = "<td>가나다라 마바사</td><td>가 나</td><td>가나다라마바사아</td>"
    root = tree.parse_xml(f"<table><tr><th/>{cells}</tr></table>")
    scroll_tables(root, "표")
    assert [cell.get("class") for cell in root.iter("td")] == [None, "wordy", None, None]


def test_displayed_and_long_formulas_scroll() -> None:
    def maths(text: str, display: str = "inline") -> str:
        note = f"<annotation>{'x' * 99}</annotation>"
        return f'<math display="{display}"><mi>{text}</mi>{note}</math>'

    root = tree.parse_xml(maths("x") + maths("y", "block") + maths("z" * 21) + maths("w" * 20))
    scroll_formulas(root, "수식")
    assert regions(root) == [("span", "수식 1", "0"), ("span", "수식 2", "0")]
    assert [span.get("class") for span in root.iter("span")] == [
        "math-scroll",
        "math-scroll inline",
    ]
    assert [tree.text_of(span[0][0]) for span in root.iter("span")] == ["y", "z" * 21]


def test_a_table_that_is_wider_than_paper_says_how_small_it_is_printed() -> None:
    def scroller(columns: int) -> Element:
        cells = "<td>configuration_name</td>" * columns
        root = tree.parse_xml(f"<table><tbody><tr>{cells}</tr></tbody></table>")
        scroll_tables(root, "표")
        found = root.find("div")
        assert found is not None
        return found

    narrow, broad, broadest = (scroller(columns) for columns in (3, 4, 12))
    assert narrow.get("class") == "table-scroll" and narrow.get("style") is None
    assert broad.get("class") == "table-scroll broad"
    assert broadest.get("class") == "table-scroll broad cut"
    sizes = [float((one.get("style") or "")[10:-2]) for one in (broad, broadest)]
    assert 1 > sizes[0] > sizes[1] >= 0.66
