"""Formulas of a page have a font of their own, cut to what they need (issue 14, section 4)."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from hanpan.editions.html.fonts import font_css
from hanpan.tree import parse_xml
from tests.editions.html.sample import site_files
from tests.support.every_edition import printed

LARGEST = 60_000  # bytes of a usual post's maths font
USUAL = r"""손실 $x_{최대}$ 와 $\binom{한}{글}$.

$$f(x) =
\left(\frac{\partial L}{\partial \theta_i}\right)^{2} + \sqrt{\sum_{i=1}^{n} (y_i - \hat{y}_i)^2}$$

$$\begin{cases} \alpha x' & \text{if } x \ge 0 \\ -x & \text{그 밖에} \end{cases}
\quad \begin{bmatrix} a & b \\ c & d \end{bmatrix} \int_0^\infty e^{-\lambda t}\,dt \to \mathbb{R}$$

$$\widehat{abc} + \overbrace{a+b}^{k} + \epsilon + \left\lfloor\frac n2\right\rfloor + \|v\| + |w|$$
"""


def faces(page: str) -> dict[str, list[bytes]]:
    """Return the fonts of a page by the family that they are for."""
    found: dict[str, list[bytes]] = {}
    for family, data in re.findall(r'font-family: "([^"]+)"[^}]*base64,([^)]+)\)', page):
        found.setdefault(family, []).append(base64.b64decode(data))
    return found


def sizes(font: TTFont, axis: str) -> dict[int, int]:
    """Return in how many ways each character of a font is stretched: sizes, and pieces."""
    table: Any = font["MATH"].table
    variants = table.MathVariants
    ways = dict(
        zip(
            getattr(variants, f"{axis}GlyphCoverage").glyphs,
            getattr(variants, f"{axis}GlyphConstruction"),
            strict=True,
        )
    )
    return {
        code: len(ways[name].MathGlyphVariantRecord) + bool(ways[name].GlyphAssembly)
        for code, name in font.getBestCmap().items()
        if name in ways
    }


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    _, made = printed(tmp_path_factory.mktemp("maths"), USUAL, editions=("html",))
    return faces(made["글.html"].decode())


def test_a_usual_post_has_the_sizes_of_its_signs_in_little_space(
    fonts: dict[str, list[bytes]],
) -> None:
    (data,) = fonts["post-maths"]
    assert len(data) < LARGEST
    font = TTFont(io.BytesIO(data))
    tall, wide = sizes(font, "Vert"), sizes(font, "Horiz")
    for sign in "()[]{|‖⌊⌋√":
        assert tall[ord(sign)] > 1, sign
    for sign in "⏞^":
        assert wide[ord(sign)] > 1, sign
    shown = font.getBestCmap()
    assert set(map(ord, "∑∫𝑥𝜃𝛼𝜖𝜕ℝ′−→∞")) <= set(shown)
    assert ord("가") not in shown
    assert font["name"].getDebugName(13)  # the licence stays
    assert "STIX" not in (font["name"].getDebugName(1) or "")


def test_hangul_in_formulas_is_in_the_font_of_the_text(fonts: dict[str, list[bytes]]) -> None:
    body = {code for data in fonts["post-body"] for code in TTFont(io.BytesIO(data)).getBestCmap()}
    assert set(map(ord, "최대한글그밖에")) <= body


def test_other_pages_have_no_maths_font_and_do_not_open_one(tmp_path: Path) -> None:
    files = site_files(tmp_path)
    css = font_css((parse_xml("<p>그냥 글 x + y</p>"),), "", files, "ko")
    assert "post-maths" not in faces(css)
    assert not any("stix" in key for key in files.reads)


def test_accents_and_arrows_of_every_kind_stretch(tmp_path: Path) -> None:
    signs = "^~¯ˇ←→↔⇒⇐⇔↦↪⟶=⏞⏟⏜⏝⎴‾"
    formula = "".join(f"<mo>{sign}</mo>" for sign in signs)
    root = parse_xml(f"<p><math>{formula}</math></p>")
    css = font_css((root,), "", site_files(tmp_path), "ko")
    wide = sizes(TTFont(io.BytesIO(faces(css)["post-maths"][0])), "Horiz")
    assert {sign for sign in signs if wide.get(ord(sign), 0) < 2} == set()
