"""Ends: of blocks (`^`), of lines (`\\\\`), of headings (`\\#`); and rules one below another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import html_of, read_post


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("- 가\n^\n- 나", "<ul> <li>가</li> </ul> <ul> <li>나</li> </ul>"),
        ("가\n^\n나", "<p>가</p> <p>나</p>"),
        ("    하나\n^\n    둘", "<code>하나</code></pre> <pre><code>둘</code>"),
        ("> 가\n^\n나", "<blockquote> <p>가</p> </blockquote> <p>나</p>"),
        ("```\n^\n```", "<code>^</code>"),
        ("가\\\\\n나\\\\", "<p>가<br/> 나\\</p>"),
        ("가\\\\\n\n나\\", "<p>가\\</p> <p>나\\</p>"),
        ("### 가\\", "가\\</h3>"),
        ("$$\na \\\\\nb\n$$", "<mtr>"),
        ("# 가 \\##", "가 ##</h1>"),
        ("# C\\#", "C#</h1>"),
        ("***\n---\n___", "<hr/> <hr/> <hr/>"),
        ("가\n\n---\n---\n나", "<p>가</p> <hr/> <hr/> <p>나</p>"),
        ("    가\n---", "<pre><code>가</code></pre> <hr/>"),
        ("가\n   ---  ", "가</h2>"),
        ("C:\\ 와 \\· 와 \\가 와 \\*", "C:\\ 와 \\· 와 \\가 와 *"),
        ("    가\n      \n    나", "가\n\n나"),
    ],
)
def test_ends(tmp_path: Path, markdown: str, html: str) -> None:
    assert " ".join(html.split()) in html_of(tmp_path, markdown)


def test_blanks_of_a_blank_line_in_code_stay(tmp_path: Path) -> None:
    body = read_post(tmp_path, "---\ntitle: 제목\n---\n    가\n      \n    나\n").document.body
    assert "가\n  \n나" in body


def test_a_fence_below_a_quote_in_an_item_is_the_quote_s(tmp_path: Path) -> None:
    body = html_of(tmp_path, "- 가\n  > 나\n  ```\n  다\n  ```\n- 라")
    assert "<code>다</code></pre> </blockquote></li> <li>라</li>" in body


def test_a_number_too_long_for_a_list_is_text(tmp_path: Path) -> None:
    assert "<p>01012345678. 전화</p>" in html_of(tmp_path, "01012345678. 전화")
    assert '<ol start="2021">' in html_of(tmp_path, "2021. 연도")


def test_tabs_in_an_item_count_from_its_text(tmp_path: Path) -> None:
    assert "<pre><code> 나</code></pre>" in html_of(tmp_path, "1. 가\n\n\t\t나")
    assert "<pre><code>나</code></pre>" in html_of(tmp_path, "-\t가\n\n\t\t나")
