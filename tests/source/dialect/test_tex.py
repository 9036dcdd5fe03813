"""TeX as authors write it for MathJax, as formulas are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.source.dialect.tex import normalise_tex
from hanpan.tree import Element, parse_xml, text_of
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of, read_post


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("x^2", "x^2"),
        ("\\begin{align\\*}a\\end{align\\*}", "\\begin{align*}a\\end{align*}"),
        ("x \\tag{1}", "x \\qquad\\text{(1)}"),
        ("\\tag{1} x", " x\\qquad\\text{(1)}"),
        ("x \\tag*{위} + y", "x  + y\\qquad\\text{위}"),
        (
            "\\begin{align}\\tag{1} a &= b \\\\ c \\tag{2} &= d\\end{align}",
            "\\begin{align} a &= b \\qquad\\text{(1)}\\\\ c  &= d\\qquad\\text{(2)}\\end{align}",
        ),
        (
            "\\tag{3}\\begin{cases}a \\\\ b\\end{cases}",
            "\\begin{cases}a \\\\ b\\end{cases}\\qquad\\text{(3)}",
        ),
        ("a \\\\ b", "\\begin{gathered}a \\\\ b\\end{gathered}"),
        ("a &= b", "\\begin{aligned}a &= b\\end{aligned}"),
        ("{a} & b", "\\begin{aligned}{a} & b\\end{aligned}"),
        (
            "\\begin{matrix}1 & 0\\end{matrix} \\\\ b",
            "\\begin{gathered}\\begin{matrix}1 & 0\\end{matrix} \\\\ b\\end{gathered}",
        ),
        ("a \\\\", "a "),
        ("\\begin{cases}1 \\\\ 0\\end{cases}", "\\begin{cases}1 \\\\ 0\\end{cases}"),
        ("\\substack{a \\\\ b}", "\\substack{a \\\\ b}"),
        ("\\{a\\}, 5\\%", "\\{a\\}, 5\\%"),
        ("\\textcolor{red}{x}\\require{a}", "\\textcolor{red}{x}"),
        ("{a \\over b}{\\rm x}", "{a \\over b}{\\rm x}"),
    ],
)
def test_mended(written: str, read: str) -> None:
    assert normalise_tex(written) == read


@pytest.mark.parametrize(
    "markdown",
    [
        "$$\na = b \\\\\nc = d\n$$",
        "$$\na &= b \\\\\n\nc &= d \\\\\n$$",
        "$\\\\{I_k\\\\}$와 $\\\\alpha$",
        "\\begin{equation}\nx = {\\rm N} \\tag{1}\n\\end{equation}",
        "$$ a \\\\ $$ 글",
        "> $$\n> {a \\over b}\n> $$",
    ],
)
def test_drawn(tmp_path: Path, markdown: str) -> None:
    body = body_of(tmp_path, markdown)
    assert body.find(".//math") is not None
    assert body.find(".//code") is None


@pytest.mark.parametrize("piece", ["\\over ", "\\rm ", "{", "\\\\", "\\begin{a}", "&", "\\tag{"])
def test_long_formulas_take_linear_time(piece: str) -> None:
    assert growth(lambda length: normalise_tex(piece * (length // len(piece))), 50_000) < LINEAR


def formulas(body: Element) -> list[tuple[str, str]]:
    """Return whether each formula is a display, and its TeX."""
    return [
        (maths.get("display", ""), " ".join((maths.findtext(".//annotation") or "").split()))
        for maths in body.iter("math")
    ]


X, Y = "\\begin{equation}x=y\\end{equation}", "\\begin{align*}a&=b\\\\ c&=d\\end{align*}"


@pytest.mark.parametrize(
    "markdown",
    [
        f"앞 {X} 가운데 {Y} 뒤",
        f"- 항목 {X} 뒤\n- {Y}\n",
        f"> 인용 {X} 그리고 {Y} 뒤\n",
        f"| 가 | 나 |\n|---|---|\n| {X} | {Y} |\n",
        f"**굵게 {X}** 또 [{Y}](https://a.example)",
        f"글의 줄\n{X}\n이어진 글\n{Y}\n끝",
        "앞 \\begin{equation}\nx=y\n\\end{equation} 가운데 " + Y,
        "> 앞 \\begin{equation}\n> x=y\n> \\end{equation} 가운데 " + Y,
    ],
)
def test_environments_within_text_are_displays(tmp_path: Path, markdown: str) -> None:
    reading = read_post(tmp_path, f"---\ntitle: 제목\n---\n{markdown}\n")
    body = parse_xml(reading.document.body)
    shown = [(display, tex.replace(" ", "")) for display, tex in formulas(body)]
    assert shown == [("block", X), ("block", Y.replace(" ", ""))]
    for note in list(body.iter("annotation")):
        note.text = ""
    assert "begin" not in text_of(body)
    assert [problem.rule for problem in reading.problems if problem.rule == "text-lost"] == []


@pytest.mark.parametrize(
    "markdown",
    [
        "| 값 | 뜻 |\n|--|--|\n| ${a}-${b}/${c} | 하나 |\n| ${a}/${c} | 둘 |",
        "| 값 | 뜻 |\n|--|--|\n| a$b | 하나 |\n| c$d | 둘 |",
        "경로는 ${HOME}이고\n값은 b$이다",
        "`x`와 ${a}${b}",
    ],
)
def test_variables_and_dollars_of_two_rows_are_no_formula(tmp_path: Path, markdown: str) -> None:
    body = body_of(tmp_path, markdown)
    assert formulas(body) == []
    assert text_of(body).count("$") == markdown.count("$")


@pytest.mark.parametrize(
    "markdown",
    [
        "글 $$\n\\begin{align}a&=b\\end{align}\n$$ 뒤",
        "글 $$ \\begin{align}a&=b\n\\end{align}\n$$ 뒤",
        "글 $$\\begin{align}a&=b\\end{align}$$ 뒤",
        "글 $\\begin{align}a&=b\\end{align}$ 뒤",
    ],
)
def test_environments_within_dollars_are_one_formula(tmp_path: Path, markdown: str) -> None:
    shown = [tex.replace(" ", "") for _, tex in formulas(body_of(tmp_path, markdown))]
    assert shown == ["\\begin{align}a&=b\\end{align}"]


@pytest.mark.parametrize(
    "markdown",
    [
        "`\\begin{equation}x\\end{equation}`",
        "`앞 \\begin{equation}` 뒤 `\\end{equation}`",
        "앞 \\begin{equation} 끝이 없다\n\n다음 \\end{equation}",
        "    \\begin{equation}x\\end{equation}",
    ],
)
def test_environments_in_code_and_without_an_end_are_text(tmp_path: Path, markdown: str) -> None:
    assert formulas(body_of(tmp_path, markdown)) == []


def test_numbers_and_references_go_between_the_formulas_of_a_post(tmp_path: Path) -> None:
    post = (
        "앞 \\begin{equation}a\\label{one}\\end{equation} 또 "
        "\\begin{equation}b\\label{two}\\end{equation} 뒤.\n\n"
        "식 \\eqref{two}와 $\\ref{one} < \\eqref{two}$ 그리고 "
        "$$c \\tag{가}\\label{three}$$ 과 \\ref{three}."
    )
    reading = read_post(tmp_path, f"---\ntitle: 제목\n---\n{post}\n")
    body = parse_xml(reading.document.body)
    assert [tex for _, tex in formulas(body)] == [
        "\\begin{equation}a\\qquad\\text{(1)}\\end{equation}",
        "\\begin{equation}b\\qquad\\text{(2)}\\end{equation}",
        "\\text{1} < \\text{(2)}",
        "c \\qquad\\text{(가)}",
    ]
    assert "식 (2)와" in text_of(body) and "과 가." in text_of(body)
    assert [problem.rule for problem in reading.problems] == []
