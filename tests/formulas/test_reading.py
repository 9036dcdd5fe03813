"""TeX becomes MathML that says what the TeX says, in what browsers know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree

from hanpan import tree
from hanpan.formulas.engine import NotAFormula, engine
from hanpan.formulas.reading import begin_post, read_tex
from tests.support.limits.growth import LINEAR, growth


@pytest.fixture(autouse=True)
def post() -> Iterator[None]:
    begin_post()
    yield


def mathml(tex: str) -> str:
    """Return what stands in `<semantics>` beside the TeX."""
    maths = read_tex(tex, is_block=True)
    assert maths is not None
    return etree.tostring(maths[0][0], encoding="unicode")


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\mathbf{W1}", "<mi>𝐖𝟏</mi>"),
        (r"\mathrm{AC00}", "<mi>AC00</mi>"),
        (r"\mathrm{a}", '<mi mathvariant="normal">a</mi>'),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathfrak{C}", "<mi>ℭ</mi>"),
        (r"\mathit{h}", "<mi>ℎ</mi>"),
        (r"\boldsymbol{\alpha}", "<mi>𝜶</mi>"),
        (r"\text{가}", "<mtext>가</mtext>"),
        (r"\textbf{가}", '<mtext mathvariant="bold" style="font-weight:bold">가</mtext>'),
        (r"\ce{H2O}", '<msub><mi mathvariant="normal">H</mi><mn>2</mn></msub>'),
        (
            r"\ce{SO4^2-}",
            "<msubsup><mi>SO</mi><mn>4</mn><mrow><mn>2</mn><mo>−</mo></mrow></msubsup>",
        ),
        (r"\ce{A -> B}", "⟶"),
        (r"\textcolor{red}{x}", '<mstyle mathcolor="#ff0000"><mi>x</mi></mstyle>'),
        (r"\textcolor{orange}{x}", "#ffa500"),
        (r"\boxed{x}", "border:1px solid"),
        (r"a \mathrel{+} b", '<mo lspace="0.2778em" rspace="0.2778em">+</mo>'),
        (r"\begin{array}{r|l}1&2\end{array}", "text-align:right;border-right:1px solid"),
        (r"\begin{aligned}a&=b\end{aligned}", "text-align:right;padding-right:0"),
        (r"\copyright", "©"),
        (r"\text{log_softmax, 50%, a&b, #1}", "<mtext>log_softmax, 50%, a&amp;b, #1</mtext>"),
        (r"\text{\aa \'e}", "å"),
        (r"\def\a#1{#1^2}\a{y}", "<msup><mi>y</mi><mn>2</mn></msup>"),
        (r"\gdef\a{z}\a", "<mi>z</mi>"),
        (r"\DeclareMathOperator{\tr}{tr}\tr A", "<mi>tr</mi>"),
        (r"\providecommand\a{q}\a", "<mi>q</mi>"),
    ],
)
def test_said_in_plain_mathml(tex: str, shown: str) -> None:
    begin_post()
    plain = mathml(tex)
    assert shown in plain
    assert "data-" not in plain


def test_definitions_hold_until_the_post_ends() -> None:
    assert read_tex(r"\newcommand{\RR}{\mathbb{R}}", is_block=True) is None
    assert mathml(r"\RR") == "<mi>ℝ</mi>"
    begin_post()
    with pytest.raises(NotAFormula, match="RR"):
        read_tex(r"\RR", is_block=False)


@pytest.mark.parametrize(
    "tex",
    [r"\nosuchcommand", r"\frac{1", r"\begin{nosuch}x\end{nosuch}", r"\left( x", "{", "x^2^3"],
)
def test_what_cannot_be_read_is_an_error_that_says_why(tex: str) -> None:
    with pytest.raises(NotAFormula, match=r"\w+"):
        read_tex(tex, is_block=True)


@pytest.mark.parametrize(
    "tex", [r"\def\a{\a\a}\a", "{" * 5000, r"\frac{" * 3000, r"\def\a{x\a}\a", "^" * 3000]
)
def test_hostile_formulas_end_and_leave_the_engine_sound(tex: str) -> None:
    with pytest.raises(NotAFormula):
        read_tex(tex, is_block=True)
    begin_post()
    assert mathml("x") == "<mi>x</mi>"


def test_long_formulas_take_linear_time() -> None:
    engine()
    assert growth(lambda length: mathml("x+" * (length // 2) + "x"), 200) < LINEAR


def test_the_tex_is_kept_beside_the_formula() -> None:
    maths = read_tex(r"\frac{1}{2}", is_block=False)
    assert maths is not None and maths.get("display") == "inline"
    assert tree.text_of(maths[0][1]) == r"\frac{1}{2}"


@pytest.mark.parametrize(
    "tex",
    [r"a \hspace*{1em} b", r"\text{\LaTeX, \TeX}", r"\overbracket[1pt][2pt]{a}^b", r"\utilde{a}"],
)
def test_words_of_latex_are_read(tex: str) -> None:
    assert mathml(tex)


def test_an_accent_of_several_letters_stretches() -> None:
    for tex in (r"\utilde{ab}", r"\widecheck{ab}", r"\overleftharpoon{ab}", r"\overbracket{ab}"):
        assert 'stretchy="false"' not in mathml(tex), tex
        assert "<mo" in mathml(tex), tex


def test_multline_is_no_wider_than_its_lines() -> None:
    shown = mathml(r"\begin{multline} a \\ b \\ c \end{multline}")
    assert "100%" not in shown
    assert [part.partition('"')[0] for part in shown.split('style="text-align:')[1:]] == [
        "left",
        "right",
    ]


def test_posts_leave_neither_definitions_nor_memory_behind() -> None:
    def read(posts: int) -> int:
        for number in range(posts):
            begin_post()
            read_tex(rf"\def\mine{{x_{{{number}}}}}\mine", is_block=False)
        return engine().memory

    first = read(60)
    assert read(120) < first + 60 * 20_000  # bytes; a new document for each took 120,000
    begin_post()
    with pytest.raises(NotAFormula):
        read_tex(r"\mine", is_block=False)
