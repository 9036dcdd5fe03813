"""What stretches in a formula (bars, braces, tall brackets, roots) is drawn in every edition.

Issue 14, section 2, "Formulas": each outline of the drawing is counted in what an edition shows.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pypdf
import pytest
from PIL import Image

from hanpan.assets.diagrams import as_png
from hanpan.editions.pdf.images.formula import formula
from hanpan.transforms.maths_svg import draw_formula
from tests.support.command import ROOT
from tests.support.every_edition import printed
from tests.support.reading import body_of

FACE = ROOT / "layouts/fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"
SVG = "{http://www.w3.org/2000/svg}"
TALL = r"\frac{\frac12}{\frac34}"
# what has a mark -> the same without it
MARKED = {
    r"\bar x": "x",
    r"\overline{abc}": "abc",
    r"\underline{abc}": "abc",
    r"\overrightarrow{AB}": "AB",
    r"\overleftarrow{AB}": "AB",
    r"\underbrace{a+b+c+d}_n": "a+b+c+dn",
    r"\overbrace{a+b+c+d}^n": "a+b+c+dn",
    r"\widehat{abcd}": "abcd",
    r"\overbracket{abcd}^n": "abcdn",
    r"\underbracket[1pt][2pt]{abcd}_n": "abcdn",
    r"\overlinesegment{abcd}": "abcd",
    r"\overleftharpoon{abcd}": "abcd",
    r"\Overrightarrow{abcd}": "abcd",
    r"\utilde{abcd}": "abcd",
    r"\widecheck{abcd}": "abcd",
    r"\widetilde{abcd}": "abcd",
    rf"\left({TALL}\right.": TALL,
    rf"\left[{TALL}\right.": TALL,
    rf"\left\{{{TALL}\right.": TALL,
    rf"\left|{TALL}\right.": TALL,
    rf"\left\lfloor{TALL}\right.": TALL,
    rf"\left\|{TALL}\right.": TALL,
    rf"\sqrt{{{TALL}}}": TALL,
    r"\begin{cases}1\\2\\3\\4\end{cases}": r"\begin{matrix}1\\2\\3\\4\end{matrix}",
    r"\begin{pmatrix}1\\2\\3\\4\end{pmatrix}": r"\begin{matrix}1\\2\\3\\4\end{matrix}",
    r"\begin{vmatrix}1\\2\\3\\4\end{vmatrix}": r"\begin{matrix}1\\2\\3\\4\end{matrix}",
}


@cache
def drawings(texts: tuple[str, ...]) -> dict[str, bytes]:
    """Return the SVGs of formulas, all read in one post."""
    with TemporaryDirectory() as folder:
        body = body_of(Path(folder), "\n\n".join(f"$${tex}$$" for tex in texts))
    drawn = [draw_formula(maths, FACE) for maths in body.iter("math")]
    assert len(drawn) == len(texts)
    return {tex: one[0] for tex, one in zip(texts, drawn, strict=True) if one is not None}


def outlines(svg: bytes) -> int:
    """Return of how many closed lines a drawing is made, bars among them."""
    root = ElementTree.fromstring(svg)
    glyphs = {path.get("id"): path.get("d", "").count("M") for path in root.iter(f"{SVG}path")}
    placed = [glyphs[use.get("href", "")[1:]] for use in root.iter(f"{SVG}use")]
    return sum(placed) + sum(part.get("d", "").count("M") for part in root.findall(f"{SVG}path"))


def ink(svg: bytes) -> int:
    """Return how dark a drawing is as a PNG."""
    return sum(
        255 - pixel for pixel in Image.open(io.BytesIO(as_png(svg, ()))).convert("L").tobytes()
    )


def outlines_on_page(operators: bytes) -> int:
    """Return how many closed lines a PDF's content stream draws."""
    return len(re.findall(rb" (?:m|re)(?= )", operators))


@pytest.mark.parametrize("tex", MARKED)
def test_each_outline_of_a_drawing_is_in_the_pdf_and_in_a_png(tex: str) -> None:
    marked, plain = drawings(tuple(MARKED))[tex], drawings(tuple(MARKED.values()))[MARKED[tex]]
    assert outlines(marked) > outlines(plain)
    drawn = formula(marked)
    assert drawn is not None
    assert outlines_on_page(drawn.operators) == outlines(marked)
    assert ink(marked) > ink(plain)


def test_multline_is_drawn_as_wide_as_its_lines() -> None:
    lines = r"\begin{multline}a+b+c+d\\+e+f+g\\+h\end{multline}"
    svg = ElementTree.fromstring(drawings((lines,))[lines])
    assert float(svg.get("width", "0")) < 20 * 16  # pixels of an em


def test_the_marks_are_on_the_pages_of_a_pdf(tmp_path: Path) -> None:
    post = "\n\n".join(f"$${tex}$$" for tex in MARKED)
    _, made = printed(tmp_path, post, editions=("pdf",))
    drawn = 0
    for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages:
        content = page.get_contents()
        assert content is not None
        drawn += outlines_on_page(content.get_data())
    assert drawn >= sum(map(outlines, drawings(tuple(MARKED)).values()))


KOREAN = (
    r"\frac{\text{맞은 수}}{\text{전체 수}}",
    r"\text{손실}_{\text{학습}}",
    r"\text{손실}^{\text{학습}}",
    r"\binom{가}{나}",
    r"\overset{가}{나}",
    r"\underset{가}{나}",
    r"\sqrt[가]{나}",
    r"\text{가}_{\text{나}}^{\text{다}}",
    r"\underbrace{가}_{나}",
    r"\begin{cases}\text{가} & \text{나} \\ \text{다} & \text{라}\end{cases}",
    r"\frac{가나}{다라}",
    r"\mathbf{가}_{나}",
)


@pytest.mark.parametrize("tex", KOREAN)
def test_korean_in_all_places_of_a_construct(tex: str) -> None:
    svg = ElementTree.fromstring(drawings(KOREAN)[tex])
    used = {use.get("href") for use in svg.iter(f"{SVG}use")}
    assert len(used) >= len(set(re.findall("[가-힣]", tex)))
