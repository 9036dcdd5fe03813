"""Formulas of posts, of every kind that authors write: read, numbered, or shown as TeX and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.transforms.shared.media.equations import numbered
from tests.support.every_edition import printed
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of


def shown(folder: Path, markdown: str) -> str:
    """Return a post's text, without the TeX that stands beside formulas."""
    body = body_of(folder, markdown)
    for note in list(body.iter("annotation")):
        tree.remove(note)
    assert body.find(".//code") is None, tree.inner_xml(body)
    return " ".join(tree.text_of(body).split())


POST = r"""
\begin{equation}E = mc^2 \label{eq:energy}\end{equation}

\begin{equation}a\end{equation}
\begin{equation}b\end{equation}

식 \eqref{eq:energy}와 \ref{eq:row}, \eqref{eq:nowhere}.

$$\begin{align} p &= q \label{eq:row} \\ \\ r &= s \label{eq:unused} \end{align}$$

$$k \tag{A.1} \label{eq:tagged}$$

식 $\eqref{eq:tagged}$

$(1\<\<32)$ $\def\RR{\mathbb R}$그리고 $x \in \RR$, $\cfrac{1}{7}$, $\copyright$, $\ce{H2O}$

- $u<A$
- $v>A$

`\eqref{eq:energy}`
"""


def test_each_kind_of_formula_is_read(tmp_path: Path) -> None:
    body = body_of(tmp_path, POST)
    formulas = list(body.iter("math"))
    for note in list(body.iter("annotation")):
        tree.remove(note)
    texts = ["".join(tree.text_of(formula).split()) for formula in formulas]
    assert texts == [
        "E=mc2(1)", "a", "b", "p=q(2)r=s", "k(A.1)", "(A.1)", "(1<<32)", "x∈ℝ", "17", "©", "H2O",
        "u<A", "v>A",
    ]  # fmt: skip
    assert [formula.get("display") for formula in formulas[:3]] == ["block"] * 3
    (prose,) = (tree.text_of(p) for p in body.iter("p") if "nowhere" in tree.text_of(p))
    assert prose == "식 (1)와 2, \\eqref{eq:nowhere}."
    assert [tree.text_of(code) for code in body.iter("code")] == ["\\eqref{eq:energy}"]


@pytest.mark.parametrize(
    "markdown", ["$\\nosuch{x}$", "$$\\frac{1$$", "\\begin{align}a & \\nosuch\\end{align}"]
)
def test_what_cannot_be_read_is_its_tex_and_told(tmp_path: Path, markdown: str) -> None:
    reading, made = printed(tmp_path, f"첫 문단.\n\n{markdown}\n", editions=("pdf", "html"))
    (problem,) = (problem for problem in reading.problems if problem.rule == "math")
    assert problem.line == 6
    assert "(" in problem.message  # MathJax's reason
    assert '<code class="tex' in made["글.html"].decode()


def test_a_definition_alone_leaves_no_hole(tmp_path: Path) -> None:
    assert shown(tmp_path, "앞\n\n$$\\newcommand{\\RR}{\\mathbb{R}}$$\n\n뒤 $\\RR$") == "앞 뒤 ℝ"
    assert body_of(tmp_path / "2", "$$\\def\\a{b}$$").find(".//math") is None


def test_numbers_are_those_of_tags_else_counted() -> None:
    formulas, numbers = numbered(
        ["a \\label{x}", "b \\label{y}\\qquad\\text{(7)}", "c \\label{z}"], "\\eqref{z} \\ref{y}"
    )
    assert formulas == ["a ", "b \\qquad\\text{(7)}", "c\\qquad\\text{(1)}"]
    assert numbers == {"y": "7", "z": "1"}


@pytest.mark.parametrize("piece", ["\\label{", "\\label{a}", "\\eqref{a}", "\\\\", "\\end{"])
def test_numbers_take_linear_time(piece: str) -> None:
    def number(length: int) -> None:
        numbered([piece * (length // len(piece))], piece * (length // len(piece)))

    assert growth(number, 20_000) < LINEAR


def test_mathml_of_an_author_that_cannot_be_drawn_is_told(tmp_path: Path) -> None:
    deep = "<msqrt>" * 100 + "<mi>x</mi>" + "</msqrt>" * 100
    post = f"앞\n\n<math>{deep}</math> <math><mi>x</mi></math>\n"
    reading, _ = printed(tmp_path, post, editions=())
    assert [problem.rule for problem in reading.problems] == ["nesting", "math"]
