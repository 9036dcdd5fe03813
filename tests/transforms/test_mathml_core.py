"""MathML 3 in words of MathML Core, which is what Chromium draws."""

from __future__ import annotations

import pytest

from hanpan.transforms.mathml_core import write_mathml_core
from hanpan.tree import Element, inner_html, parse_xml


def core(inside: str) -> Element:
    root = parse_xml(f"<p><math>{inside}</math></p>")
    write_mathml_core(root)
    maths = root.find(".//math")
    assert maths is not None
    return maths


@pytest.mark.parametrize(
    ("notation", "style"),
    [
        ("updiagonalstrike", "linear-gradient(to bottom right"),
        ("downdiagonalstrike", "linear-gradient(to bottom left"),
        ("updiagonalstrike updiagonalarrow", "100% 0/0.35em"),
        ("horizontalstrike", "0 50%/100% 0.06em"),
        ("verticalstrike", "50% 0/0.06em 100%"),
        ("box", "border-left:0.06em solid;border-right"),
        ("circle", "border-radius:50%"),
        ("roundedbox", "border-radius:0.3em"),
        ("top bottom", "border-top:0.06em solid;border-bottom:0.06em solid"),
        ("actuarial", "border-top:0.06em solid;border-right"),
        ("phasorangle", "0 0/0.6em 100%"),
    ],
)
def test_lines_around_and_across_are_styles(notation: str, style: str) -> None:
    row = core(f'<menclose notation="{notation}"><mi>x</mi></menclose>')[0]
    assert row.tag == "mrow"
    assert style in (row.get("style") or "")
    assert row.get("notation") is None


def test_a_long_division_has_its_bracket_and_a_root_is_one() -> None:
    row = core("<menclose><mn>12</mn></menclose>")[0]
    assert [child.tag for child in row] == ["mo", "mrow"]
    assert row[0].text == ")" and "border-top" in (row[1].get("style") or "")
    assert core('<menclose notation="radical"><mn>2</mn></menclose>')[0].tag == "msqrt"


@pytest.mark.parametrize(
    ("fenced", "shown"),
    [
        ("<mfenced><mi>a</mi><mi>b</mi><mi>c</mi></mfenced>", "(a,b,c)"),
        ('<mfenced open="[" close=")"><mi>a</mi></mfenced>', "[a)"),
        ('<mfenced open="{" close=""><mi>a</mi></mfenced>', "{a"),
        ('<mfenced separators=";|"><mi>a</mi><mi>b</mi><mi>c</mi></mfenced>', "(a;b|c)"),
        ('<mfenced separators=""><mi>a</mi><mi>b</mi></mfenced>', "(ab)"),
        ("<mfenced><mfenced><mi>a</mi></mfenced><mi>b</mi></mfenced>", "((a),b)"),
        ("<mfenced/>", "()"),
    ],
)
def test_fences_are_operators(fenced: str, shown: str) -> None:
    maths = core(fenced)
    assert "".join(map(str, maths.itertext())) == shown
    assert next(maths.iter("mfenced"), None) is None


def test_added_widths_are_padding() -> None:
    row = core(
        '<mpadded width="+10px" height="+5px" depth="+5px" lspace="4px"><mi>y</mi></mpadded>'
    )
    assert row[0].get("style") == "padding:5px 6px 5px 4px"
    plain = '<mpadded width="0" height="2em"><mi>y</mi></mpadded>'
    assert inner_html(core(plain)) == plain


def test_what_is_at_the_right_of_a_cell_is_there_in_chromium_too() -> None:
    cells = core(
        '<mtable><mtr><mtd style="text-align:right;padding-right:0"><mi>a</mi></mtd>'
        '<mtd style="text-align:left"><mi>b</mi></mtd></mtr></mtable>'
    ).iter("mtd")
    assert [cell.get("style") for cell in cells] == [
        "text-align:right;padding-right:0;text-align:-webkit-right;padding-left:0",
        "text-align:left;padding-right:0",
    ]


def test_an_overline_is_one_that_stretches() -> None:
    assert inner_html(core("<mover><mi>a</mi><mo>―</mo></mover>")[0]) == "<mi>a</mi><mo>‾</mo>"


FUNCTION = "<mi>sin</mi><mo>\u2061</mo>"


@pytest.mark.parametrize(
    ("formula", "spaces"),
    [
        (f"{FUNCTION}<mi>x</mi>", 1),
        (f"<mn>2</mn>{FUNCTION}<mi>x</mi>", 2),
        (f"{FUNCTION}<mo>(</mo><mi>x</mi><mo>)</mo>", 0),
        (f"{FUNCTION}<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>", 0),
        (f"<mo>+</mo>{FUNCTION}<mi>x</mi>", 1),
        (f"<msup><mi>sin</mi><mn>2</mn></msup><mo>\u2061</mo>{FUNCTION}<mi>x</mi>", 2),
        ("<munder><mo>lim</mo><mi>x</mi></munder><mi>f</mi>", 1),
    ],
)
def test_functions_stand_apart_from_letters_and_not_from_brackets(
    formula: str, spaces: int
) -> None:
    maths = core(formula)
    after = sum(mo.get("rspace") == "0.1667em" for mo in maths.iter("mo"))
    assert after + len(list(maths.iter("mspace"))) == spaces


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<mover><mi>y</mi><mo>^</mo></mover>", {"accent": "true"}),
        ("<munder><mi>y</mi><mo>⏟</mo></munder>", {"accentunder": "true"}),
        ("<munderover><mi>y</mi><mo>_</mo><mo>→</mo></munderover>",
         {"accent": "true", "accentunder": "true"}),
        ("<munderover><mi>y</mi><mn>1</mn><mo>→</mo></munderover>", {"accent": "true"}),
        ("<mover><mo>→</mo><mi>f</mi></mover>", {}),
        ("<mover><mo>=</mo><mo>!</mo></mover>", {}),
    ],
)  # fmt: skip
def test_accents_are_named(inside: str, said: dict[str, str]) -> None:
    attributes = core(inside)[0].attrib.items()
    assert {str(name): str(value) for name, value in attributes} == said


def test_scripts_have_no_spaces_around_operators() -> None:
    root = parse_xml(
        "<p><math><munder><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow></munder>"
        "<mo>=</mo><mover><mi>x</mi><mo>→</mo></mover></math></p>"
    )
    write_mathml_core(root)
    inner, outer, accent = (one for one in root.iter("mo") if (one.text or "") in "=→")
    assert (inner.get("lspace"), inner.get("rspace")) == ("0", "0")
    assert outer.get("lspace") is None and accent.get("lspace") is None


def test_cells_at_the_edge_of_a_table_have_no_padding_there() -> None:
    row = '<mtr><mtd style="text-align: left">1</mtd><mtd>2</mtd><mtd>3</mtd></mtr>'
    root = parse_xml(f"<p><math><mtable>{row}</mtable></math></p>")
    write_mathml_core(root)
    assert [cell.get("style") for cell in root.iter("mtd")] == [
        "text-align: left;padding-left:0",
        None,
        "padding-right:0",
    ]
    ruled = parse_xml(f'<p><math><mtable frame="solid">{row}</mtable></math></p>')
    write_mathml_core(ruled)
    assert "padding" not in "".join(cell.get("style") or "" for cell in ruled.iter("mtd"))
