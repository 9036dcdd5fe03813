"""Characters that no font has: their code points stand for them."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.missing_glyphs import sign_missing, sign_missing_in_svg, sign_of


def test_characters_without_a_font_get_a_sign() -> None:
    root = tree.parse_xml("<p>가\U00012000나<b>\U00012000</b>\u0085다</p>")
    sign_missing(root, lambda text: {"\U00012000"} & set(text))
    assert tree.text_of(root) == "가[U+12000]나[U+12000]다"


def test_what_stylesheets_draw_is_signed_too_and_marks_are_dropped() -> None:
    root = tree.parse_xml('<h1 data-running="가\U00012000" data-lang="\U00012000">나\u20e8</h1>')
    sign_missing(root, lambda text: {"\U00012000", "\u20e8"} & set(text))
    heading = root[0]
    assert (heading.get("data-running"), heading.get("data-lang")) == ("가[U+12000]", "[U+12000]")
    assert heading.text == "나" and sign_of("\u20e8") == ""


def test_a_drawing_is_signed_and_one_that_lacks_nothing_stays_to_the_byte() -> None:
    data = "<svg><text>가\U00012000</text></svg>".encode()
    assert sign_missing_in_svg(data, lambda text: {"\U00012000"} & set(text)) == (
        "<svg><text>가[U+12000]</text></svg>".encode()
    )
    assert sign_missing_in_svg(data, lambda text: set()) is data
