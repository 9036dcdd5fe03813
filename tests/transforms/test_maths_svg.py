"""Formulas as pictures: what is drawn, and what stands in for what cannot be."""

from __future__ import annotations

from pathlib import Path

from hanpan import tree
from hanpan.files import packaged_layouts
from hanpan.transforms.maths_svg import maths_to_pictures

HANGUL = packaged_layouts() / "fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"


def test_a_formula_becomes_a_picture_that_says_its_tex() -> None:
    root = tree.parse_xml(
        '<p>식 <math display="inline"><semantics><mfrac><mi>거</mi><mn>2</mn></mfrac>'
        '<annotation encoding="application/x-tex">\\frac{거}{2}</annotation></semantics></math>'
        "는</p>"
    )
    pictures = maths_to_pictures(root, lambda _: HANGUL, "made-up:", {})
    image = root[0][0]
    assert image.tag == "img" and image.get("alt") == "\\frac{거}{2}"
    assert pictures[image.get("src") or ""].startswith(b"<svg")
    assert tree.text_of(root) == "식 는"
    plain = pictures[image.get("src") or ""]
    other = tree.parse_xml("<math><mfrac><mi>나</mi><mn>2</mn></mfrac></math>")
    assert list(maths_to_pictures(other, lambda _: HANGUL, "x:", {}).values()) != [
        plain
    ]  # no tofu for both


def test_rows_within_rows_are_one_and_fences_keep_theirs() -> None:
    drawn: list[bytes] = []
    for rows in ("<mi>x</mi>", "<mrow><mrow><mi>x</mi></mrow></mrow>"):
        root = tree.parse_xml(f"<math><msup>{rows}<mn>2</mn></msup><mo>=</mo><mn>4</mn></math>")
        drawn += maths_to_pictures(root, lambda _: HANGUL, "made-up:", {}).values()
    assert drawn[0] == drawn[1]
    fenced = "<mo>(</mo><mi>x</mi><mo>)</mo>"
    tall = "<mfrac><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></mfrac>"
    for row in (f"<mrow>{fenced}</mrow>", fenced):
        root = tree.parse_xml(f"<math>{row}{tall}</math>")
        drawn += maths_to_pictures(root, lambda _: HANGUL, "made-up:", {}).values()
    assert drawn[2] != drawn[3]


def test_a_formula_that_cannot_be_drawn_stays_readable() -> None:
    root = tree.parse_xml(
        "<p><math><semantics><mfrac><mi>x</mi></mfrac>"
        '<annotation encoding="application/x-tex">\\frac{x}</annotation></semantics></math></p>'
    )
    undrawn: dict[str, None] = {}
    assert maths_to_pictures(root, lambda _: HANGUL, "made-up:", undrawn) == {}
    assert list(undrawn) == ["\\frac{x}"]
    assert tree.inner_xml(root) == '<p><code class="maths-source">\\frac{x}</code></p>'


def test_the_korean_face_for_formulas_is_there() -> None:
    assert Path(HANGUL).is_file()
