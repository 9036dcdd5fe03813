"""Cells of pipe tables keep the blocks of HTML that an author puts into them (issue 14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.dialect.tables import carry_cell_blocks, restore_cell_blocks
from tests.support.every_edition import pdf_text, printed
from tests.support.reading import body_of, html_of

# what a cell holds -> the element that it is in, and its words
BLOCKS = {
    "<ul><li>하나</li><li>둘</li></ul>": ("ul", "하나둘"),
    "<ol><li>하나<li>둘</ol>": ("ol", "하나둘"),
    "<p>문단</p>": ("p", "문단"),
    "앞<p>문단 **굵게**</p>뒤": ("strong", "앞문단 굵게뒤"),
    "<div class='x'>칸</div>": ("div", "칸"),
    "<details><summary>요약</summary>속말</details>": ("details", "요약속말"),
    "<pre>코드  줄</pre>": ("pre", "코드  줄"),
    "<blockquote>인용</blockquote>": ("blockquote", "인용"),
    "<table><tr><td>안칸</td></tr></table>": ("table", "안칸"),
    "<table><tr><td>열린": ("table", "열린"),
    "<center>중앙</center>": ("div", "중앙"),
    "<dl><dt>용어</dt><dd>뜻</dd></dl>": ("dl", "용어뜻"),
    "<h4>제목</h4>": ("h4", "제목"),
    "가<hr>나": ("hr", "가나"),
    "<section>절</section>": ("section", "절"),
    "<form><button>단추</button></form>": ("div", "단추"),
    "<UL><LI>큰 글자</LI></UL>": ("ul", "큰 글자"),
    "<li>홀로</li>": ("ul", "홀로"),
    "닫기만</td></tr></table>": ("", "닫기만"),
    "`<ul>` 코드 ``<p>``": ("code", "<ul> 코드 <p>"),
    "\\<ul> 글": ("", "<ul> 글"),
}


@pytest.mark.parametrize("cell", BLOCKS)
def test_a_cell_keeps_its_blocks(tmp_path: Path, cell: str) -> None:
    body = body_of(
        tmp_path, f"앞 글\n\n| 가 | 나 |\n|---|---|\n| {cell} | 옆 |\n| 다 | 라 |\n\n뒤 글\n"
    )
    table = next(body.iter("table"))
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    assert [[tree.text_of(part).strip() for part in row] for row in rows] == [
        ["가", "나"],
        [BLOCKS[cell][1], "옆"],
        ["다", "라"],
    ]
    tag = BLOCKS[cell][0]
    assert not tag or next(rows[1][0].iter(tag), None) is not None
    assert [tree.text_of(part) for part in body.iterchildren("p")] == ["앞 글", "뒤 글"]


@pytest.mark.parametrize("lead", ["> ", "  "])
def test_in_quotes_and_items(tmp_path: Path, lead: str) -> None:
    rows = ["| 가 | 나 |", "|---|---|", "| <ul><li>하나</li></ul> | 둘 |"]
    above = "- 항목\n\n" if lead == "  " else ""
    body = body_of(tmp_path, above + "\n".join(lead + row for row in rows))
    assert [tree.text_of(item).strip() for item in body.findall(".//td//li")] == ["하나"]


def test_a_row_leaves_nothing_open(tmp_path: Path) -> None:
    markdown = "| 가 | 나 |\n|---|---|\n| <div>열린 | 옆 |\n| 다 | 라 |\n\n**굵게**\n\n- 항목\n"
    assert html_of(tmp_path, markdown).endswith(
        "<p><strong>굵게</strong></p> <ul> <li>항목</li> </ul>"
    )


def test_other_lines_stay() -> None:
    for line in ("<ul><li>하나</li></ul>", "| 가 | <b>나</b> |", "글 | <ul>"):
        assert carry_cell_blocks(line) == line
    carried = carry_cell_blocks("| <ul class='a'><li>하나</ul> | 나 |")
    assert "<ul" not in carried
    assert restore_cell_blocks(carried) == "| <ul class='a'><li>하나</ul> | 나 |"


def test_every_edition_prints_them(tmp_path: Path) -> None:
    words = ["하나", "둘", "문단말", "속의말", "코드말", "인용말", "안칸말", "용어말"]
    cells = [
        "<ul><li>하나</li><li>둘</li></ul>",
        "<p>문단말</p>",
        "<details><summary>요약</summary>속의말</details>",
        "<pre>코드말</pre>",
        "<blockquote>인용말</blockquote>",
        "<table><tr><td>안칸말</td></tr></table>",
        "<dl><dt>용어말</dt><dd>뜻</dd></dl>",
    ]
    markdown = "| 가 | 나 |\n|---|---|\n" + "".join(f"| {cell} | 옆 |\n" for cell in cells)
    _, made = printed(tmp_path, markdown)
    texts = {name: data.decode() for name, data in made.items() if name.endswith((".md", ".html"))}
    texts["epub"] = made["글.epub/EPUB/text/post.xhtml"].decode()
    texts["pdf"] = pdf_text(made["글.pdf"])
    for name, text in texts.items():
        if "report" not in name:
            drawn = ["코드말"] if "01-code.png" in text else []
            assert [word for word in words if word not in text] == drawn, name
