"""Where links lead, said on printed pages: addresses as notes or beside the link, and pages."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf

from hanpan.document import Document
from hanpan.site import Pdf
from tests.editions.pdf.test_notes import lines_of, page_texts
from tests.editions.pdf.test_render import PROSE, document, elements, files, pdf_of
from tests.support.referees.verapdf import failures

WIKI = "https://ko.example.org/wiki/%ED%95%9C%EA%B8%80?action=edit&amp;section=3"
LONG = "https://docs.example.org/" + "a-long/way.html?x=1&amp;" * 8 + "end"
BODY = (
    '<h2 id="길">길</h2>'
    f'<p><a href="{WIKI}">백과</a>에서, <a href="https://xn--bj0bj06e.example/">이웃</a>에서,'
    f' 다시 <a href="{WIKI}">거기</a>에서.</p>'
    '<p><a href="https://a.example/b/">a.example/b</a> <a href="#길">처음</a>으로'
    f' <a href="{LONG}">긴 길</a>도 있다.</p>'
    '<p><a href="https://a.example/big.png"><img src="asset:PICTURE" alt="그림"/></a></p>'
)


def post(root: Path, body: str = BODY, **said: str | bool) -> Document:
    made = replace(document(root, body), headings=())
    own = {"attach_source": False, "qr": False, **said}
    return replace(made, meta=replace(made.meta, pdf=tuple(own.items())))


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page_texts(data)).split())


def test_nothing_is_added_to_a_screen_s_text(tmp_path: Path) -> None:
    text = text_of(pdf_of(post(tmp_path), files(tmp_path)))
    assert "백과에서" in text and "처음으로" in text and "https://" not in text


def test_targets_as_notes(tmp_path: Path) -> None:
    data = pdf_of(post(tmp_path, links="notes"), files(tmp_path))
    text = text_of(data)
    assert "백과[1]에서, 이웃[2]에서, 다시 거기[1]에서. a.example/b 처음으로 긴 길[3]도" in text
    assert "[1] https://ko.example.org/wiki/한글?action=edit&section=3 [2]" in text
    joined = "".join(lines_of(tmp_path, data))
    assert LONG.replace("&amp;", "&") in joined and text.count("big.png") == 0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [str(item.S) for item in elements(pdf)]
    assert found.count("/Note") == 3 and found.count("/Reference") == 4
    file = tmp_path / "post.pdf"
    assert failures([file], "ua1") == failures([file], "3a") == {"post.pdf": []}


def test_targets_beside_the_links(tmp_path: Path) -> None:
    text = text_of(pdf_of(post(tmp_path, links="inline"), files(tmp_path)))
    assert "백과(https://ko.example.org/wiki/한글?action=edit&section=3)에서, 이웃(" in text
    assert "다시 거기에서" in text  # an address is said once


def test_pages_of_places_in_the_post(tmp_path: Path) -> None:
    leap = f"<p>{PROSE * 12}</p>" * 6
    body = (
        f'<p>{PROSE} <a href="#끝">끝</a>을 보라. {PROSE}</p>{leap}<h2 id="끝">끝</h2>'
        '<p><a href="#글">글</a>로 <a href="#처음">돌아간다</a>.</p>'
        '<p id="처음">처음</p><p><b id="글">글</b></p>'
    )
    korean = post(tmp_path, body, cross_references=True)
    pages = page_texts(pdf_of(korean, files(tmp_path)))
    stands = len(pages)
    assert f"끝({stands}쪽)을 보라" in pages[0].replace("\n", " ")
    assert f"글({stands}쪽)로 돌아간다({stands}쪽)." in pages[-1]
    english = replace(korean, meta=replace(korean.meta, lang="en"))
    assert f"(p. {stands})" in text_of(pdf_of(english, files(tmp_path))).replace("\xa0", " ")


def test_a_line_is_as_long_with_its_number_as_without(tmp_path: Path) -> None:
    """The number has one figure where its blank has two: the line's blanks take up the room."""
    link = '어절이 줄 끝에서 갈라지면 눈이 움직인다. <a href="#길">길</a>을 '
    body = f'<h2 id="길">길</h2><p>{link * 12}</p>'
    (tmp_path / "post.pdf").write_bytes(
        pdf_of(post(tmp_path, body, cross_references=True), files(tmp_path))
    )
    command = ["pdftotext", "-bbox", str(tmp_path / "post.pdf"), "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    word = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<'
    found = [(float(y), float(end), text) for _, y, end, text in re.findall(word, boxes)]
    rows = [y for y, _, text in found if text == "길(1쪽)을"]
    assert len(rows) == 12
    ends = [max(end for y, end, _ in found if abs(y - row) < 3) for row in sorted(set(rows))]
    assert len(ends) > 3 and max(ends[:-1]) - min(ends[:-1]) < 0.5  # points; the last is shorter


def test_a_press_says_where_links_lead(tmp_path: Path) -> None:
    text = text_of(pdf_of(post(tmp_path, profile="press"), files(tmp_path)))
    assert "백과[1]에서" in text and "처음(1쪽)으로" in text
    quiet = Pdf(profile="press", links="none", cross_references=False)
    text = text_of(pdf_of(post(tmp_path), files(tmp_path, quiet)))
    assert "백과에서" in text and "처음으로" in text
