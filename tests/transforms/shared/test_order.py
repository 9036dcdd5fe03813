"""The order of the shared transforms: what each reason beside an entry of SHARED promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.reading import read_post

# entry of SHARED (or a second reason of one) -> post, what its body must say, and what it must not
CASES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "tight_items": ("- 하나\n- 둘\n\n- 셋\n", ("<li>하나</li>",), ("data-tight",)),
    "tight_items before attribute_lists": (
        "- {:.x} 글\n- 둘\n\n- 셋\n",
        ('<li class="x"> 글</li>',),
        (),
    ),
    "heading_ids before maths": ("## 값 $\\nope{a---b}$\n", ('id="값-nopeab"',), ()),
    "attribute_lists": (
        '```python\nprint(1)\n```\n{: file="a.py" }\n',
        ('data-title="a.py"',),
        ("data-ial",),
    ),
    "heading_ids": (
        "## :rocket: 시작\n\n## $x^2$ 값\n",
        ('id="rocket-시작"', 'id="x2-값"'),
        ("data-emoji",),
    ),
    "code_blocks": (
        "<pre><code>하나 <script>alert(1)</script> 둘</code></pre>\n",
        ("하나 alert(1) 둘",),
        ("<script",),
    ),
    "picture_forms": (
        '<img data-src="없음.png" style="float: left" alt="가">\n',
        ('data-missing="missing" data-src="없음.png"',),
        (),
    ),
    "page_breaks": (
        '가\n\n<div style="page-break-after: always"></div>\n\n나\n',
        ('<div class="page-break"/>',),
        (),
    ),
    "diagrams": (
        '<pre class="mermaid">graph LR; 가 --> 나</pre>\n',
        ('<figure class="diagram"><img src="asset:',),
        ("<pre",),
    ),
    "embeds": (
        '<script src="https://gist.github.com/who/abc.js"></script>\n',
        ('<a href="https://gist.github.com/who/abc">',),
        ("<script",),
    ),
    "maths": (
        '<span class="math inline">\\nope{x}</span>와 $\\frac{1}{2}$\n',
        ('<code class="tex">\\nope{x}</code>', "<mfrac"),
        ("<span",),
    ),
    "abbreviations": (
        "HTML은 글이다.\n\n*[HTML]: 하이퍼텍스트\n",
        ('<abbr title="하이퍼텍스트">HTML</abbr>은',),
        (),
    ),
    "task_lists": ("- [x] 하나\n", ('data-checked="true"',), ("<input",)),
    "ruby": (
        "<ruby><rb>東</rb><rb>京</rb><rt>동</rt><rt>경</rt></ruby>\n",
        ("<ruby>東<rt>동</rt>京<rt>경</rt></ruby>",),
        (),
    ),
    "inline_svg": (
        '<svg viewBox="0 0 9 9"><script id="a"></script><path id="a" d="M0 0h9"/></svg>\n',
        ('<path id="a"',),
        ("<script", 'id="a-1"'),
    ),
    "attributes": (
        '<p><font color="red" size="5">글</font></p>\n',
        ("font-size: 1.4em", "color: red"),
        ("<font",),
    ),
    "colours": ('<p><font color="yellow">글</font></p>\n', ("<p>글</p>",), ("yellow",)),
    "depth": (
        "<ul><li>" * 70 + "안" + "</li></ul>" * 70 + "\n",
        ("<ul><li>안</li></ul>",),
        ("<li><li>", "</li><li>"),
    ),
    "nesting": (
        "<h3>글 <dd>풀이</dd></h3>\n",
        ('<span class="description line">풀이</span>',),
        ("<dd", "<div"),
    ),
    "headings": (
        "<h2>★</h2>\n\n<h2>☆</h2>\n",
        ('<h2 id="section">★', '<h2 id="section-1">☆'),
        (),
    ),
    "links": (
        '[여기](#둘-1)\n\n<h2 id="둘">하나</h2>\n\n<h2 id="둘">다른</h2>\n',
        ('<a href="#둘-1">여기</a>',),
        (),
    ),
    "pictures": (
        '<table><tr><td>값</td></tr></table><dialog><img src="/no.png"></dialog>\n',
        ("값",),
        ("<img", "data-missing"),
    ),
}


@pytest.mark.parametrize("entry", CASES)
def test_each_entry_stands_where_its_reason_needs_it(tmp_path: Path, entry: str) -> None:
    markdown, wanted, unwanted = CASES[entry]
    reading = read_post(tmp_path, f"---\ntitle: 제목\n---\n{markdown}")
    body = re.sub(r"\s*\n\s*", "", reading.document.body)
    assert [text for text in wanted if text not in body] == [], body
    assert [text for text in unwanted if text in body] == [], body
    if entry == "pictures":
        assert "image-missing" not in {problem.rule for problem in reading.problems}


def test_all_that_was_left_out_is_reported_at_the_end(tmp_path: Path) -> None:
    html = '<p onclick="x()">글</p><svg><script>1</script></svg><script>2</script>'
    reading = read_post(tmp_path, f"---\ntitle: 제목\n---\n{html}\n")
    (problem,) = (problem for problem in reading.problems if problem.rule == "unsafe-html")
    assert "1 onclick handler" in problem.message and "2 <script>" in problem.message
