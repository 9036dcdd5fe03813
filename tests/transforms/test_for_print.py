"""The transforms that only print uses: styles, tables, formulas, signs, old Hangul."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.files import packaged_layouts
from hanpan.transforms.highlight import highlight
from hanpan.transforms.maths_svg import maths_to_pictures
from hanpan.transforms.missing_glyphs import sign_missing
from hanpan.transforms.print.author_styles import mend_styles, set_picture_width
from hanpan.transforms.print.code_lines import TURNED, WHOLE, set_code_lines
from hanpan.transforms.print.marked_runs import mark_runs
from hanpan.transforms.print.outline_labels import LABEL, label_headings
from hanpan.transforms.print.table_rows import even_rows
from hanpan.transforms.table_sizes import CUT, TIGHT, TableRoom, size_tables

HANGUL = packaged_layouts() / "fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"


def test_an_author_s_styles_are_kept_as_far_as_paper_can_follow() -> None:
    root = tree.parse_xml(
        '<p style="color: red; float: left; height: 9px; text-align: center">가</p>'
        '<ol start="3" type="i"><li value="7">나</li></ol>'
    )
    mend_styles(root)
    paragraph, numbers = root
    assert paragraph.get("style") == "color: red;text-align: center"
    assert numbers.get("style") == "counter-reset:list-item 2;list-style-type:lower-roman"
    assert numbers[0].get("style") == "counter-set:list-item 7"


@pytest.mark.parametrize(
    ("width", "wanted"),
    [("300", "width:300px"), ("50%", "width:50%"), ("800", None), ("wide", None), ("0", None)],
)
def test_only_a_width_of_the_author_s_own_is_kept(width: str, wanted: str | None) -> None:
    image = tree.parse_xml(f'<img width="{width}" height="9"/>')[0]
    set_picture_width(image, natural=800)
    assert image.get("style") == wanted
    assert image.get("width") is image.get("height") is None


def table_room(turned: float) -> TableRoom:
    return TableRoom(39, turned, body=10, size=0.92, padding=1.3, tight_padding=0.6)


def test_wide_tables_get_smaller_type() -> None:
    def table(columns: int) -> str:
        return f"<table><tr>{'<td>조선왕조실록</td>' * columns}</tr></table>"

    root = tree.parse_xml(table(3) + table(8) + table(20))
    size_tables(root, table_room(turned=30))
    narrow, wide, widest = root
    assert narrow.get("style") is None
    assert (wide.get("style") or "").startswith("font-size:0.")
    assert TIGHT not in tree.classes(wide)
    assert widest.get("style") == "font-size:0.65em"  # 6.5 points
    assert {TIGHT, CUT} <= set(tree.classes(widest))

    root = tree.parse_xml(table(9))
    size_tables(root, table_room(turned=39))
    assert TIGHT in tree.classes(root[0]) and CUT not in tree.classes(root[0])  # no word is cut


def test_long_lines_of_code_hang_and_short_blocks_stay_whole() -> None:
    text = "for x in y:\n    call('긴 글', " + "x, " * 20 + "y)\n" + "pass\n" * 12
    root = tree.parse_xml(
        f'<pre><code class="language-python">{text}</code></pre><pre><code>a\nb\n</code></pre>'
    )
    highlight(root, line_safe=True)
    set_code_lines(root, columns=60)
    long, short = root
    assert (WHOLE in tree.classes(long), WHOLE in tree.classes(short)) == (False, True)
    assert tree.text_of(long) == text
    turned = [line for line in long.iter("span") if line.get("class") == TURNED]
    assert [tree.text_of(line).split("(")[0] for line in turned] == ["    call"]
    assert turned[0].get("style") == "padding-left:4em;text-indent:-4em"  # 4 columns and 4 more
    once = tree.inner_xml(root)
    set_code_lines(root, columns=60)
    assert tree.inner_xml(root) == once


def test_short_rows_are_filled() -> None:
    root = tree.parse_xml(
        "<table><tr><th rowspan='2'>가</th><th colspan='2'>나</th></tr><tr><td>다</td></tr>"
        "<tr><td>라</td><td>마</td><td>바</td></tr></table>"
    )
    even_rows(root)
    assert [len(row) for row in root.iter("tr")] == [2, 2, 3]
    once = tree.inner_xml(root)
    even_rows(root)
    assert tree.inner_xml(root) == once


def test_a_formula_becomes_a_picture_that_says_its_tex() -> None:
    root = tree.parse_xml(
        '<p>식 <math display="inline"><semantics><mfrac><mi>거</mi><mn>2</mn></mfrac>'
        '<annotation encoding="application/x-tex">\\frac{거}{2}</annotation></semantics></math>'
        "는</p>"
    )
    pictures = maths_to_pictures(root, HANGUL, "made-up:")
    image = root[0][0]
    assert image.tag == "img" and image.get("alt") == "\\frac{거}{2}"
    assert pictures[image.get("src") or ""].startswith(b"<svg")
    assert tree.text_of(root) == "식 는"
    plain = pictures[image.get("src") or ""]
    other = tree.parse_xml("<math><mfrac><mi>나</mi><mn>2</mn></mfrac></math>")
    assert list(maths_to_pictures(other, HANGUL, "x:").values()) != [plain]  # no tofu for both


def test_rows_within_rows_are_one_and_fences_keep_theirs() -> None:
    drawn: list[bytes] = []
    for rows in ("<mi>x</mi>", "<mrow><mrow><mi>x</mi></mrow></mrow>"):
        root = tree.parse_xml(f"<math><msup>{rows}<mn>2</mn></msup><mo>=</mo><mn>4</mn></math>")
        drawn += maths_to_pictures(root, HANGUL, "made-up:").values()
    assert drawn[0] == drawn[1]
    fenced = "<mo>(</mo><mi>x</mi><mo>)</mo>"
    tall = "<mfrac><mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></mfrac>"
    for row in (f"<mrow>{fenced}</mrow>", fenced):
        root = tree.parse_xml(f"<math>{row}{tall}</math>")
        drawn += maths_to_pictures(root, HANGUL, "made-up:").values()
    assert drawn[2] != drawn[3]


def test_a_formula_that_cannot_be_drawn_stays_readable() -> None:
    root = tree.parse_xml(
        "<p><math><semantics><mfrac><mi>x</mi></mfrac>"
        '<annotation encoding="application/x-tex">\\frac{x}</annotation></semantics></math></p>'
    )
    assert maths_to_pictures(root, HANGUL, "made-up:") == {}
    assert tree.inner_xml(root) == '<p><code class="maths-source">\\frac{x}</code></p>'


def test_characters_without_a_font_get_a_sign() -> None:
    root = tree.parse_xml("<p>가\U00012000나<b>\U00012000</b>\u0085다</p>")
    sign_missing(root, lambda text: {"\U00012000"} & set(text))
    assert tree.text_of(root) == "가[U+12000]나[U+12000]다"


@pytest.mark.parametrize(
    ("text", "name", "runs"),
    [
        (
            "옛 \u1112\u119e\u11ab글 <b>\u1112\u119e</b> 끝\u1109\u119e",
            "old-hangul",
            ["\u1112\u119e\u11ab", "\u1112\u119e", "\u1109\u119e"],
        ),
        ("<b>👩\u200d💻</b>와 👍🏽", "emoji", ["👩\u200d💻", "👍🏽"]),
        ("🇰🇷🇯🇵 1\ufe0f\u20e3번 ❤\ufe0f", "emoji", ["🇰🇷", "🇯🇵", "1\ufe0f\u20e3", "❤\ufe0f"]),
        ("🏳\ufe0f\u200d🌈 🙋🏻\u200d♀\ufe0f", "emoji", ["🏳\ufe0f\u200d🌈", "🙋🏻\u200d♀\ufe0f"]),
        ("2026년 #1 * ♥ → ① ★ ❤", "", []),
    ],
)
def test_old_hangul_and_emoji_are_marked_and_nothing_else(
    text: str, name: str, runs: list[str]
) -> None:
    root = tree.parse_xml(f"<p>{text}</p>")
    before = tree.text_of(root)
    mark_runs(root)
    assert [span.text for span in root.iter("span")] == runs
    assert {span.get("class") for span in root.iter("span")} <= {name}
    assert tree.text_of(root) == before
    once = tree.inner_xml(root)
    mark_runs(root)
    assert tree.inner_xml(root) == once


def test_headings_keep_their_text_for_the_outline() -> None:
    root = tree.parse_xml('<h2>가 <code>나</code>\n<img alt="E=mc"/> 다</h2>')
    label_headings(root)
    assert root[0].get(LABEL) == "가 나 E=mc 다"


def test_the_korean_face_for_formulas_is_there() -> None:
    assert Path(HANGUL).is_file()
