"""Type on real pages: ruby, lists, numbers of lines; by what the PDF's text says."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf

from tests.support.every_edition import printed
from tests.support.referees.epubcheck import check


def lines_of(folder: Path, markdown: str) -> list[str]:
    """Return the lines of a post's PDF."""
    _, made = printed(folder, markdown, editions=("pdf",))
    pages = pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
    return [line for page in pages for line in page.extract_text().splitlines()]


def test_ruby_is_its_base_with_the_reading_in_parentheses_and_no_line_end_parts_them(
    tmp_path: Path,
) -> None:
    ruby = "<ruby>漢字<rp>(</rp><rt>한자</rt><rp>)</rp></ruby>는"
    older = "<ruby><rb>東</rb><rb>京</rb><rt>동</rt><rt>경</rt></ruby>을"
    steps = "\n\n".join("가" * step + f" {ruby} {older}" * 9 for step in range(1, 15, 2))
    words = " ".join(lines_of(tmp_path, steps)).split()
    assert words.count("漢字(한자)는") == words.count("東(동)京(경)을") == 9 * 7
    whole = re.compile(r"가+|漢字\(한자\)는|東\(동\)京\(경\)을")
    split = [word for word in words if not whole.fullmatch(word) and not word.isascii()]
    assert [word for word in split if "漢" in word or "東" in word or "(" in word] == []


LISTS = """
<ol type="가"><li>하나</li><li>둘<ol type="ㄱ"><li>안</li></ol></li></ol>

<ol type="①" start="2"><li>셋</li></ol>

1. 넷
{: style="list-style-type: korean-hangul-formal"}

1. 다섯
{: type="㉮"}
"""


def test_lists_are_numbered_as_koreans_do_in_every_edition(tmp_path: Path) -> None:
    _, made = printed(tmp_path, LISTS, editions=("pdf", "html", "epub"))
    said = pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages[0].extract_text()
    marks = re.findall(r"^([가나ㄱ]\.|②|일,|㉮) *", said, re.MULTILINE)
    assert marks == ["가.", "나.", "ㄱ.", "②", "일,", "㉮"], said
    page = made["글.html"].decode()
    style = made["글.epub/EPUB/style/book.css"].decode()
    for text in (page, style):
        assert "@counter-style hangul " in text
    for text in (page, made["글.epub/EPUB/text/post.xhtml"].decode()):
        assert text.count("list-style-type: ") == 5
    book = tmp_path / "글.epub"
    book.write_bytes(made["글.epub"])
    assert check([book]) == []


def table(columns: int, rows: int) -> str:
    """Return a table whose words are seven letters long and more."""
    head = "|".join(f" 머리{column} " for column in range(columns))
    body = "\n".join(
        "|" + "|".join(f" {row}행조선왕조실록 " for _ in range(columns)) + "|"
        for row in range(rows)
    )
    return f"|{head}|\n|{'---|' * columns}\n{body}\n"


def test_a_table_too_wide_for_the_page_turns_it_and_the_next_page_is_upright(
    tmp_path: Path,
) -> None:
    text = f"앞\n\n## 꼭지\n\n{table(11, 40)}\n뒤 글\n\n{table(5, 3)}"
    _, made = printed(tmp_path, text, editions=("pdf",))
    pages = pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
    turned = [page.mediabox.width > page.mediabox.height for page in pages]
    said = [page.extract_text() for page in pages]
    assert turned[0] is turned[-1] is False and all(turned[1:-1]) and len(pages) > 3
    assert "앞" in said[0] and "꼭지" in said[1] and "뒤 글" in said[-1]
    for text_of_page in said[1:-1]:  # the head on each, no word cut
        assert "머리10" in text_of_page and re.search(r"\d행조선왕조실록", text_of_page)
    assert sum(len(re.findall(r"\d행조선왕조실록", page)) for page in said) == 11 * 40 + 15


def test_a_short_table_stays_on_one_page(tmp_path: Path) -> None:
    seen = set()
    for lines in range(20, 34, 4):
        text = "줄  \n" * lines + "\n\n" + table(3, 8)
        _, made = printed(tmp_path, text, editions=("pdf",))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages]
        with_rows = [number for number, page in enumerate(pages) if "행조선왕조실록" in page]
        assert len(with_rows) == 1
        seen.add(with_rows[0])
    assert seen == {0, 1}  # it fitted on the first page, or went to the next as a whole


def test_a_text_that_fills_its_line_but_for_the_blank_behind_it_stays_whole(tmp_path: Path) -> None:
    filled = (f"첫째 {'가나다라 ' * 9}{'i' * more} **강조**는 끝에 온다" for more in range(1, 60))
    lines = [line.strip() for line in lines_of(tmp_path, "\n\n".join(filled))]
    starts = [line for line in lines if line.startswith("첫째")]
    assert len(starts) == 59 and "첫째" not in starts
