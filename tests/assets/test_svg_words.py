"""Words of HTML within drawings are drawn in every edition (issue 14)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from hanpan.assets.pictures.svg import clean_svg
from hanpan.assets.pictures.svg_words import write_words
from tests.support.every_edition import pdf_text, printed
from tests.support.reading import html_of

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
MERMAID = f"""<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80" viewBox="0 0 240 80">
<g class="node"><rect x="10" y="10" width="120" height="54"/>
<g class="label" transform="translate(20, 13)">
<foreignObject width="100" height="48"><div {XHTML} style="display: table-cell;
white-space: nowrap;
line-height: 1.5; text-align: center;"><span class="nodeLabel">
<p>첫째 마디<br/>둘째 마디</p></span></div></foreignObject>
</g></g></svg>"""
DRAW_IO = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
width="240px" height="80px" viewBox="-0.5 -0.5 240 80">
<g><rect width="120" height="60" fill="#fff"/>
<g transform="translate(-0.5 -0.5)"><switch><foreignObject width="100%" height="100%"
requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div {XHTML}
style="display: flex; align-items: unsafe center; justify-content: unsafe center;
width: 118px; height: 1px;
padding-top: 30px; margin-left: 1px;"><div style="font-size: 0; text-align: center;"><div
style="font-size: 12px; color: light-dark(#112233, #fff); white-space: normal;">사용자가 <b>보낸</b>
요청을 먼저 받는다</div></div></div></foreignObject><text x="60" y="34" font-size="12px"
text-anchor="middle">사용자가 보낸 요...</text></switch></g></g><switch><g
requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><a
xlink:href="https://www.drawio.com/x"><text x="50%" y="100%">Text is not SVG - cannot
display</text></a></switch></svg>"""


def lines_of(svg: str) -> list[tuple[str, float, float, str]]:
    """Return the texts of a cleaned drawing, with their places and anchors."""
    root = etree.fromstring(clean_svg(svg.encode()))
    return [
        (
            "".join(map(str, text.itertext())),
            float(text.get("x") or 0),
            float(text.get("y") or 0),
            text.get("text-anchor") or "",
        )
        for text in root.iter("{*}text")
    ]


def test_a_label_of_mermaid_stands_in_its_box() -> None:
    (first, x, y, side), (second, below_x, below_y, _) = lines_of(MERMAID)
    assert (first, second) == ("첫째 마디", "둘째 마디")
    assert (x, below_x, side) == (50, 50, "middle")
    assert 0 < y < 24 < below_y < 48  # half of them above the middle


def test_a_label_of_draw_io_stands_where_its_stand_in_stood() -> None:
    lines = lines_of(DRAW_IO)
    assert " ".join(line[0] for line in lines) == "사용자가 보낸 요청을 먼저 받는다"
    assert len(lines) == 2  # the box has 118 pixels
    assert {line[1:4:2] for line in lines} == {(60, "middle")}
    assert sum(line[2] for line in lines) / 2 == 34
    root = etree.fromstring(clean_svg(DRAW_IO.encode()))
    (group,) = {text.getparent() for text in root.iter("{*}text")}
    assert group is not None
    assert (group.get("fill"), group.get("font-size")) == ("#112233", "12px")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<text x='1' y='9'>하나</text><text>둘</text>", ["하나"]),
        ("<text systemLanguage='fr'>deux</text><text>둘</text>", ["둘"]),
        ("<text requiredExtensions='http://other'>x</text><text>둘</text>", ["둘"]),
        ("<foreignObject><b>굵은 말</b></foreignObject><text x='1' y='2'>굵…</text>", ["굵은 말"]),
    ],
)
def test_one_child_of_a_switch_is_shown(inside: str, words: list[str]) -> None:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'><switch>{inside}</switch></svg>"
    assert [line[0] for line in lines_of(svg)] == words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>한 줄</div>", ["한 줄"]),
        ("<ul><li>하나</li><li>둘</li></ul>", ["하나", "둘"]),
        ("<p>앞 <i>기운</i> 뒤</p>", ["앞 기운 뒤"]),
        ("<table><tr><td>가</td><td>나</td></tr><tr><td>다</td></tr></table>", ["가 나", "다"]),
        ("글<script>alert(1)</script>", ["글"]),
        ("<div></div>", []),
    ],
)
def test_html_becomes_lines(html: str, words: list[str]) -> None:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject>{html}</foreignObject></svg>"
    assert [line[0] for line in lines_of(svg)] == words


def test_many_labels_within_each_other_take_linear_time() -> None:
    visits = [0]

    class Counted(etree.ElementBase):
        def getparent(self) -> etree._Element | None:
            visits[0] += 1
            return super().getparent()

    lookup = etree.ElementDefaultClassLookup(element=Counted)
    parser = etree.XMLParser(huge_tree=True)
    parser.set_element_class_lookup(lookup)
    deep = "<foreignObject>글<switch>" * 500 + "</switch></foreignObject>" * 500
    root = etree.fromstring(f"<svg>{deep}</svg>", parser)
    write_words(root)
    assert visits[0] < 20_000


def test_every_edition_has_the_words(tmp_path: Path) -> None:
    markdown = f"{MERMAID}\n\n![그림](draw.svg)\n"
    reading, made = printed(
        tmp_path,
        markdown,
        editions=["html", "pdf", "epub"],
        files={"posts/draw.svg": DRAW_IO.encode()},
    )
    assert not [problem for problem in reading.problems if problem.rule == "unsafe-html"]
    text = pdf_text(made["글.pdf"])
    for words in ("첫째 마디", "둘째 마디", "사용자가 보낸", "먼저 받는다"):
        assert words in text
    assert "not SVG" not in text
    assert "첫째 마디" in made["글.html"].decode()
    assert "첫째 마디" in made["글.epub/EPUB/text/post.xhtml"].decode()


def test_an_attribute_of_markdown_does_not_reach_a_drawing(tmp_path: Path) -> None:
    body = html_of(
        tmp_path, '<svg markdown="1" width="9"><g markdown="span"><path d="M0 0"/></g></svg>'
    )
    assert re.findall(r"<(svg|g)\b([^>]*)", body) == [("svg", ' width="9"'), ("g", "")]
