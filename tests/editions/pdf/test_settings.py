"""What a site or a post may choose for its PDF: press, serif, first lines; on real pages."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from hanpan.document import Document
from hanpan.problems import BuildError, UsageError
from hanpan.site import Pdf, load_site
from tests.editions.pdf.test_render import PROSE, document, files, pdf_of

_MM = 72 / 25.4


def saying(post: Document, **said: str) -> Document:
    """Return the post with this in its front matter's `pdf:`."""
    return replace(post, meta=replace(post.meta, pdf=tuple(said.items())))


def boxes(page: Any) -> dict[str, list[float]]:
    """Return the boxes of a page, in mm."""
    names = ("MediaBox", "BleedBox", "TrimBox")
    return {name: [round(float(edge) / _MM, 1) for edge in page[f"/{name}"]] for name in names}


@pytest.mark.parametrize("press", [False, True])
def test_the_press_cuts_a_page_with_three_millimetres_around_it(
    tmp_path: Path, press: bool
) -> None:
    post = replace(document(tmp_path, f"<p>{PROSE}</p>"), teaser_missing=True)
    settings = Pdf(page="신국판", profile="press" if press else "screen")
    with pikepdf.open(io.BytesIO(pdf_of(post, files(tmp_path, settings)))) as pdf:
        page = pdf.pages[0]
        found = boxes(page)
        painted = [
            [float(number) / 96 * 25.4 for number in command.operands]
            for command in pikepdf.parse_content_stream(page)
            if str(command.operator) == "re"
        ]
    assert found["TrimBox"] == [0, 0, 152, 225]
    around = 3.0 if press else 0.0
    assert found["BleedBox"] == [-around, -around, 152 + around, 225 + around]
    assert found["MediaBox"][0] == (-9 if press else 0)
    # the ground of the title covers the whole top edge, and the bleed beyond it
    assert any(
        abs(x + around) < 0.1 and abs(y + around) < 0.1 and abs(width - 152 - 2 * around) < 0.1
        for x, y, width, height in painted
        if 40 < height < 150
    )


def fonts(data: bytes) -> dict[str, str]:
    """Return the font of each letter on the first page."""
    used: dict[str, str] = {}

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: float) -> None:
        for letter in text:
            used.setdefault(letter, str(font["/BaseFont"]).partition("+")[2] if font else "")

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return used


def test_a_serif_text_has_serif_hanja_and_sans_headings_and_bold(tmp_path: Path) -> None:
    body = (
        "<h2>꼭지 \u1109\u119e\u11af</h2><ul><li>\u1100\u119e\u11b8</li></ul>"
        "<p>본문 漢 \u1112\u119e\u11ab <b>굵</b> <code>{</code></p>"
        "<table><tr><td>표</td></tr></table>"
    )
    used = fonts(pdf_of(saying(document(tmp_path, body), typeface="serif"), files(tmp_path)))
    for letter in "본漢\u1112\u1100":
        assert used[letter] == "Noto-Serif-KR", letter
    assert used["\u1109"].startswith("Noto-Sans-KR")
    assert used["꼭"] == used["굵"] == "Pretendard-Bold" and used["표"] == "Pretendard"
    assert used["{"] == "D2Coding"
    plain = fonts(pdf_of(document(tmp_path, body), files(tmp_path)))
    assert "Noto-Serif-KR" not in plain.values()


def starts(data: bytes, word: str) -> list[float]:
    """Return how far from the left, in points, each line begins that begins with a word."""
    found: list[float] = []

    def visit(text: str, cm: Any, tm: Any, _font: Any, _size: float) -> None:
        if text.strip().startswith(word):
            found.append(round(tm[4] * cm[0] + cm[4], 1))

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return found


def test_first_lines_are_set_in_by_an_em_or_paragraphs_have_a_gap(tmp_path: Path) -> None:
    body = "<p>하나</p><p>하나</p><ul><li><p>둘</p></li></ul><p><img src='asset:PICTURE'/></p>"
    indented = saying(document(tmp_path, body), paragraphs="indent", page="A5")
    book = pdf_of(indented, files(tmp_path))
    blog = pdf_of(saying(document(tmp_path, body), page="A5"), files(tmp_path))
    (left, again), (first, second) = starts(blog, "하나"), starts(book, "하나")
    assert left == again and first == second and first - left == pytest.approx(9.8, abs=0.2)
    assert starts(blog, "둘") == starts(book, "둘")


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("profile", "paper", "site-choice"),
        ("typeface", "gothic", "site-choice"),
        ("paragraphs", "both", "site-choice"),
    ],
)
def test_a_wrong_value_names_its_key(tmp_path: Path, key: str, value: str, rule: str) -> None:
    with pytest.raises(BuildError) as caught:
        pdf_of(saying(document(tmp_path, "<p>글</p>"), **{key: value}), files(tmp_path))
    problem = caught.value.problem
    assert (problem.rule, problem.path) == (rule, "posts/eojeol.md")
    assert caught.value.keys[0] == f"pdf.{key}"
    assert problem.remedy
    (tmp_path / "site.toml").write_text(f'[pdf]\n{key} = "{value}"\n')
    with pytest.raises(UsageError) as refused:
        load_site(tmp_path)
    assert (refused.value.problem.rule, refused.value.problem.line) == (rule, 2)
