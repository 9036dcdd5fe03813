"""Letters of formulas that the maths font lacks come from a font of their language."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.transforms.maths_svg import formula_face, letters_without_face
from hanpan.tree import Element, parse_xml
from tests.editions.html.sample import site_files


def maths_of(body: str) -> Element:
    maths = parse_xml(body).find(".//math")
    assert maths is not None
    return maths


@pytest.mark.parametrize(
    ("body", "lang", "name", "absent"),
    [
        ("<p><math><mi>x</mi></math></p>", "ko", "NotoSansKR", ""),
        ("<p><math><mtext>최대 直</mtext></math></p>", "ko", "NotoSansKR", ""),
        ("<p><math><mtext>损失</mtext></math></p>", "ko", "NotoSansSC", ""),
        ("<p><math><mtext>直線</mtext></math></p>", "ja", "NotoSansJP", ""),
        ("<p><math><mtext>直線</mtext></math></p>", "zh-TW", "NotoSansTC", ""),
        ('<p lang="zh"><math><mtext>直线</mtext></math></p>', "ko", "NotoSansSC", ""),
        ("<p><math><mi>α</mi><mtext>مرحبا</mtext></math></p>", "ko", "NotoSansArabic", ""),
        ("<p><math><mtext>한글</mtext></math></p>", "ja", "NotoSansKR", ""),
        ("<p><math><mtext>한글 损损</mtext></math></p>", "ko", "NotoSansKR", "损损"),
        ("<p><math><mtext>\U00030000</mtext></math></p>", "ko", "NotoSansKR", "\U00030000"),
    ],
)
def test_a_formula_has_the_face_of_its_letters(
    tmp_path: Path, body: str, lang: str, name: str, absent: str
) -> None:
    files, maths = site_files(tmp_path), maths_of(body)
    assert formula_face(maths, files, lang).name.startswith(name)
    assert "".join(letters_without_face(maths, files, lang)) == absent
