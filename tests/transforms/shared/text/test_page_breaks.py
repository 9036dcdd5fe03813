"""Page breaks: a new page on paper and in books, and no word of it anywhere (issue 14)."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from tests.support.every_edition import printed
from tests.support.reading import html_of, read_post

MARK = '<div class="page-break"/>'


@pytest.mark.parametrize(
    "written",
    [
        "\\newpage",
        "\\pagebreak",
        "\\clearpage",
        "\\pagebreak[4]",
        '<div style="page-break-after: always"></div>',
        '<div style="page-break-after:always;"> </div>',
        '<div style="break-before: page"></div>',
        '<p style="page-break-before: always">&nbsp;</p>',
        '<div class="page-break"></div>',
        '<div class="pagebreak"></div>\n\n\\newpage',
        '<br style="page-break-before: always">',
        '<hr style="page-break-after: always">',
        '<span style="page-break-after: always"></span>',
        "<!-- pagebreak -->",
        "<!--Page Break-->",
    ],
)
def test_each_way_is_one_mark(tmp_path: Path, written: str) -> None:
    body = html_of(tmp_path, f"앞의 글\n\n{written}\n\n뒤의 글\n")
    assert re.sub(r"> +<", "><", body) == f"<p>앞의 글</p>{MARK}<p>뒤의 글</p>"


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ('<p style="page-break-before: always">글</p>', f"<p>가</p>{MARK}<p>글</p><p>나</p>"),
        (
            '<div style="page-break-after: always">글</div>',
            f"<p>가</p><div>글</div>{MARK}<p>나</p>",
        ),
        ("앞줄\n\\newpage\n", f"<p>가</p><p>앞줄</p>{MARK}<p>나</p>"),
        ("\\newpage\n뒷줄\n", f"<p>가</p>{MARK}<p>뒷줄</p><p>나</p>"),
        ("`\\newpage` 글", "<p>가</p><p><code>\\newpage</code> 글</p><p>나</p>"),
        ("글 \\newpage 글", "<p>가</p><p>글 \\newpage 글</p><p>나</p>"),
        ("\\newpages", "<p>가</p><p>\\newpages</p><p>나</p>"),
        ("```\n\\newpage\n```", "<p>가</p><pre><code>\\newpage</code></pre><p>나</p>"),
        ("글 <!-- pagebreak -->", "<p>가</p><p>글</p><p>나</p>"),
        ("<!-- pagebreaks -->", "<p>가</p><p>나</p>"),
        (
            "- 항목\n  <!-- pagebreak -->\n- 둘째\n\n> 인용\n>\n> <!-- pagebreak -->\n>\n> 끝",
            f"<p>가</p><ul><li><p>항목</p>{MARK}</li><li><p>둘째</p></li></ul>"
            f"<blockquote><p>인용</p>{MARK}<p>끝</p></blockquote><p>나</p>",
        ),
        ('<p style="page-break-inside: avoid">글</p>', "<p>가</p><p>글</p><p>나</p>"),
    ],
)
def test_what_is_around_stays(tmp_path: Path, written: str, body: str) -> None:
    found = html_of(tmp_path, f"가\n\n{written}\n\n나\n")
    assert re.sub(r"(?<=>)\s+(?=<)|(?<=p>|v>)\s+|\s+(?=</)", "", found) == body


@pytest.mark.parametrize("notes", ["", "\n\n[^1]: 각주\n"])
def test_the_end_of_a_post_begins_no_page(tmp_path: Path, notes: str) -> None:
    mark = "[^1]" if notes else ""
    assert MARK not in html_of(tmp_path, f"글{mark}\n\n\\newpage\n\n<div></div>{notes}")


def test_no_word_for_a_new_page_is_told_as_lost(tmp_path: Path) -> None:
    text = "하나\n\n\\newpage\n\n- 둘\n\n  \\pagebreak\n\n> 셋\n>\n> \\clearpage\n\n끝\n"
    assert read_post(tmp_path, f"---\ntitle: 제목\n---\n{text}").problems == ()


def test_editions(tmp_path: Path) -> None:
    markdown = (
        "첫째 글\n\n\\newpage\n\n둘째 글\n\n- 항목\n\n"
        '<div style="page-break-after: always"></div>\n\n셋째 글\n'
    )
    _, made = printed(tmp_path, markdown)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages]
    assert [
        [word for word in ("첫째", "둘째", "항목", "셋째") if word in page] for page in pages
    ] == [["첫째"], ["둘째", "항목"], ["셋째"]]
    chapter = made["글.epub/EPUB/text/post.xhtml"].decode()
    assert chapter.count('class="page-break"') == 2
    style = made["글.epub/EPUB/style/book.css"].decode()
    assert re.search(r"\.page-break\s*\{[^}]*page-break-after: ?always", style)
    for name, data in made.items():
        if name.startswith("crosspost/") and name.endswith((".md", ".html", ".json", ".txt")):
            assert "newpage" not in data.decode() and "page-break" not in data.decode(), name
