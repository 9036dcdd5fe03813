"""What Python draws has the colours of the stylesheets, the site's own before ours."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from hanpan.assets.colours import BLACK, WHITE, Colour, as_hex, contrast, mix, parse_colour
from hanpan.assets.sheets import Cell, draw_code, draw_table
from hanpan.assets.stylesheets import compact, stylesheet_colour, token
from hanpan.files import Files, NoNetwork
from hanpan.site import Site


def files_with(root: Path, name: str = "tokens", css: str = "") -> Files:
    """Return the door of a site that has a stylesheet of its own."""
    if css:
        (root / "layouts/styles").mkdir(parents=True)
        (root / f"layouts/styles/{name}.css").write_text(css, "utf-8")
    return Files(Site(root), NoNetwork())


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        (":root { --accent: #7a1f5c }", (0x7A, 0x1F, 0x5C)),
        (":root{--accent:#123}:root { --accent: rgb(1, 2, 3); /* --accent: #fff */ }", (1, 2, 3)),
        ("html, :root { --brand: Navy; --accent: var( --brand ) }", (0, 0, 128)),
        (":root { --accent: #111111 } @media (x) { :root { --accent: #eeeeee } }", (17, 17, 17)),
    ],
)
def test_a_token_is_the_site_s(tmp_path: Path, css: str, wanted: Colour) -> None:
    files = files_with(tmp_path, css=css)
    assert token("accent", files) == wanted
    assert "layout:styles/tokens.css" in files.reads


@pytest.mark.parametrize(
    "css",
    ["", "body { --accent: red }", ":root { --accent: var(--accent) }", ":root { --accent: 1px }"],
)
def test_a_token_that_the_site_does_not_have_is_ours(tmp_path: Path, css: str) -> None:
    ours = token("accent", files_with(tmp_path / "none"))
    assert token("accent", files_with(tmp_path, css=css)) == ours != WHITE


def test_a_rule_s_colour_is_found_among_other_words(tmp_path: Path) -> None:
    css = "td, th { border-bottom: 1px solid #abcdef }"
    files = files_with(tmp_path, "inline", css)
    assert stylesheet_colour("styles/inline.css", "th", "border-bottom", files) == (171, 205, 239)


def colours_of(data: bytes) -> set[Colour]:
    with Image.open(io.BytesIO(data)) as image:
        used = image.convert("RGB").getcolors(1 << 24)
    return {colour for _, colour in used or [] if isinstance(colour, tuple)}  # type: ignore[misc]


def test_code_and_tables_are_drawn_in_the_colours_of_the_site_s_payloads(tmp_path: Path) -> None:
    ours = files_with(tmp_path / "none")
    css = "span.k { color: #ff0000 } pre { background-color: #000080; color: #ffff00 } "
    css += "th { border-bottom: 1px solid #00ff00 }"
    theirs = files_with(tmp_path, "inline", css)
    code = [(("def", "kd"), (" 인사", ""))]
    table = [[Cell("머리", is_head=True)], [Cell("몸")]]
    red, navy, yellow, green = (255, 0, 0), (0, 0, 128), (255, 255, 0), (0, 255, 0)
    assert {red, navy, yellow} <= colours_of(draw_code(code, theirs).data)
    assert {red, navy, yellow}.isdisjoint(colours_of(draw_code(code, ours).data))
    assert green in colours_of(draw_table(table, theirs).data)
    assert green not in colours_of(draw_table(table, ours).data)


def test_a_mixture_has_its_part_of_the_other() -> None:
    assert mix(BLACK, WHITE, 0) == BLACK and mix(BLACK, WHITE, 1) == WHITE
    assert mix((10, 20, 30), (20, 20, 130), 1, 4) == (12, 20, 55)
    assert as_hex(mix(BLACK, WHITE, 0.1)) == "#1a1a1a"


def test_contrast_and_colours_are_those_of_wcag_and_css() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast((0x77,) * 3, WHITE) == pytest.approx(4.48, abs=0.01)
    assert parse_colour(" Navy ") == (0, 0, 128) and parse_colour("#00000080") is None
    assert parse_colour("no colour") is None


@pytest.mark.parametrize(
    ("css", "bare"),
    [
        ("/* a */\n  p { color: red }\n\n", "p { color: red }\n"),
        ('q::before { content: "/* no */" }', 'q::before { content: "/* no */" }\n'),
        ("q::before { content: '\\'/* no */' }", "q::before { content: '\\'/* no */' }\n"),
        ("a { background: url(https://a/*b*/c) }", "a { background: url(https://a/*b*/c) }\n"),
        ("p /* it's */ { } /* open", "p  { }\n"),
        ("", "\n"),
    ],
)
def test_a_stylesheet_of_a_page_has_no_comments(css: str, bare: str) -> None:
    assert compact(css) == bare
