"""The Markdown writer: text that goes through a Markdown reader comes back the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hanpan import tree
from hanpan.crosspost.writers.markdown import write_markdown
from tests.crosspost.sample import TEX, document, gfm, lowering, render, texts

LETTERS = "가나다a1 *_`~[]()<>#!&;|\\$+-=.:\"'\n{}%^@/"
MARKED = st.recursive(
    st.text(LETTERS, min_size=1, max_size=12).map(lambda text: ("", text)),
    lambda inner: st.tuples(
        st.sampled_from(("strong", "em", "del", "a", "code")), st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)


def write(html: str, folder: Path) -> str:
    return write_markdown(tree.parse(html), lowering(folder))


def build(parent: etree._Element, node: object) -> None:
    """Append what Hypothesis drew: text, or an element with things inside."""
    assert isinstance(node, tuple)
    tag, inside = node
    if not tag:
        tree.append_text(parent, inside)
        return
    nested = tag == "a" and any(e.tag == "a" for e in (parent, *parent.iterancestors()))
    element = etree.SubElement(parent, "span" if nested else tag)
    if element.tag == "a":
        element.set("href", "https://example.com/(x)_y*z")
    for child in inside:
        build(element, child)


def text_back(html: str) -> str:
    return "".join(tree.text_of(tree.parse(html)).split())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(MARKED, min_size=1, max_size=4), min_size=1, max_size=12))
@example([[("", "1. 하나\n- 둘 # 셋 > 넷")], [("strong", [("", "굵게(x)")]), ("", "는")]])
@example([[("", "![그림](x) [1]: y [^1] &amp; &#35; <b> www.a.com https://a.b/c_d_")]])
@example([[("em", [("strong", [("", "가")]), ("", "나")]), ("strong", [("", "다")])]])
def test_text_survives(tmp_path_factory: pytest.TempPathFactory, drawn: list[object]) -> None:
    folder = tmp_path_factory.mktemp("site")
    root = etree.Element("div")
    for paragraph in drawn:
        assert isinstance(paragraph, list)
        element = etree.SubElement(root, "p")
        for node in paragraph:
            build(element, node)
    wanted = "".join(tree.text_of(root).split())
    plain = lowering(folder)
    assert text_back(gfm(write_markdown(root, plain))[0]) == wanted


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>가 <strong>나</strong> 다</p>", "가 **나** 다"),
        ("<p><strong>강조(x)</strong>는</p>", "<strong>강조(x)</strong>는"),
        ("<p><strong>강조(x)</strong> 는</p>", "**강조(x)** 는"),
        ('<p>가<em>"나"</em>다</p>', '가<em>"나"</em>다'),
        ("<p><strong> 가 </strong>나</p>", "**가** 나"),
        ("<p><strong><em>가</em></strong></p>", "<strong>*가*</strong>"),
        ("<p>1. 첫째</p>", "1\\. 첫째"),
        ("<p>- 하나</p><p># 둘</p>", "\\- 하나\n\n\\# 둘"),
        ("<p>snake_case와 _밑줄_</p>", "snake_case와 \\_밑줄\\_"),
        ("<p>[1]과 [x](y)</p>", "[1]과 \\[x\\](y)"),
        ("<p>[1]과 x](y)</p>", "\\[1\\]과 x\\](y)"),
        ("<p>$5와 $6</p>", "\\$5와 \\$6"),
        ("<p>가<br/>나</p>", "가  \n나"),
        ("<p><code>`a`</code></p>", "`` `a` ``"),
        ("<pre><code>```\n</code></pre>", "````\n```\n````"),
        ("<ul><li>가</li></ul><ul><li>나</li></ul>", "- 가\n\n<!-- -->\n\n- 나"),
        ("<ol start='9'><li>가<ul><li>나</li></ul></li><li>다</li></ol>", "9. 가\n   - 나\n10. 다"),
        ("<blockquote><p>가</p><p>나</p></blockquote>", "> 가\n>\n> 나"),
        ("<h2>가 #</h2>", "## 가 &#35;"),
        ("<p>가\u00a0나</p>", "가&nbsp;나"),
        ('<p><a href="https://a.b/c">https://a.b/c</a></p>', "<https://a.b/c>"),
        ('<p><a href="https://a.b/(c) d">가</a></p>', "[가](https://a.b/%28c%29%20d)"),
        ("<table><tr><td>가</td></tr></table>", "|  |\n|---|\n| 가 |"),
        (
            "<table><tr><th colspan='2'>가</th></tr><tr><td>나</td><td>다</td></tr></table>",
            "| 가 |  |\n|---|---|\n| 나 | 다 |",
        ),
        (
            "<table><tr><th rowspan='2'>가</th><th>나</th></tr><tr><td>다</td></tr></table>",
            "| 가 | 나 |\n|---|---|\n|  | 다 |",
        ),
    ],
)
def test_forms(html: str, markdown: str, tmp_path: Path) -> None:
    assert write(html, tmp_path) == markdown + "\n"


def test_structure_comes_back(tmp_path: Path) -> None:
    html = (
        "<h2>제목</h2><ul><li><p>하나</p><pre><code>x = 1\n\n  y\n</code></pre></li>"
        "<li><p>둘</p><blockquote><p>인용</p></blockquote></li></ul>"
        "<table><thead><tr><th>가</th></tr></thead><tbody><tr><td>나|다</td></tr></tbody></table>"
        "<p>끝</p>"
    )
    back = tree.parse(gfm(write(html, tmp_path))[0])
    wanted = tree.parse(html)
    shape = [e.tag for e in back.iterdescendants() if e.tag != "span"]
    assert shape == [e.tag for e in wanted.iterdescendants()]
    assert tree.text_of(next(back.iter("pre"))) == "x = 1\n\n  y"
    assert tree.text_of(next(back.iter("td"))) == "나|다"


def test_bars_of_formulas_end_no_cell(tmp_path: Path) -> None:
    formula = TEX.format("", r"\|x\| = |y| \\| z")
    zenn = texts(render(tmp_path, document(f"<table><tr><td>{formula}</td></tr></table>")))
    assert r"| $\Vert x\Vert  = \vert y\vert  \\\vert  z$ |" in zenn["zenn/body.md"]


def test_maths_blocks_stand_alone(tmp_path: Path) -> None:
    formula = (
        '<math display="block"><semantics><mi>x</mi><annotation encoding="application/x-tex">'
        "x^2</annotation></semantics></math>"
    )
    assert write(f"<p>앞 {formula} 뒤</p>", tmp_path) == "앞\n\n$$\nx^2\n$$\n\n뒤\n"
    inline = formula.replace(' display="block"', "")
    assert write(f"<p>앞 {inline} 뒤</p>", tmp_path) == "앞 $x^2$ 뒤\n"


def test_a_dialect_without_tags_still_closes_what_it_can(tmp_path: Path) -> None:
    plain = lowering(tmp_path, html=())
    text = write_markdown(tree.parse("<p><strong>가</strong>나</p>"), plain)
    assert text == "**가**나\n" and not re.search("<strong>", text)


def test_a_number_before_a_link_is_no_reference(tmp_path: Path) -> None:
    # remark-parse 7 takes `[1] [x]` for one reference, and shows the link's address as text
    link = '<a href="https://a.b/c">글</a>'
    assert write(f"<p>[1] {link}</p>", tmp_path) == "\\[1\\] [글](https://a.b/c)\n"
    assert write(f"<p>[1] 보라 {link}</p>", tmp_path) == "[1] 보라 [글](https://a.b/c)\n"


def test_ampersands_next_to_references(tmp_path: Path) -> None:
    assert write("<p>AT&amp;T와 R &amp; D</p>", tmp_path) == "AT&T와 R & D\n"
    # remark-parse 7 gives a plain ampersand the character of the reference before it
    assert write("<p>&lt;b 그리고 A&amp;B</p>", tmp_path) == "&lt;b 그리고 A&amp;B\n"
