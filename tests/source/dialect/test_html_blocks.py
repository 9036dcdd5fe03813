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


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<h2>2. 글</h2>", '<h2 id="2-글"> 2. 글 </h2>'),
        ("<div>\n    <h3>- 글</h3>\n    <p># 나</p>\n</div>",
         '<div> <h3 id="--글"> - 글 </h3> <p> # 나 </p> </div>'),
        ("<details>\n<summary><b>1)</b> 가</summary>\n글\n</details>",
         "<details> <summary> <b>1)</b> 가 </summary> 글 </details>"),
        ("<details><summary>1. 가</summary>\n\n- 나\n\n</details>",
         "<details><summary> 1. 가 </summary> <ul> <li>나</li> </ul> </details>"),
        ('<div markdown="1">\n1. 가\n</div>', "<div> <ol> <li>가</li> </ol> </div>"),
    ],
)  # fmt: skip
def test_text_behind_a_tag_begins_no_list(tmp_path: Path, html: str, shown: str) -> None:
    assert html_of(tmp_path, html).replace(" ", "") == shown.replace(" ", "")


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


@pytest.mark.parametrize(
    "text",
    [
        "말(__覇)와 또(__韓) 글",
        "*별* 하나와 2*3*4",
        "_밑_줄과 __init__과 a_b_c",
        "**열기만 하고 *별*",
        "__굵게__를",
    ],
)
@pytest.mark.parametrize(
    "block",
    [
        '<p class="x">{}</p>',
        "<p>\n{}\n</p>",
        "<div>{}</div>",
        "<div>\n{}\n</div>",
        "<center>{}</center>",
        "<blockquote>{}</blockquote>",
        "<h2>{}</h2>",
        "<table><tr><td>{}</td></tr></table>",
        "<details><summary>{}</summary></details>",
        "<p>앞</p>\n<p>{}</p>",
    ],
)
def test_marks_in_a_block_of_html_stay(tmp_path: Path, block: str, text: str) -> None:
    """Issue 14: they vanished, and what was between them turned bold; kramdown leaves them."""
    body = body_of(tmp_path, f"{block.format(text)}\n\n뒤 __글__과 *글*\n")
    assert text in " ".join("".join(map(str, body.itertext())).split())
    assert [element.text for element in body.iter("strong", "em")] == ["글", "글"]


@pytest.mark.parametrize(
    "block",
    [
        "<div>\n\n{}\n\n</div>",
        '<div markdown="1">\n{}\n</div>',
        "<details>\n<summary>접기</summary>\n\n{}\n</details>",
        "<div>\n안\n</div>\n{}",
        "<p>안</p>\n{}",
        "<span>앞</span> {}",
        "글 <b>앞</b> {}",
    ],
)
def test_where_markdown_is_read_beside_html(tmp_path: Path, block: str) -> None:
    body = body_of(tmp_path, block.format("*별* __글__ 끝") + "\n")
    assert [only(body, f".//{tag}").text for tag in ("em", "strong")] == ["별", "글"]


def test_what_nobody_means_to_show_is_read_in_a_block_of_html(tmp_path: Path) -> None:
    html = html_of(tmp_path, "<p>**굵_게_**는 `a_b`와 [링크](https://a.kr/a_b), $x_1*y_2$</p>")
    assert "<strong>굵_게_</strong>는 <code>a_b</code>" in html
    assert '<a href="https://a.kr/a_b">링크</a>' in html
    assert "<math" in html


def test_lines_of_a_paragraph_of_html_begin_nothing(tmp_path: Path) -> None:
    text = "# 둘\n1. 셋\n- 넷\n> 다섯\n+ 여섯"
    body = body_of(tmp_path, f"<p>하나\n{text}</p>\n\n- 뒤\n")
    assert [child.tag for child in body] == ["p", "ul"]
    assert " ".join((body[0].text or "").split()) == f"하나 {' '.join(text.split())}"


def test_a_block_may_say_that_it_is_no_markdown(tmp_path: Path) -> None:
    body = html_of(tmp_path, '<div markdown="0">\n*가*\n</div>\n\n<div markdown="1">\n*나*\n</div>')
    assert "*가*" in body and "<em>나</em>" in body


@pytest.mark.parametrize("tag", ["div", 'div class="x"', "details", "center"])
@pytest.mark.parametrize(
    ("inside", "tags"),
    [
        ("    들여 쓴 글이다.", ["p"]),
        ("    둘째 줄도\n    **굵은** 글이다", ["p"]),
        ("    Docker는 Linux 컨테이너로 앱을 실행한다.", ["p"]),
        ("    [링크](https://a.kr)와 글", ["p"]),
        ("    - 하나\n    - 둘", ["ul"]),
        ("        더 깊이 들여 쓴 글", ["p"]),
        ('    print("안녕하세요")', ["pre"]),
        ("    값 = 1  # 값을 넣는다", ["pre"]),
        ("    // 한글 주석이다", ["pre"]),
        ("    $ npm install 모듈", ["pre"]),
        ("    int main() {\n        인사를 한다\n    }", ["pre"]),
    ],
)
def test_indented_lines_in_an_open_block(
    tmp_path: Path, tag: str, inside: str, tags: list[str]
) -> None:
    """kramdown knows no code there, and GitHub nothing else: what they say decides (issue 14)."""
    body = body_of(tmp_path, f"<{tag}>\n\n{inside}\n\n</{tag.split()[0]}>\n\n끝\n")
    assert [part.tag for part in body[0] if part.tag != "summary"] == tags


def test_indented_text_elsewhere_is_code(tmp_path: Path) -> None:
    assert body_of(tmp_path, "글\n\n    들여 쓴 글이다.\n")[-1].tag == "pre"
