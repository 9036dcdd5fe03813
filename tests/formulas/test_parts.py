"""The parts of a formula: its signs, the lines of its tables, its letters."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.assets.fonts import faces
from hanpan.files import Files, NoNetwork
from hanpan.formulas.letters import letters, width_of
from hanpan.formulas.reading import begin_post, read_tex
from hanpan.formulas.signs import count_signs
from hanpan.formulas.tables import style_table
from hanpan.site import load_site
from tests.support.command import ROOT


@pytest.fixture(scope="module")
def face() -> str:
    files = Files(load_site(ROOT), NoNetwork())
    return next(str(one.path) for one in faces(files) if one.family == "Pretendard")


@pytest.mark.parametrize(
    ("inside", "signs"),
    [
        ("<mi>x</mi>", 1),
        ("<mi>x</mi><mo>+</mo><mn>12</mn>", 4),
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", 3),
        ('<mfrac linethickness="0"><mi>a</mi><mi>b</mi></mfrac>', 2),
        ('<mfrac linethickness="0.1em"><mi>a</mi><mi>b</mi></mfrac>', 3),
        ("<msqrt><mi>a</mi></msqrt><mroot><mi>b</mi><mn>3</mn></mroot>", 7),
        ("<mphantom><mi>a</mi></mphantom><mi>b</mi>", 1),
        ("<semantics><mi>b</mi><annotation>abc</annotation></semantics>", 1),
        ("<mtext>가 나</mtext>", 2),  # a blank is no sign
        ("<mi>e\u0301</mi>", 1),
        ("<mi>x\u0338</mi>", 1),
    ],
)
def test_signs_are_counted(inside: str, signs: int) -> None:
    assert count_signs(f"<math>{inside}</math>") == signs


def test_the_number_of_a_row_is_behind_it() -> None:
    begin_post()
    maths = read_tex(r"\begin{align}a&=b\tag{1}\\c&=d\end{align}", is_block=True)
    assert maths is not None
    rows = [tree.text_of(row) for row in maths.iter("mtr")]
    assert rows == ["a=b(1)", "c=d"]


def test_the_lines_of_a_table_are_styles() -> None:
    table = tree.parse_xml(
        '<mtable frame="solid" columnlines="none dashed" rowlines="solid">'
        "<mtr><mtd/><mtd/><mtd/></mtr><mtr><mtd/><mtd/><mtd/></mtr></mtable>"
    )
    style_table(table[0])
    assert table[0].get("style") == "border:1px solid"
    assert [cell.get("style") for cell in table.iter("mtd")] == [
        "border-bottom:1px solid",
        "border-right:1px dashed;border-bottom:1px solid",
        "border-bottom:1px solid",
        None,
        "border-right:1px dashed",
        None,
    ]


def test_letters_stand_behind_each_other(face: str) -> None:
    word = letters("가나다", face)
    assert [one.x for one in word] == [
        0,
        pytest.approx(1_000 * width_of("가", face), abs=1),
        pytest.approx(1_000 * width_of("가나", face), abs=1),
    ]
    assert len({one.path for one in word}) == 3
