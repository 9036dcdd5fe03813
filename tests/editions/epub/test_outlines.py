"""Formulas' pictures in an EPUB are written short, and look as they were drawn."""

from __future__ import annotations

import io

import resvg_py
from lxml import etree
from PIL import Image, ImageChops

from hanpan.editions.epub.outlines import on_white, short_path
from hanpan.transforms.maths_svg import draw_formula
from tests.support.command import ROOT

HANGUL = ROOT / "layouts/fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"
FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><msqrt><mfrac>'
    "<msup><mi>x</mi><mn>2</mn></msup><mtext>속도</mtext></mfrac></msqrt><mo>=</mo>"
    "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>"
)


def test_a_path_goes_from_where_the_pen_is() -> None:
    path = (
        "M 255 0 L 255 0 L 50 0 L 50 -15 Q 90 -15 110 -25 Q 125 -35 125 -55 Z M 50 100 L 100 150 Z"
    )
    assert short_path(path) == "m51 0h-41v-3q8 0 12-2 3-2 3-6zm-41 20l10 10z"


def test_a_formula_looks_as_it_was_drawn() -> None:
    drawn = draw_formula(etree.fromstring(FORMULA), HANGUL)
    assert drawn is not None
    short = on_white(drawn[0])
    assert len(short) < 0.7 * len(drawn[0])
    known, found = _pixels(drawn[0]), _pixels(short)
    assert known.size == found.size
    inner = (2, 2, known.width - 2, known.height - 2)  # at the edges the ground ends within a pixel
    unlike = ImageChops.difference(known.crop(inner), found.crop(inner))
    assert sum(unlike.histogram()[64:]) < 0.01 * known.width * known.height


def _pixels(svg: bytes) -> Image.Image:
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), zoom=4))
    page = Image.open(io.BytesIO(png))
    white = Image.new("RGBA", page.size, "white")
    return Image.alpha_composite(white, page.convert("RGBA")).convert("L")
