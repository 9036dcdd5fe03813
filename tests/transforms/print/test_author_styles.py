"""Authors' styles on paper: what print can follow stays."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.print.author_styles import keep_printable_styles, set_picture_width


def test_an_author_s_styles_are_kept_as_far_as_paper_can_follow() -> None:
    root = tree.parse_xml(
        '<p style="color: red; float: left; height: 9px; text-align: center">가</p>'
        '<ol start="3" type="i"><li value="7">나</li></ol>'
    )
    keep_printable_styles(root)
    paragraph, numbers = root
    assert paragraph.get("style") == "color: red;text-align: center"
    assert numbers.get("style") == "counter-reset:list-item 2;list-style-type:lower-roman"
    assert numbers[0].get("style") == "counter-set:list-item 7"


def test_what_breaks_a_page_is_refused_and_an_empty_style_goes() -> None:
    root = tree.parse_xml('<p style="max-height: 9px; white-space: pre-wrap">가</p>')
    keep_printable_styles(root)
    assert root[0].get("style") is None


@pytest.mark.parametrize("start", ["x", "", "1234567", "1.5"])
def test_a_start_that_is_no_number_says_nothing(start: str) -> None:
    root = tree.parse_xml(f'<ol start="{start}"><li value="{start}">가</li></ol>')
    keep_printable_styles(root)
    assert root[0].get("style") is root[0][0].get("style") is None


def test_a_style_comes_before_an_attribute() -> None:
    image = tree.parse_xml('<img width="90" style="width:200px"/>')[0]
    set_picture_width(image, natural=800)
    assert image.get("style") == "width:90px;width:200px"  # of two, the last one holds


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        ("300", "width:300px"),
        ("50%", "width:50%"),
        ("800", None),
        ("wide", None),
        ("0", None),
        ("999999999", None),
    ],
)
def test_only_a_width_of_the_author_s_own_is_kept(width: str, wanted: str | None) -> None:
    image = tree.parse_xml(f'<img width="{width}" height="9"/>')[0]
    set_picture_width(image, natural=800)
    assert image.get("style") == wanted
    assert image.get("width") is image.get("height") is None
