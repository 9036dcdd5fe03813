"""HTML blocks: a paragraph above one stays a paragraph, and what is centred stays centred."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from tests.support.reading import body_of, html_of, only


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("<hr>", "<hr/>"),
        ("<h3>제목</h3>", '<h3 id="제목"> 제목 </h3>'),
        ('<p class="말">안</p>', '<p class="말"> 안 </p>'),
        ("<pre>\nx\n</pre>", "<pre><code>x</code></pre>"),
        ("<div>\n안\n</div>", "<div> <p>안</p> </div>"),
    ],
)
def test_text_around_a_block(tmp_path: Path, block: str, shown: str) -> None:
    assert html_of(tmp_path, f"앞<br>글\n{block}\n뒤") == f"<p>앞<br/>글</p> {shown} <p>뒤</p>"


def test_a_frame_is_a_block(tmp_path: Path) -> None:
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    body = body_of(tmp_path, f"앞\n{frame}\n뒤")
    assert [(child.tag, child.get("class")) for child in body] == [
        ("p", None),
        ("p", "embed"),
        ("p", None),
    ]


@pytest.mark.parametrize("inside", ['<img src="/a.png" alt="x">', "![x](/a.png)"])
def test_blank_lines_in_a_paragraph_of_html(tmp_path: Path, inside: str) -> None:
    body = body_of(tmp_path, f'<p align="center">\n\n{inside}\n\n</p>\n\n뒤')
    centred = only(body, "p[@style]")
    assert centred.get("style") == "text-align: center"
    assert only(centred, "img").get("alt") == "x"


def test_a_paragraph_that_holds_blocks_ends_before_them(tmp_path: Path) -> None:
    body = body_of(tmp_path, "<p>글\n\n- 하나\n\n</p>\n")
    assert [child.tag for child in body] == ["p", "ul"]


@pytest.mark.parametrize("tag", ["div", "span"])
def test_attributes_that_pandoc_does_not_know(tmp_path: Path, tag: str) -> None:
    body = body_of(tmp_path, f'<{tag} align="right" bgcolor="#eee">글</{tag}>')
    style = only(body, f".//{tag}").get("style") or ""
    assert "text-align: right" in style
    assert "background-color: #eee" in style


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("앞 {::comment}숨김{:/comment}뒤 {::comment}또{:/} 끝", "<p>앞 뒤 끝</p>"),
        ("앞{::nomarkdown}<b>*별*</b>{:/nomarkdown}뒤", "<p>앞<b>*별*</b>뒤</p>"),
        ("앞{::nomarkdown}`*x*`{:/}뒤", "<p>앞`*x*`뒤</p>"),
        (
            "{::nomarkdown}\n<div>*별*\n```\n</div>\n{:/nomarkdown}\n뒤 *말*",
            "<div>*별* ``` </div> <p>뒤 <em>말</em></p>",
        ),
        ("{::comment}\n숨김\n\n또\n{:/comment}\n보임", "<p>보임</p>"),
    ],
)
def test_marks_of_kramdown(tmp_path: Path, markdown: str, html: str) -> None:
    assert html_of(tmp_path, markdown) == html


def test_a_heading_with_an_id_has_the_attributes_below_it(tmp_path: Path) -> None:
    html = html_of(tmp_path, "## 제목 {#one}\n{: .two}\n\n글")
    assert html == '<h2 id="one" class="two">제목</h2> <p>글</p>'


def test_a_frame_is_set_apart_from_the_text_below() -> None:
    frame = '<iframe src="https://a.kr/b"></iframe>'
    source = markdown_for_pandoc(parse_post("글.md", f"{frame}\n글이다.".encode()))
    assert source.text == f"{frame}\n\n글이다.\n"
