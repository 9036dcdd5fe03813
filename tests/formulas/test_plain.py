"""Formulas in letters, and as pictures where letters cannot say them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypandoc
import pytest

from hanpan import tree
from hanpan.formulas.plain import in_letters, text_with_formulas
from tests.crosspost.sample import document, load, render, texts


def mathml(tex: str, *, block: bool = False) -> str:
    sign = "$$" if block else "$"
    found: str = pypandoc.convert_text(f"{sign}{tex}{sign}", "html", "markdown", ["--mathml"])
    found = found.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")  # as in a Document
    return found.strip().removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("tex", "letters"),
    [
        ("E = mc^2", "E = mc<sup>2</sup>"),
        ("O(n \\log n)", "O(n log n)"),
        ("a_{ij}+1", "a<sub>ij</sub> + 1"),
        ("x_i^2", "x<sub>i</sub><sup>2</sup>"),
        ("-1 < x \\le 3", "−1 &lt; x ≤ 3"),
        ("f(x, y) = -x", "f(x, y) = −x"),
        ("\\frac{1}{2}", "1/2"),
        ("\\sqrt{2}", "√2"),
        ("f'(x)", "f′(x)"),
        ("\\hat{y}", "ŷ"),
        ("\\dim(U \\cap W)", "dim(U ∩ W)"),
        ("\\mathbb{R}^n", "ℝ<sup>n</sup>"),
        ("\\text{값} = 3", "값 = 3"),
        ("\\frac{a+b}{c}", None),
        ("\\sum_{i=1}^n i", None),
        ("e^{x^2}", None),
        ("\\begin{matrix}1 & 2\\end{matrix}", None),
    ],
)
def test_letters_say_what_a_line_can(tex: str, letters: str | None) -> None:
    formula = next(tree.parse(mathml(tex)).iter("math"))
    found = in_letters(formula)
    assert (None if found is None else tree.inner_html(found)) == letters


def test_others_are_pictures_in_the_order_of_the_text(tmp_path: Path) -> None:
    body = (
        f"<p>앞 {mathml('x^2')} 그리고 {mathml(chr(92) + 'frac{a+b}{c}')} 뒤</p>"
        f"<p>{mathml(chr(92) + 'sum_i i', block=True)}</p>"
        '<p><img src="asset:aaaaaaaaaaaaaaaa" alt="점"/></p>'
    )
    rendered = render(tmp_path, document(body))
    files = texts(rendered)
    naver = files["naver/paste.html"]
    assert "앞 x² 그리고" in naver
    assert "a+b}{c}</span> 뒤" in naver  # in a sentence a mark could not be read
    assert "[그림 03: \\sum_i i → images/03-formula.png]" in naver
    assert "images/02-formula.png 그림으로 바꿀 수 있다" in files["naver/report.md"]
    images = [image["local"] for image in load(files["naver/manifest.json"])["images"]]
    assert images == [
        "images/01-그림-하나.png", "images/02-formula.png", "images/03-formula.png",
    ]  # fmt: skip
    data_of = {artifact.path: artifact.data for artifact in rendered.artifacts}
    assert data_of["글/crosspost/naver/images/03-formula.png"].startswith(b"\x89PNG")
    wordpress = files["wordpress/content.html"]
    assert 'src="https://upload.invalid/02.png"' in wordpress and "vertical-align" in wordpress
    assert "x<sup>2</sup>" in wordpress and "[그림" not in wordpress
    assert len(load(files["velog/manifest.json"])["images"]) == 1  # it typesets formulas itself


@pytest.mark.parametrize(("tex", "mark"), [("x^2", "sup"), ("\\sum_i i", "img")])
def test_a_displayed_formula_has_a_line_of_its_own(tmp_path: Path, tex: str, mark: str) -> None:
    shown = mathml(tex, block=True)
    body = f"<p>앞말 {shown} 뒷말 {shown}</p><p>글 {mathml(tex)} 글</p><p>글<br/>{shown}</p>"
    content = texts(render(tmp_path, document(body)))["wordpress/content.html"]
    paragraphs = [p for p in tree.parse(content).iter("p") if "말" in tree.text_of(p)]
    paragraphs += [p for p in tree.parse(content).iter("p") if "글" in tree.text_of(p)]
    inside = [[str(one.tag) for one in p if one.tag in ("br", mark)] for p in paragraphs]
    assert inside[:3] == [["br", mark, "br", "br", mark], [mark], ["br", mark]]


def test_an_excerpt_keeps_formulas_that_letters_can_say() -> None:
    paragraph = tree.parse_xml(
        "<p>넓이 <math><msup><mi>x</mi><mn>2</mn></msup></math>와 "
        "<math><msub><mi>a</mi><mi>k</mi></msub></math>, "
        "<math><msup><mi>e</mi><mrow><mi>i</mi><mi>t</mi></mrow></msup></math>를 잰다.</p>"
    )
    text = text_with_formulas(paragraph)
    assert text is not None
    assert unicodedata.normalize("NFKC", text) == unicodedata.normalize(
        "NFKC", "넓이 x²와 a_k, e^(it)를 잰다."
    )
    assert "²" in text
    root = tree.parse_xml(f"<p>합 {mathml(chr(92) + 'sum_{i=1}^n i')}</p>")
    assert text_with_formulas(root) is None
