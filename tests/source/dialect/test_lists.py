"""Lists: items nest, go on and are tight as they are on their author's Jekyll site."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from tests.support.reading import body_of, html_of, only, read_post


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        # a list of another kind, left of the text that it belongs to
        (
            "1. 하나\n- 둘\n- 셋\n2. 넷",
            "<ol> <li>하나 <ul> <li>둘</li> <li>셋</li> </ul></li> <li>넷</li> </ol>",
        ),
        (
            "1. 하나\n  - 둘\n    - 셋\n2. 넷",
            "<ol> <li>하나 <ul> <li>둘 <ul> <li>셋</li> </ul></li> </ul></li> <li>넷</li> </ol>",
        ),
        # a fence that opens an item is a line of code, and opens a list all the same
        (
            "1. ```\n   echo\n   ```\n   뒤의 글\n2. 둘",
            "<ol> <li><pre><code>echo</code></pre> 뒤의 글</li> <li>둘</li> </ol>",
        ),
        ("글\n2. 둘", "<p>글 2. 둘</p>"),
        ("1. 하나\n\n- 둘", "<ol> <li>하나</li> </ol> <ul> <li>둘</li> </ul>"),
        # an item is a paragraph where a blank line follows its text
        (
            "- 가\n  - 나\n\n- 다\n\n- 라",
            "<ul> <li>가 <ul> <li>나</li> </ul></li> <li><p>다</p></li> <li>라</li> </ul>",
        ),
        ("- 가\n\n- 나", "<ul> <li><p>가</p></li> <li><p>나</p></li> </ul>"),
        ("- 가\n\n- 나\n- 다", "<ul> <li><p>가</p></li> <li>나</li> <li>다</li> </ul>"),
        (
            "- 가\n  ```sh\n  ls\n  ```\n- 나",
            '<ul> <li>가 <pre><code class="language-sh">ls</code></pre></li> <li>나</li> </ul>',
        ),
        # items that follow a quote without a blank line are the quote's
        (
            "> - 가\n  - 나\n> - 다",
            "<blockquote> <ul> <li>가 <ul> <li>나</li> </ul></li> <li>다</li> </ul> </blockquote>",
        ),
        ("> 인용\n- 가", "<blockquote> <p>인용</p> <ul> <li>가</li> </ul> </blockquote>"),
        (
            "> 인용\n```\nx\n```\n글",
            "<blockquote> <p>인용</p> <pre><code>x</code></pre> <p>글</p> </blockquote>",
        ),
        # an item ends with a blank line, and with nothing less
        (
            "1. 가\n```\nx\n```\n글\n2. 나",
            "<ol> <li>가 <pre><code>x</code></pre> <p>글</p></li> <li>나</li> </ol>",
        ),
        (
            "* 가\n  1. 나\n    * 다\n  2. 라",
            "<ul> <li>가 <ol> <li>나 <ul> <li>다</li> </ul></li> <li>라</li> </ol></li> </ul>",
        ),
        ("1. 가\n이어진 글\n2. 나", "<ol> <li>가 이어진 글</li> <li>나</li> </ol>"),
        (
            "1. 가\n- 나\n\n   다",
            "<ol> <li>가 <ul> <li><p>나</p> <p>다</p></li> </ul></li> </ol>",
        ),
        # a heading in an item stays there
        (
            "- 가\n\n  ### 나\n\n  다",
            '<ul> <li><p>가</p> <h3 id="나">나</h3> <p>다</p></li> </ul>',
        ),
        ("1. *\n2. -", "<ol> <li>*</li> <li>-</li> </ol>"),
        # a heading behind a list is none of its items
        ("- 가\n- 나\n# 제목", '<ul> <li>가</li> <li>나</li> </ul> <h1 id="제목">제목</h1>'),
        ("4. 제목\n---\n", '<ol start="4"> <li><h2 id="제목">제목</h2></li> </ol>'),
    ],
)
def test_lists_are_kramdown_s(tmp_path: Path, markdown: str, html: str) -> None:
    assert html_of(tmp_path, markdown) == html


def test_marks_of_tight_items_are_never_seen(tmp_path: Path) -> None:
    body = body_of(tmp_path, "- [ ] 가\n  - 나\n\n- `코드\n  둘`\n- <b>다</b>\n\n  라\n")
    assert body.findall(".//*[@data-tight]") == []
    assert "data-tight" not in "".join(map(str, body.itertext()))


def test_one_begins_a_list_in_a_paragraph_and_another_number_does_not(tmp_path: Path) -> None:
    html = html_of(tmp_path, "준비물이다.\n1. 하나\n2. 둘")
    assert html == "<p>준비물이다.</p> <ol> <li>하나</li> <li>둘</li> </ol>"
    assert html_of(tmp_path, "그날은\n2021. 10. 7이다.") == "<p>그날은 2021. 10. 7이다.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "- 항목\n\n    글\n\n        - ! 명령\n",
        "- 항목\n\n    글\n\n            - 하나\n            - 둘\n",
        "1. 항목\n\n    글\n\n        1. 명령\n        2. 둘\n\n2. 둘\n",
        "- 하나\n    - 둘\n\n        글\n\n            * 깊은\n            * 목록\n\n        글\n",
        "* 하나\n\n        + 하나\n        + 둘\n\n* 둘\n",
        "- 하나\n\n  글\n\n      - 코드\n        - 코드\n",
    ],
)
def test_items_of_indented_code_are_code_as_typed(tmp_path: Path, text: str) -> None:
    """Issue 14: our own marks were shown in them."""
    body = body_of(tmp_path, text)
    (code,) = body.iter("code")
    assert all(line.strip() in text for line in tree.text_of(code).split("\n"))
    assert "data-" not in tree.text_of(body)
    assert len(body) == 1, "one list"


QUOTE = "> 인용\n  > 둘"


@pytest.mark.parametrize(
    ("block", "tag"),
    [
        (QUOTE, "blockquote"),
        ("```sh\n  ls\n  ```", "pre"),
        ("| 가 | 나 |\n  |---|---|\n  | 1 | 2 |", "table"),
        ("- 안\n  - 안", "ul"),
    ],
)
@pytest.mark.parametrize("blank", ["", "\n"])
def test_attributes_of_a_block_in_an_item(tmp_path: Path, block: str, tag: str, blank: str) -> None:
    """Issue 14: the list ended at them, and its class was theirs."""
    body = body_of(
        tmp_path, f"- 항목\n{blank}  {block}\n  {{: .prompt-tip }}\n{blank}- 둘\n- 셋\n\n끝\n"
    )
    assert [child.tag for child in body] == ["ul", "p"]
    assert len(body[0]) == 3
    assert body[0].get("class") is None
    inner = only(body, f"ul/li/{tag}")
    # code has no classes of its author's in a document
    assert (inner.get("class") or "") == ("" if tag == "pre" else "prompt-tip")
    assert "data-" not in tree.text_of(body)


def test_an_item_ends_a_quote_in_the_item_above(tmp_path: Path) -> None:
    body = body_of(tmp_path, "- 하나\n  > 인용\n- 둘\n  > [!TIP]\n  > 인용\n- 셋\n")
    assert [len(part.findall("li")) for part in body] == [3]


def test_attributes_in_a_quote_leave_it_whole(tmp_path: Path) -> None:
    body = body_of(tmp_path, "> - 하나\n> - 둘\n> {: .wide }\n>\n> 글\n")
    assert [child.tag for child in body] == ["blockquote"]
    assert only(body, "blockquote/ul").get("class") == "wide"


def test_attributes_of_a_list_end_it(tmp_path: Path) -> None:
    body = body_of(tmp_path, '* 목록\n{: key="val"}\n\n    코드\n{: #other}\n\n    코드\n\n끝\n')
    assert [child.tag for child in body] == ["ul", "pre", "pre", "p"]
    assert body[1].get("id") == "other"
    assert "data-" not in tree.text_of(body)


HEXO = {"_config.yml": b"title: a\nsource_dir: source\n"}


@pytest.mark.parametrize(
    ("markdown", "hexo", "kramdown"),
    [
        (">\n> 인용\n>\n```py\nx\n```\n", ["blockquote", "pre"], ["blockquote"]),
        ("> 인용\n```py\nx\n```\n", ["blockquote", "pre"], ["blockquote"]),
        ("> 인용\n- 하나\n- 둘\n", ["blockquote", "ul"], ["blockquote"]),
        ("> 인용\n## 제목\n", ["blockquote", "h2"], ["blockquote", "h2"]),
        ("> 인용\n이어진다.\n", ["blockquote"], ["blockquote"]),
        ("> 인용\n<br/> - 이어진다.\n", ["blockquote"], ["blockquote"]),
        ("- 하나\n  > 인용\n- 둘\n", ["ul"], ["ul"]),
    ],
)
def test_only_a_paragraph_goes_on_below_a_quote_of_hexo(
    tmp_path: Path, markdown: str, hexo: list[str], kramdown: list[str]
) -> None:
    text = f"---\ntitle: a\n---\n{markdown}"
    for files, expected in ((HEXO, hexo), ({"_config.yml": b"title: a\n"}, kramdown)):
        body = read_post(tmp_path, text, name="_posts/2026-01-02-a.md", files=files).document.body
        root = tree.parse_xml(body)
        assert [str(child.tag) for child in root] == expected
