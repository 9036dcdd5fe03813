"""TeX as authors write it for MathJax, as formulas are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.source.dialect.tex import normalise_tex
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of


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
