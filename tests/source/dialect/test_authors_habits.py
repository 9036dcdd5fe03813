"""What authors write and pandoc misses, with what readers must see (issue 14, section 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import body_of, html_of, only, read_post


@pytest.mark.parametrize("mark", ["---", "-----", "--"])
@pytest.mark.parametrize(
    ("above", "tag"), [("> ## 제목", "h2"), ("> 인용 글", "p"), ("> > 인용", "blockquote")]
)
def test_a_rule_below_a_quote_leaves_it_a_quote(
    tmp_path: Path, above: str, tag: str, mark: str
) -> None:
    body = body_of(tmp_path, f"{above}\n{mark}\n\n글\n")
    assert only(body, f"blockquote/{tag}") is not None
    assert ">" not in tree.text_of(body)
    assert tree.text_of(body[-1]) == "글"


def test_an_underlined_quote_is_a_heading_in_it(tmp_path: Path) -> None:
    assert html_of(tmp_path, "> 제목\n===\n") == (
        '<blockquote> <h1 id="제목">제목</h1> </blockquote>'
    )


def test_a_rule_below_a_heading_in_an_item(tmp_path: Path) -> None:
    body = body_of(tmp_path, "- ## 제목\n---\n\n글\n")
    assert tree.text_of(only(body, "ul/li/h2")) == "제목"


@pytest.mark.parametrize(
    "name", ["_layouts/*.html", "~/.zshrc", "C:\\a b\\[x].txt", "$HOME/`a`/<b>!", "가 (나) — 다"]
)
def test_a_name_in_quotes_may_hold_anything(tmp_path: Path, name: str) -> None:
    body = body_of(tmp_path, f'```html\na\n```\n{{: file="{name}" }}\n')
    assert only(body, "pre").get("data-title") == name
    assert tree.text_of(body).strip() == "a"


def test_values_in_quotes_within_a_line(tmp_path: Path) -> None:
    picture = only(body_of(tmp_path, '![그림](a.png){: alt="별*표!" w="50%" }'), ".//img")
    assert picture.get("alt") == "별*표!"
    assert tree.text_of(body_of(tmp_path, "글 {: 아무 말! } 글")) == "글 {: 아무 말! } 글"


@pytest.mark.parametrize("opened", ["<p>글이 열림", '<p align="center">글', "<b>굵게", "<font>글"])
@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("<ul>\n        <li>하나</li>\n\n        <li>둘</li>\n    </ul>", "하나 둘"),
        ("<table>\n        <tr><td>하나</td></tr>\n    </table>", "하나"),
        ("<div>\n        하나\n    </div>", "하나"),
    ],
)
def test_a_block_below_a_tag_that_is_open_is_no_code(
    tmp_path: Path, opened: str, block: str, shown: str
) -> None:
    body = body_of(tmp_path, f"{opened}\n\n    {block}\n\n끝\n")
    assert body.find(".//pre") is None
    words = " ".join(tree.text_of(body).split())
    assert words == f"{opened.partition('>')[2]} {shown} 끝"


@pytest.mark.parametrize("above", ["글", "<p>글</p>", "<b>굵게</b> 글", "글 <b>은 태그다"])
def test_an_example_of_html_stays_code(tmp_path: Path, above: str) -> None:
    body = body_of(tmp_path, f"{above}\n\n    <ul>\n        <li>하나</li>\n    </ul>\n\n끝\n")
    assert tree.text_of(only(body, ".//pre")) == "<ul>\n    <li>하나</li>\n</ul>"


@pytest.mark.parametrize("quote", ["", "> ", "> > "])
def test_a_list_of_another_kind_within_a_list(tmp_path: Path, quote: str) -> None:
    lines = ["1. 하나", "2. 둘", "- 셋", "", "3. 다섯"]
    body = body_of(tmp_path, "\n".join(quote + line for line in lines))
    (numbered,) = body.iter("ol")
    assert [tree.text_of(item).split() for item in numbered] == [["하나"], ["둘", "셋"], ["다섯"]]
    assert tree.text_of(only(numbered, "li/ul/li")) == "셋"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (": 뜻\n\n    둘째 문단", [["뜻", "둘째 문단"]]),
        (": 뜻\n이어서\n\n  둘째 문단\n\n  셋째", [["뜻 이어서", "둘째 문단", "셋째"]]),
        (": 뜻\n: 다른 뜻\n\n    둘째", [[], ["다른 뜻", "둘째"]]),
    ],
)
def test_a_definition_of_several_paragraphs(
    tmp_path: Path, text: str, paragraphs: list[list[str]]
) -> None:
    body = body_of(tmp_path, f"용어\n{text}\n\n글\n")
    found = [
        [" ".join(tree.text_of(part).split()) for part in definition.iter("p")]
        for definition in body.iter("dd")
    ]
    assert found == paragraphs
    assert [child.tag for child in body] == ["dl", "p"]


@pytest.mark.parametrize(
    "dashes", ["|:---:\t|:---:|", "|\t:-:\t|\t:-:\t|", "| :---: |\xa0:---:\xa0|", ":-:\t|\t:-:"]
)
def test_tabs_in_the_line_below_a_head(tmp_path: Path, dashes: str) -> None:
    table = only(body_of(tmp_path, f"| 가 | 나 |\n{dashes}\n| 1 | 2 |\n"), "table")
    heads = table.findall("thead/tr/th")
    assert [tree.text_of(cell) for cell in heads] == ["가", "나"]
    assert {cell.get("style") for cell in heads} == {"text-align: center"}
    assert len(table.findall("tbody/tr")) == 1


@pytest.mark.parametrize("mark", ["`", "``"])
@pytest.mark.parametrize("lead", ["", "> "])
def test_code_of_several_lines_is_as_typed(tmp_path: Path, mark: str, lead: str) -> None:
    """What the rules within a line write, they do not write into code (issue 14)."""
    lines = ["{: .x} https://a.kr <T>", "==표시== [[글]] %%x%% __굵게__를", "$ x^2 $"]
    text = f"\n{lead}".join(lines)
    body = body_of(tmp_path, f"{lead}앞 {mark}{text}{mark} 뒤 https://b.kr에서\n")
    assert tree.text_of(only(body, ".//code")) == " ".join(lines)
    assert only(body, ".//a").get("href") == "https://b.kr"


def test_backticks_that_nothing_closes_in_their_paragraph(tmp_path: Path) -> None:
    text = "글 ` 하나\n==표시==\n\n- 둘 ` ==표시==\n- 셋 ` ==표시==\n"
    assert len(list(body_of(tmp_path, text).iter("mark"))) == 3


@pytest.mark.parametrize(
    "body",
    ["", "%%\n주석\n%%", "{:wide: .notice}", "<!-- 주석 -->", "{::comment}가{:/comment}", "^"],
)
@pytest.mark.parametrize("processor", ["kramdown", "CommonMark"])
def test_a_post_of_which_nothing_is_left_is_read(body: str, processor: str, tmp_path: Path) -> None:
    config = {"_config.yml": f"markdown: {processor}\n".encode()}
    reading = read_post(tmp_path, f"---\ntitle: 글\n---\n{body}", files=config)
    assert "text-lost" not in [problem.rule for problem in reading.problems]
