"""The shared transforms, judged by the body that every edition gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.transforms.shared.sound.styles import safe_style
from hanpan.transforms.top_links import unlink_top
from tests.support.reading import body_of, html_of, only, read_post, rules


def test_attribute_lists(tmp_path: Path) -> None:
    body = body_of(
        tmp_path,
        "알림이다 **굵게**\n{: .notice--warning #알림}\n\n"
        '[글](https://a.kr){: .btn }{:target="_blank"}\n\n'
        "- 하나\n- 둘\n{: .크게}\n\n"
        "## 제목\n{: .no_toc}\n",
    )
    assert (only(body, "p[1]").get("class"), only(body, "p[1]").get("id")) == (
        "notice--warning",
        "알림",
    )
    link = only(body, ".//a")
    assert (link.get("class"), link.get("target"), link.get("rel")) == ("btn", "_blank", "noopener")
    assert only(body, "ul").get("class") == "크게"
    assert only(body, "h2").get("class") == "no_toc"
    assert "{:" not in tree.text_of(body)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        # what is said of a paragraph ends it
        (
            "앞\n{: .notice--info}\n뒤\n{: .notice--danger}",
            '<p class="notice--info">앞</p> <p class="notice--danger">뒤</p>',
        ),
        ("제목\n---\n{: .no_toc}", '<h2 class="no_toc" id="제목">제목</h2>'),
        ("앞\n\n---\n{: .넓게}", '<p>앞</p> <hr class="넓게"/>'),
        ('```py\nx\n```\n{: file="a.py" .nolineno }', '<pre data-title="a.py"><code class='),
        ("1. {:.하나} 가\n2. 나\n{: .둘}", '<ol class="둘"> <li class="하나"> 가</li>'),
        ("- {: .first} 가", '<ul> <li class="first"> 가</li> </ul>'),
        ("**말**{: .a} *말*{:.b} `말`{: .c}", '<strong class="a">말</strong> <em class="b">'),
        ("{: .앞}\n글", '<p class="앞">글</p>'),
        ('![그림](/a.png){: .가 }{: width="30" }', 'class="가" data-missing="missing"'),
    ],
)
def test_where_attribute_lists_stand(tmp_path: Path, markdown: str, html: str) -> None:
    found = html_of(tmp_path, markdown)
    assert html in found
    assert "{:" not in found


def test_attributes_of_a_formula(tmp_path: Path) -> None:
    formula = only(body_of(tmp_path, "$$x$$\n{: .식}\n"), "div")
    assert tree.classes(formula) == ["식", "maths-display"]


def test_contents_mark_takes_its_list_away(tmp_path: Path) -> None:
    body = body_of(tmp_path, "* 차례\n{:toc}\n\n## 하나\n")
    assert body.find("ul") is None


def test_contents_mark_asks_for_contents(tmp_path: Path) -> None:
    document = read_post(tmp_path, "* 차례\n{:toc}\n\n## 하나\n\n## 둘\n{: .no_toc}\n").document
    assert document.meta.toc is True
    assert [heading.text for heading in document.headings] == ["하나"]
    said = read_post(tmp_path, "---\ntoc: false\n---\n* 차례\n{:toc}\n\n## 하나\n").document
    assert said.meta.toc is False


@pytest.mark.parametrize(
    ("heading", "identity"),
    [
        ("1. 웹 프로그래밍을 위한 (준비)", "1-웹-프로그래밍을-위한-준비"),
        ("🚀 시작", "-시작"),
        ("C++와 `a_b`", "c와-a_b"),
        ("가 & 나", "가--나"),
        ("제목 {#내-이름}", "내-이름"),
    ],
)
def test_ids_are_jekyll_s(tmp_path: Path, heading: str, identity: str) -> None:
    assert only(body_of(tmp_path, f"## {heading}\n"), "h2").get("id") == identity


def test_size_of_a_missing_picture_is_the_author_s(tmp_path: Path) -> None:
    body = body_of(
        tmp_path, '![그림](a.png){: width="50%",height="50%"}\n\n![둘](b.png){: w=\'300\'}'
    )
    assert only(body, "p[1]/img").get("style") == "width: 50%"
    assert only(body, "p[2]/img").get("width") == "300"


def test_nothing_runs(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path,
        "---\ntitle: 글\n---\n첫 줄\n\n<script>alert(1)</script>\n\n"
        '<b onclick="x()">굵게</b> [글](javascript:alert(1)) `<i onclick="y()">`\n\n'
        '<style>p{color:red}</style>\n\n<p style="color:red;position:fixed">붉게</p>\n',
    )
    body = reading.document.body
    assert "alert" not in body
    assert "x()" not in body
    assert "position" not in body
    assert "color: red" in body
    assert '<code>&lt;i onclick="y()"&gt;</code>' in body
    problem = rules(reading)["unsafe-html"]
    assert (problem.severity, problem.line) == ("warning", 6)
    for said in ("1 <script>", "1 <style>", "1 onclick handler", "1 link that runs a script"):
        assert said in problem.message


@pytest.mark.parametrize(
    ("html", "href", "text"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abcdef12345" title="강연"></iframe>',
            "https://www.youtube.com/watch?v=abcdef12345",
            "YouTube: 강연",
        ),
        (
            '<script src="https://gist.github.com/who/0123abc.js"></script>',
            "https://gist.github.com/who/0123abc",
            "GitHub Gist: who/0123abc",
        ),
        (
            '<iframe src="//map.example.kr/x"></iframe>',
            "https://map.example.kr/x",
            "map.example.kr",
        ),
    ],
)
def test_embeds_become_links(tmp_path: Path, html: str, href: str, text: str) -> None:
    body = body_of(tmp_path, f"앞말\n\n{html}\n\n뒷말")
    card = next(p for p in body.iter("p") if p.get("class") == "embed")
    link = only(card, "a")
    assert (link.get("href"), link.text) == (href, text)
    assert body.find(".//iframe") is None


def test_task_lists(tmp_path: Path) -> None:
    body = body_of(tmp_path, "- [ ] 할 일\n- [x] 한 일\n")
    boxes = [(box.get("data-checked"), box.get("aria-label")) for box in body.iter("span")]
    assert boxes == [("false", "미완료"), ("true", "완료")]
    assert [tree.text_of(item).strip() for item in body.iter("li")] == ["할 일", "한 일"]
    assert body.find(".//input") is None
    assert body.find(".//label") is None


def test_footnotes(tmp_path: Path) -> None:
    body = body_of(tmp_path, "본문[^주]이다.\n\n[^주]: 각주 내용\n")
    mark = only(body, ".//sup/a")
    assert (mark.get("id"), mark.get("href"), mark.text) == ("fnref-1", "#fn-1", "1")
    section = only(body, "section")
    assert section.get("class") == "footnotes"
    note = only(section, ".//li")
    assert note.get("id") == "fn-1"
    back = only(note, ".//a")
    assert (back.get("href"), back.get("aria-label")) == ("#fnref-1", "본문으로 돌아가기")
    assert (back.text or "").startswith("↩")


def test_headings_and_ids(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path,
        "---\ntitle: 글\n---\n## 한글 제목: 하나\n\n## 한글 제목: 하나\n\n##\n\n"
        '<h3 id="a:b c">셋째</h3>\n\n<h3>넷째 제목</h3>\n\n<p id="넷째-제목">문단</p>\n',
    )
    assert [(h.level, h.id, h.text) for h in reading.document.headings] == [
        (2, "한글-제목-하나", "한글 제목: 하나"),
        (2, "한글-제목-하나-1", "한글 제목: 하나"),
        (3, "a-b-c", "셋째"),
        (3, "넷째-제목", "넷째 제목"),
    ]
    assert 'id="넷째-제목-1"' in reading.document.body
    assert rules(reading)["heading-empty"].line == 8


def test_links_within_the_page(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path,
        "---\ntitle: 글\n---\n[하나](#1-웹-프로그래밍) [둘](#1.-웹-프로그래밍!) [셋](#없는-곳)\n\n"
        "## 1. 웹 프로그래밍\n",
    )
    root = tree.parse_xml(reading.document.body)
    assert [link.get("href") for link in root.iter("a")] == ["#1-웹-프로그래밍"] * 2
    assert "셋" in tree.text_of(root)
    assert rules(reading)["link-fragment"].line == 4


def test_links_out_of_the_page(tmp_path: Path) -> None:
    text = "[글](/2025/봄/) [둘](../그림.png)\n\n[셋](https://exa mple)\n"
    known = read_post(tmp_path, text, site='url = "https://blog.kr"\n')
    links = [link.get("href") for link in tree.parse_xml(known.document.body).iter("a")]
    assert links == [
        "https://blog.kr/2025/%EB%B4%84/",
        "https://blog.kr/%EA%B7%B8%EB%A6%BC.png",
    ]
    assert rules(known)["link-broken"].line == 3
    unknown = read_post(tmp_path, text)
    assert rules(unknown)["link-relative"].line == 1
    assert tree.parse_xml(unknown.document.body).find(".//a[@href]") is None


def test_old_html_is_written_anew(tmp_path: Path) -> None:
    html = html_of(
        tmp_path,
        '<center>가운데</center>\n\n<font color="red">붉게</font> <strike>지움</strike>\n\n'
        '<p align="right">오른쪽</p>\n',
    )
    assert '<div style="text-align: center">' in html
    assert '<span style="color: red">붉게</span> <del>지움</del>' in html
    assert '<p style="text-align: right">' in html


def test_formula_that_cannot_be_drawn_is_shown_as_tex(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "글\n\n식 $\\unknowncommand{x}{$ 끝\n\n식 $\\frac{a}$ 끝\n")
    assert '<code class="tex">\\frac{a}</code>' in reading.document.body
    assert rules(reading)["math"].line == 5


def test_styles_keep_what_says_something() -> None:
    assert safe_style("color:red; behavior:url(x); width: 50%") == "color: red; width: 50%"
    assert safe_style("background-color: url(https://a.kr/x.png)") == ""


def test_deep_nesting_is_flattened(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "<div>" * 3_000 + "깊은 곳")
    root = tree.parse_xml(reading.document.body)
    assert "깊은 곳" in tree.text_of(root)
    assert "nesting" in rules(reading)


@pytest.mark.parametrize(
    "soup",
    [
        "<div><p>가</div></p>",
        "<ul><li>가<li>나",
        "</br>가<b>나<i>다</b>라</i>",
        '<a b"c=d>가</a>',
        "<가>나</가>",
    ],
)
def test_any_soup_ends_well_formed(tmp_path: Path, soup: str) -> None:
    assert "가" in tree.text_of(body_of(tmp_path, soup)) + "가" * (soup == "<가>나</가>")


def test_links_to_the_top(tmp_path: Path) -> None:
    body = body_of(tmp_path, "[맨 위로](#){: .btn } [위](#top)\n")
    assert [link.get("href") for link in body.iter("a")] == ["#", "#"]
    unlink_top(body)
    assert tree.inner_xml(body).strip() == "<p>맨 위로 위</p>"


def test_an_address_in_a_sentence_that_is_none_is_text(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n<http://[a> [b](http://[b)\n")
    assert "http://[a" in reading.document.body
    (problem,) = [p for p in reading.problems if p.rule == "link-broken"]
    assert "%5Bb" in problem.message or "[b" in problem.message
