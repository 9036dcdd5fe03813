"""The dialect: what Korean authors write, and what a reader of their page must see."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from hanpan import tree
from hanpan.source.dialect.info import first_number
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import Source
from tests.support.limits.growth import LINEAR, growth
from tests.support.reading import body_of, html_of, only


def source(markdown: str) -> Source:
    return markdown_for_pandoc(parse_post("a.md", markdown.encode()))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("이것은 **강조(bold)**는 된다.", "<strong>강조(bold)</strong>는"),
        ("앞말**(나)**다음", "앞말<strong>(나)</strong>다음"),
        ("이 __굵게__를 보라", "<strong>굵게</strong>를"),
        ("클래스의 __init__를 본다", "__init__를"),
        ("포인터 **char *p**는", "<strong>char *p</strong>는"),
        ("**5*5**와 **3*3**", "<strong>5*5</strong>와 <strong>3*3</strong>"),
        ("- **_3** : 셋째", "<strong>_3</strong> : 셋째"),
        ("**__init__.py**는", "<strong>__init__.py</strong>는"),
        ("**2*3*4**와 **_가_**", "<strong>2<em>3</em>4</strong>와 <strong><em>가</em></strong>"),
        ("`**a*b**`와 **`a*b`**", "<code>**a*b**</code>와 <strong><code>a*b</code></strong>"),
        ("1~3일 또는 2~4일", "1~3일 또는 2~4일"),
        ("문장이다\n- 하나\n- 둘", "<li>하나</li>"),
        ("문장이다\n> 인용", "<blockquote>"),
        ("1) 하나\n2) 둘", "<ol> <li>하나</li>"),
        ("문장은\n2021. 10월의 일", "<p>문장은 2021. 10월의 일</p>"),
        ("## C#", '<h2 id="c">C#</h2>'),
        ("# 제목\n---\n문장", '<h1 id="제목">제목</h1> <hr/>'),
        ("##제목", "<p>##제목</p>"),
        ("문장이다\n| 가 | 나 |\n|---|---|\n| 1 | 2 |", "<th>가</th>"),
        ("| 가 | 나 |\n| 다 | 라 |", "<td>가</td>"),
        ("| a |\n|---|\n| `x\\|y` |", "<code>x|y</code>"),
        ("가격은 $10이고 저것은 20$다", "$10이고 저것은 20$다"),
        ("변수는 ${a, 또 ${b}와 $c", "변수는 ${a, 또 ${b}와 $c"),
        ("약 $5~$10", "$5~$10"),
        ("either $ 5 (net) or $ 6 then", "either $ 5 (net) or $ 6 then"),
        ("하나는 $ 5 (세금 별도), 또 $ 6", "$ 5 (세금 별도), 또 $ 6"),
        ("List<String>과 <T> 그리고 #include <vector>", "List&lt;String&gt;과 &lt;T&gt;"),
        ("[공지] 결과\n\n# 결과", "[공지] 결과"),
        ("보임 {::comment}숨김{:/comment}끝", "<p>보임 끝</p>"),
        (":smile: a:b:c std::o::x 글:pushpin:글", "<p>😄 a:b:c std::o::x 글📌글</p>"),
        ("| 가 | 나 |", "<td>가</td>"),
        ("이건 ==중요==하다", "<mark>중요</mark>하다"),
        ("a == b 그리고 a==b || c==d", "a == b 그리고 a==b || c==d"),
        ("``` cpp\nint a;\n```\xa0\n끝", "<p>끝</p>"),
        ("300$와 $인 **$ x^2 $**는", "300$와 $인 <strong><math"),
        ("첫 줄  \n둘째 줄", "첫 줄<br/> 둘째 줄"),
        ("그는 \"안녕\"이라고 '썼다'", "“안녕”이라고 ‘썼다’"),
    ],
)
def test_what_is_seen(tmp_path: Path, markdown: str, html: str) -> None:
    assert html in html_of(tmp_path, markdown)


@pytest.mark.parametrize(
    ("text", "href", "behind"),
    [
        ("주소는 https://example.com에서 본다", "https://example.com", "에서 본다"),
        ("주소 https://example.com/a_b_c를", "https://example.com/a_b_c", "를"),
        ("(https://example.com/a).", "https://example.com/a", ")."),
        (
            "https://ko.wikipedia.org/wiki/한글 참고",
            "https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80",
            " 참고",
        ),
        (
            "https://ko.wikipedia.org/wiki/한글_맞춤법, 다음",
            "https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80_%EB%A7%9E%EC%B6%A4%EB%B2%95",
            ", 다음",
        ),
        (
            "https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80은",
            "https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80",
            "은",
        ),
        ("https://www.w3.org/TR/klreq/에서 본다", "https://www.w3.org/TR/klreq/", "에서 본다"),
        ("https://a.kr/에서는, 곧", "https://a.kr/", "에서는, 곧"),
        ("https://a.kr/?id=를 빼면", "https://a.kr/?id=", "를 빼면"),
        ("https://a.kr/?q=봄 같은", "https://a.kr/?q=%EB%B4%84", " 같은"),
        ("https://a.kr/docs/입니다.", "https://a.kr/docs/", "입니다."),
        ("https://a.kr/2021년-봄/ 글", "https://a.kr/2021%EB%85%84-%EB%B4%84/", " 글"),
        # issue 14: what is no part of an address ends it, and so do kana and hanja
        ("https://a.kr/b,그리고 c", "https://a.kr/b", ",그리고 c"),
        ("https://a.kr/b/,그리고", "https://a.kr/b/", ",그리고"),
        ("https://a.kr/b.그리고", "https://a.kr/b", ".그리고"),
        ("https://a.kr/b;그리고", "https://a.kr/b", ";그리고"),
        ("https://a.kr/b:그리고", "https://a.kr/b", ":그리고"),
        ("https://a.kr/b~그리고", "https://a.kr/b", "~그리고"),
        ("https://a.kr/b…그리고", "https://a.kr/b", "…그리고"),
        ("https://a.kr/b→그리고", "https://a.kr/b", "→그리고"),
        ("https://a.kr/?q=a,b,그리고", "https://a.kr/?q=a,b", ",그리고"),
        ("https://a.kr.그리고", "https://a.kr", ".그리고"),
        ("https://a.kr,그리고", "https://a.kr", ",그리고"),
        ("https://a.kr/wiki/한글,조선", "https://a.kr/wiki/%ED%95%9C%EA%B8%80", ",조선"),
        ('"https://a.kr/b"는', "https://a.kr/b", "”는"),
        ("'https://a.kr/b'를", "https://a.kr/b", "’를"),
        ("“https://a.kr/b”와", "https://a.kr/b", "”와"),
        ("https://a.kr/bです", "https://a.kr/b", "です"),
        ("https://a.kr/b日本語", "https://a.kr/b", "日本語"),
        ("https://a.kr/a,b/c", "https://a.kr/a,b/c", None),
        (
            "https://한글.한국/봄이다",
            "https://xn--bj0bj06e.xn--3e0b707e/%EB%B4%84%EC%9D%B4%EB%8B%A4",
            None,
        ),
        ("a@b.com입니다.", "mailto:a@b.com", "입니다."),
        ("a@b.com에게, 곧", "mailto:a@b.com", "에게, 곧"),
        ("(a.b+c@b.co.kr)로", "mailto:a.b+c@b.co.kr", ")로"),
        ("a@b.com.입니다", "mailto:a@b.com", ".입니다"),
        ("a@한글.한국입니다", "mailto:a@%ED%95%9C%EA%B8%80.%ED%95%9C%EA%B5%AD", "입니다"),
        ("mailto:a@b.com으로", "mailto:a@b.com", "으로"),
        ("ftp://a.kr/b에서", "ftp://a.kr/b", "에서"),
        ("https://a.kr/이/글.html", "https://a.kr/%EC%9D%B4/%EA%B8%80.html", None),
        ("https://한글.kr/봄이다", "https://xn--bj0bj06e.kr/%EB%B4%84%EC%9D%B4%EB%8B%A4", None),
    ],
)
def test_bare_addresses(tmp_path: Path, text: str, href: str, behind: str | None) -> None:
    link = only(body_of(tmp_path, text), ".//a")
    assert (link.get("href"), link.tail) == (href, behind)


def test_what_has_no_domain_is_no_address_of_mail(tmp_path: Path) -> None:
    assert html_of(tmp_path, "npm i @babel/core@7.0.0") == "<p>npm i @babel/core@7.0.0</p>"


def test_the_address_of_an_attribute_stays(tmp_path: Path) -> None:
    body = body_of(
        tmp_path, '<p><a href="https://a.kr/b,그리고">글</a> <a href=https://a.kr/b,다>글</a></p>'
    )
    assert [unquote(link.get("href") or "") for link in body.iter("a")] == [
        "https://a.kr/b,그리고",
        "https://a.kr/b,다",
    ]


def test_an_address_within_a_link_is_no_link_of_its_own(tmp_path: Path) -> None:
    for text in (
        "[https://a.kr 참고](https://b.kr)",
        '<a href="https://b.kr">https://a.kr 참고</a>',
    ):
        link = only(body_of(tmp_path, text), ".//a")
        assert link.get("href") == "https://b.kr"
        assert tree.text_of(link) == "https://a.kr 참고"


@pytest.mark.parametrize(
    ("info", "language", "title"),
    [
        ("python", "python", None),
        ("c#", "c#", None),
        ("C++", "c++", None),
        ('python title="a b.py"', "python", "a b.py"),
        ("js{1,3}", "js", None),
        ("{.python .numberLines}", "python", None),
        ("python:a.py", "python", "a.py"),
        ("javascript react", "javascript", None),
        ("{r, echo=FALSE}", "r", None),
    ],
)
@pytest.mark.parametrize("mark", ["```", "~~~"])
def test_fences(tmp_path: Path, mark: str, info: str, language: str, title: str | None) -> None:
    pre = only(body_of(tmp_path, f"문장이다\n{mark}{info}\nx = 1\n\ty\n{mark}\n뒷말"), ".//pre")
    code = only(pre, "code")
    assert code.get("class") == f"language-{language}"
    assert code.text == "x = 1\n\ty"
    assert pre.get("data-title") == title


@pytest.mark.parametrize(
    ("info", "lines"),
    [
        ("js{1,3}", "1,3"),
        ("js {1, 3-4}", "1,3-4"),
        ('py hl_lines="1 3-4"', "1,3-4"),
        ('go {linenos=table,hl_lines=[1,"3-4"]}', "1,3-4"),
    ],
)
def test_lines_that_a_fence_points_out(tmp_path: Path, info: str, lines: str) -> None:
    pre = only(body_of(tmp_path, f"```{info}\n가\n나\n다\n라\n```"), ".//pre")
    assert pre.get("data-lines") == lines


def test_fence_in_a_note(tmp_path: Path) -> None:
    body = body_of(tmp_path, "글[^a]\n\n[^a]: 주\n\n    ```js\n    x\n      y\n    ```\n\n뒤\n")
    assert only(body, ".//section//li/pre/code").text == "x\n  y"
    assert [child.tag for child in body] == ["p", "p", "section"]


def test_code_is_left_alone(tmp_path: Path) -> None:
    code = (
        "## C#\n1) 하나\n<T> {: .x } {{ v }} https://a.kr에서 $1이고 2$\n{% raw %}{% x %}\n- [ ] a"
    )
    for markdown in (f"```\n{code}\n```", "\n".join(f"    {line}" for line in code.split("\n"))):
        assert only(body_of(tmp_path, markdown), ".//code").text == code
    assert "<code>&lt;T&gt; {: .x} {{ v }}</code>" in html_of(tmp_path, "문장 `<T> {: .x} {{ v }}`")


def test_a_fence_is_closed_by_a_mark_at_most_three_columns_in(tmp_path: Path) -> None:
    (near,) = body_of(tmp_path, "```\n가\n   ```\n나\n").iter("pre")
    assert tree.text_of(near).strip("\n") == "가"
    (deep,) = body_of(tmp_path, "```\n가\n    ```\n나\n```\n").iter("pre")
    assert tree.text_of(deep).strip("\n") == "가\n    ```\n나"


def test_fence_in_a_list_may_be_lazy(tmp_path: Path) -> None:
    body = body_of(tmp_path, "1. 하나\n  ```sh\n  ls\n    cd\n  ```\n2. 둘")
    assert only(body, ".//li/pre/code").text == "ls\n  cd"
    assert len(body.findall(".//ol")) == 1


def test_a_lazy_fence_ends_within_200_lines_or_never(tmp_path: Path) -> None:
    def unclosed(lines: int) -> list[int]:
        text = "- 가\n  ```\n" + "왼쪽\n" * lines + "  ```\n"
        source = markdown_for_pandoc(parse_post("글.md", text.encode()))
        return [problem.line or 0 for problem in source.problems]

    assert (unclosed(190), unclosed(210)) == ([], [2, 213])


def test_fence_in_a_quote(tmp_path: Path) -> None:
    body = body_of(tmp_path, "> 인용\n> ```sh\n> ls\n> ```\n\n뒷말")
    assert only(body, ".//blockquote/pre/code").text == "ls"


def test_unclosed_fence_is_told(tmp_path: Path) -> None:
    found = source("문장\n\n```sh\nls\n## 제목\n")
    assert [(p.rule, p.line) for p in found.problems] == [("fence-unclosed", 3)]
    code = only(body_of(tmp_path, "문장\n\n```sh\nls\n## 제목\n"), ".//code")
    assert tree.text_of(code).startswith("ls\n##")


def test_fence_with_backticks_inside(tmp_path: Path) -> None:
    code = only(body_of(tmp_path, "````md\n```sh\nls\n```\n````"), ".//code")
    assert code.text == "```sh\nls\n```"


@pytest.mark.parametrize(
    ("markdown", "tex"),
    [
        ("식 $x^2$은", "x^2"),
        ("$ O(n^2) $인 경우와 다르다", "O(n^2)"),
        ("값은 $(a, b) $이다", "(a, b)"),
        ("식 \\\\(x^2\\\\)은", "x^2"),
        ("식 $ x^2 $은", "x^2"),
        ("크기는 112$ \\times $112이다", "\\times"),
        ("식 $p\\_z(z)$은", "p_z(z)"),
        ("식 $q(z\\|x)$은", "q(z|x)"),
        ("식 $\\|x\\|$은", "\\|x\\|"),
        # in a table a bar is escaped lest it end the cell
        ("| 식 |\n|---|\n| $P(A\\|B) = P(C\\|D)$ |", "P(A|B) = P(C|D)"),
        ("| 식 |\n|---|\n| $$\\|x\\|$$ 값 |", "|x|"),
        ("| 식 |\n|---|\n| $\\\\|x\\\\|$ |", "\\|x\\|"),
        ("식 $\\text{a\\_b}$은", "\\text{a\\_b}"),
        ("식 $\\text{if $x$}$은", "\\text{if \\(x\\)}"),
        ("식 $a = \\text{값이 $x$이면}$은", "a = \\text{값이 \\(x\\)이면}"),
        ("식 $\\mbox{$a$와 $b$}$은 $5이다", "\\mbox{\\(a\\)와 \\(b\\)}"),
        ("넓이는 $$ \\pi r^2 $$이다", "\\pi r^2"),
        ("$$\n{a \\over b}\n\n$$", "{a \\over b}"),
    ],
)
def test_maths(tmp_path: Path, markdown: str, tex: str) -> None:
    annotation = only(body_of(tmp_path, markdown), ".//math//annotation")
    assert tree.text_of(annotation).strip() == tex


@pytest.mark.parametrize(
    "markdown", ["앞 $$ \\\\ $$ 뒤", "앞\n\n$$\n\\\\\n$$\n\n뒤", "앞 $$ $$ 뒤"]
)
def test_a_formula_of_nothing_makes_room(tmp_path: Path, markdown: str) -> None:
    body = body_of(tmp_path, markdown)
    assert "".join(tree.text_of(body).split()) == "앞뒤"


def test_maths_within_a_line_is_inline(tmp_path: Path) -> None:
    assert only(body_of(tmp_path, "넓이는 $$x$$이다"), ".//math").get("display") == "inline"
    assert only(body_of(tmp_path, "$$x$$"), ".//math").get("display") == "block"


def test_formula_on_lines_of_its_own_is_no_paragraph(tmp_path: Path) -> None:
    body = body_of(tmp_path, "앞\n\n$$\nx\n$$\n\n뒤")
    assert [(child.tag, child.get("class")) for child in body] == [
        ("p", None),
        ("div", "maths-display"),
        ("p", None),
    ]


def test_link_in_reverse_is_turned_and_told(tmp_path: Path) -> None:
    found = source("첫 줄\n[https://a.kr/x](공식 사이트) [https://a.kr](/한글/글)\n")
    assert [(problem.rule, problem.line) for problem in found.problems] == [("link-reversed", 2)]
    assert found.text.split("\n")[1] == "[공식 사이트](<https://a.kr/x>) [https://a.kr](/한글/글)"


def test_html_keeps_its_shape(tmp_path: Path) -> None:
    body = body_of(
        tmp_path,
        "문장\n<table>\n    <tr>\n\n        <td>칸 **굵게**</td>\n    </tr>\n</table>\n뒷말",
    )
    assert only(body, ".//td/strong").text == "굵게"
    assert body.find(".//pre") is None
    assert [p.text for p in body.findall("p")] == ["문장", "뒷말"]


def test_what_is_taken_out_leaves_whole_letters() -> None:
    assert source("가e{:/x}\u0301나").text == "가\u00e9나\n"
    assert source("가{: .b}\u0338").text.endswith("</span>\u0338\n")


def test_lines_keep_their_numbers() -> None:
    post = parse_post(
        "a.md", "---\ntitle: 봄\n---\n문장\n| 가 |\n|---|\n| 나 |\n\n```py\nx\n```\n끝\n".encode()
    )
    found = markdown_for_pandoc(post)
    lines = found.text.split("\n")
    for text, number in {"문장": 4, "| 가 |": 5, "| 나 |": 7, "x": 10, "끝": 12}.items():
        assert found.line_of(lines.index(text) + 1) == number
    assert found.code == {9, 10}


def test_rows_of_formulas_keep_their_numbers() -> None:
    body = "\\begin{align}\na &= b\n\nc &= d\n\\end{align}\n\n$$\ne\n\nf\n$$\n"
    found = markdown_for_pandoc(parse_post("a.md", body.encode()))
    numbers = dict(zip(found.text.split("\n"), found.numbers, strict=False))
    assert (numbers["a &= b"], numbers["c &= d"], numbers["\\end{align}$$"]) == (2, 4, 5)
    assert (numbers["e"], numbers["f"], numbers["$$"]) == (8, 10, 11)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "` `` ",
        "$1 ",
        '<a "',
        "**",
        "\\\\(",
        "{{ ",
        "{: ",
        "http://a.,)",
        "__a ",
        "==a ",
        "$ ",
        "[https://a](가",
        "- ",
        "*[a]: ",
        "|` ",
        "> ",
        "| ",
    ],
)
def test_long_lines_take_linear_time(piece: str) -> None:
    assert growth(lambda length: source(piece * (length // len(piece))), 15_000) < LINEAR


@pytest.mark.parametrize(
    "line",
    ["<!--", "<pre>", "- ```x\n  a\nb", "$$ a", "|\na | b", "<div class='mermaid'>", "{::comment}"],
)
def test_what_is_never_closed_takes_linear_time(line: str) -> None:
    assert growth(lambda lines: source(f"{line}\n" * lines), 500) < LINEAR


def test_strong_text_that_never_ends_takes_linear_time() -> None:
    assert growth(lambda words: source("__" + "가:" * words), 10_000) < LINEAR


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ("python linenos", "1"),
        ("python linenos=false", ""),
        ("js showLineNumbers: none", ""),
        ("go linenos=table,linenostart=5", "5"),
        ("ts numberLines: 3", "3"),
        ("python", ""),
    ],
)
def test_the_number_of_the_first_line(options: str, number: str) -> None:
    assert first_number(options) == number
