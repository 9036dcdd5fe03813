"""Colours: what cannot be read is dropped and told; what can be read stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.assets.colours import contrast, parse_colour
from tests.support.reading import only, read_post, rules


@pytest.mark.parametrize(
    ("html", "style"),
    [
        ('<span style="color: red">가</span>', "color: red"),
        ('<font color="navy">가</font>', "color: navy"),
        (
            '<span style="background-color: #fff5b1">가</span>',
            "background-color: #fff5b1; color: #1c1e21",
        ),
        (
            '<span style="background-color: #223; color: yellow">가</span>',
            "background-color: #223; color: yellow",
        ),
    ],
)
def test_colours_that_can_be_read(tmp_path: Path, html: str, style: str) -> None:
    reading = read_post(tmp_path, f"---\ntitle: 글\n---\n글 {html}\n")
    assert only(tree.parse_xml(reading.document.body), ".//span").get("style") == style
    assert reading.problems == ()


def test_colour_that_cannot_be_read(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path, '---\ntitle: 글\n---\n첫 줄\n\n<font color="yellow">노랑</font>\n'
    )
    assert "yellow" not in reading.document.body
    assert "노랑" in reading.document.body
    assert rules(reading)["colour-contrast"].line == 6


def test_cell_with_a_background(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "<table><tr><td bgcolor=navy align=right>칸</td></tr></table>\n")
    cell = only(tree.parse_xml(reading.document.body), ".//td")
    assert "colour-contrast" not in rules(reading)
    assert cell.get("style") == "background-color: navy; text-align: right; color: #ffffff"


def test_contrast_is_wcag_s() -> None:
    black, white = parse_colour("black"), parse_colour("white")
    assert black and white
    assert contrast(black, white) == pytest.approx(21)
    assert parse_colour("no colour") is None


def test_the_ink_on_a_marker_is_the_site_s_where_it_can_be_read(tmp_path: Path) -> None:
    own = {"layouts/styles/tokens.css": b":root { --ink: #330066 }"}
    text = (
        '<span style="background-color: #fff5b1">가</span> <span style="background: navy">나</span>'
    )
    body = read_post(tmp_path, f"---\ntitle: 글\n---\n{text}\n", files=own).document.body
    styles = [span.get("style") for span in tree.parse_xml(body).iter("span")]
    assert styles == [
        "background-color: #fff5b1; color: #330066",
        "background-color: navy; color: #ffffff",
    ]


def test_an_ink_that_only_dark_paper_shows_gives_way_on_light_markers(tmp_path: Path) -> None:
    own = {"layouts/styles/tokens.css": b":root { --ink: #eeeeee }"}
    text = '<span style="background-color: #fff5b1">가</span>'
    body = read_post(tmp_path, f"---\ntitle: 글\n---\n{text}\n", files=own).document.body
    assert only(tree.parse_xml(body), ".//span").get("style") == (
        "background-color: #fff5b1; color: #000000"
    )
