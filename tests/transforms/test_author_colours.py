"""Authors' colours: readable on light and on dark paper."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.assets.colours import contrast, parse_colour
from hanpan.transforms.author_colours import PROPERTY, middle_colours, soften_colours


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


def test_a_page_mixes_a_colour_with_its_ink_unless_it_has_a_ground_of_its_own() -> None:
    pair = '<i style="color: red; background: #000">나</i>'
    root = tree.parse_xml(f'<b style="margin: 0; color: red !important">가</b>{pair}')
    soften_colours(root)
    assert root[0].get("style") == f"margin: 0; {PROPERTY}: red"
    assert root[1].get("style") == "color: red; background: #000"
