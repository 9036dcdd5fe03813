"""What Korean bloggers really write: each habit once, as its reader is to see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import body_of, html_of, only, read_post, rules


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        # inline
        ("**C/C++**로 풀었다. **2의 배수(빨강)**를", "<strong>C/C++</strong>로"),
        ("뒤에**(+)**를", "뒤에<strong>(+)</strong>를"),
        ("이 ** 공백 ** 은", "이 ** 공백 ** 은"),
        ("1~K(0)~+1과 1~4번 ... 1~", "1~K(0)~+1과 1~4번 ... 1~"),
        ("$300의 크레딧", "$300의 크레딧"),
        ("LinkedListNode<T> : 노드", "LinkedListNode&lt;T&gt; : 노드"),
        ("#include <iostream>을 쓴다", "#include &lt;iostream&gt;을"),
        ("[[Prototype]]은 속성이다", "[[Prototype]]은 속성이다"),
        ("[글](https://a.kr/b_(c))은", '<a href="https://a.kr/b_(c)">글</a>은'),
        ("[글]((https://a.kr/b))", '<a href="https://a.kr/b">글</a>'),
        ("[글](https://a.kr/한글)", 'href="https://a.kr/%ED%95%9C%EA%B8%80"'),
        ("첫 줄\n둘째 줄", "<p>첫 줄 둘째 줄</p>"),
        ("ᄄᆞ라 ㄱ\u200bㄴ", "ᄄᆞ라 ㄱ\u200bㄴ"),
        ("글<!-- more -->이다", "글이다"),
        ("ㅤ채움\u2028줄\ufeff끝", "ㅤ채움 줄끝"),
        ("하나\n\n\u200b\n\n둘", "<p>하나</p> <p>둘</p>"),
        ("## 👨\u200d👩\u200d👧 가족", "👨\u200d👩\u200d👧 가족</h2>"),
        ("[1) 글](#1-웹-글)\n\n## 1. 웹 글", '<a href="#1-웹-글">1) 글</a>'),
        (
            "https://**www.a.kr**:443과 https://www.a.kr:**443**/b",
            'https://<strong>www.a.kr</strong>:443과 <a href="https://www.a.kr">https://www.a.kr</a>:'
            "<strong>443</strong>/b",
        ),
        ("(@홍길동) 님과 (1) 하나", "(@홍길동) 님과 (1) 하나"),
        # blocks
        ("문단이다\n- 하나", "<p>문단이다</p> <ul>"),
        ("문단이다\n---\n뒤", '<h2 id="문단이다">문단이다</h2>'),
        ("#은 꺼진 전구,", "<p>#은 꺼진 전구,</p>"),
        ("* content\n{:toc}\n\n글", "<p>글</p>"),
        ("| a |\n|---|\n| `x \\|\\| y`<br>둘 |", "<code>x || y</code><br/>둘"),
        ("끝</br>다음", "끝<br/>다음"),
        ("A. 김철수\nB. 이영희", "A. 김철수 B. 이영희"),
        ("```javascript react\nx\n```", '<code class="language-javascript">x'),
        ("```\n├── 가\n│\t└── 나\n```", "├── 가 │ └── 나"),
        (
            '<details markdown="1">\n<summary>더</summary>\n\n**안**\n\n</details>',
            "<strong>안</strong>",
        ),
        ('<div markdown="1">\n**안**\n</div>', "<strong>안</strong>"),
        (
            '<details>\n<summary>더</summary>\n<div markdown="1">\n\n```c\na < b\n```\n\n</div>\n'
            "</details>",
            '<div> <pre><code class="language-c">a &lt; b</code></pre> </div> </details>',
        ),
        ("| a |\n|---|\n| ![그림](/a.png) |", '<td><img alt="그림"'),
        # attribute lists
        ("글\n{: .notice--warning}", '<p class="notice--warning">글</p>'),
        (
            "[글](https://a.kr){: .btn .btn--primary }{: .align-right}",
            'class="btn btn--primary align-right"',
        ),
        ('[글](https://a.kr){:target="\\\\_blank"}', 'target="_blank"'),
        ("> 글\n{: .prompt-info }", '<blockquote class="prompt-info">'),
        ("- 하나\n{: .크게}", '<ul class="크게">'),
        ("# 제목 {#이름}", '<h1 id="이름">제목</h1>'),
        ("{::nomarkdown}\n<b>굵게</b>\n{:/nomarkdown}", "<b>굵게</b>"),
        # code stays as it is typed
        (
            '`{{totalPrice}}` `onclick="x()"`',
            '<code>{{totalPrice}}</code> <code>onclick="x()"</code>',
        ),
        ("```yml\nif: ${{ failure() && x }}\n```", "if: ${{ failure() &amp;&amp; x }}"),
    ],
)
def test_habit(tmp_path: Path, markdown: str, html: str) -> None:
    assert html in html_of(tmp_path, markdown)


def test_starred_environment_and_line_ends_in_maths(tmp_path: Path) -> None:
    body = body_of(tmp_path, "$$\n\\begin{align\\*}\na &= b \\\\\nc &= d\n\\end{align\\*}\n$$")
    assert len(body.findall(".//mtr")) == 2
    assert body.find(".//br") is None


def test_malformed_size_of_a_picture(tmp_path: Path) -> None:
    image = only(body_of(tmp_path, '![그림](a.png){: width="50%",height="50%"}'), ".//img")
    assert image.get("style") == "width: 50%"


def test_long_row_keeps_its_columns_free(tmp_path: Path) -> None:
    long = "긴 " * 3_000
    body = body_of(tmp_path, f"| 가 | 나 |\n|---|---|\n| {long} | b |\n\n{long * 2}")
    assert body.find(".//col") is None
    assert len(body.findall(".//td")) == 2


def test_a_table_on_one_long_line(tmp_path: Path) -> None:
    row = "<tr><td>왼쪽 *별*</td><td>a &lt; b</td></tr>"
    body = body_of(tmp_path, f"앞\n<table><tbody>{row * 200}</tbody></table>\n뒤")
    assert len(body.findall("table/tbody/tr/td")) == 400
    assert [child.tag for child in body] == ["p", "table", "p"]


def test_output_of_pandas(tmp_path: Path) -> None:
    markdown = (
        "<div>\n<style scoped>\n    .dataframe th {\n        text-align: right;\n    }\n</style>\n"
        '<table border="1" class="dataframe">\n  <tbody>\n    <tr>\n      <td>1</td>\n    </tr>\n'
        "  </tbody>\n</table>\n<p>1 rows × 1 columns</p>\n</div>\n"
    )
    body = body_of(tmp_path, markdown)
    assert tree.text_of(only(body, ".//td")).strip() == "1"
    assert "text-align" not in tree.text_of(body)
    assert body.find(".//pre") is None


def test_empty_heading_is_told(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n글\n\n##\n\n끝\n")
    assert rules(reading)["heading-empty"].line == 6
    assert "<h2" not in reading.document.body


def test_control_characters_go(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n가\x08나\x1d다\n")
    assert "가나다" in reading.document.body
    assert rules(reading)["control-character"].line == 4


@pytest.mark.parametrize("path", ["/a b.png", "/a b.png  ", "/한글 그림.png"])
def test_blanks_in_the_path_of_a_picture(tmp_path: Path, path: str) -> None:
    body = body_of(tmp_path, f"![그림]({path})")
    assert only(body, ".//img").get("data-src", "").replace("%20", " ") == path.strip()
