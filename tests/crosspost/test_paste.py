"""Brunch, Medium, Substack, Blogger and LinkedIn: what their editors keep, and nothing else."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from hanpan import tree
from hanpan.crosspost.platform import load_platform
from tests.crosspost.sample import SITE, document, load, render, texts


@pytest.mark.parametrize("name", ["brunch", "medium", "substack"])
def test_plain_markup_has_no_styles_and_only_what_is_kept(name: str, tmp_path: Path) -> None:
    root = tree.parse(texts(render(tmp_path))[f"{name}/paste.html"])
    assert {e.tag for e in root.iterdescendants()} <= set(load_platform(name).body.tags)
    attributes = {a for e in root.iterdescendants() for a in e.keys()}  # noqa: SIM118
    named = {"class"} if load_platform(name).body.classes else set()  # of code
    assert attributes <= {"href", "src", "alt", "start", *named}
    assert not any((a.get("href") or "").startswith("#") for a in root.iter("a"))


def test_ghost_can_be_pasted_into(tmp_path: Path) -> None:
    files = texts(render(tmp_path, url=""))
    page = files["ghost/paste.html"]
    root = tree.parse(page)
    assert {e.tag for e in root.iterdescendants()} <= set(
        load_platform("ghost").body.own["paste.html"].tags
    )
    assert not re.search(r'\bid=|href="#|<math|upload\.invalid|<kbd|<mark', page)
    assert '<pre><code class="language-python">def 인사():\n    return' in page
    assert (
        "각주도 단다[1]" in page
        and "[1] 각주의 글." in page
        and "<p><strong>접은 글</strong>" in page
    )
    assert "<li>셋<br><br>셋의 둘째 문단</li>" in page  # Ghost would run two paragraphs together
    assert "→ images/01-그림-하나.png]" in page
    report = files["ghost/report.md"]
    assert "- paste.html: 접는 글을 펼쳐 놓았다" in report
    assert "paste.html: 찾을 수 없는" not in report  # so it is in the body that is sent
    manifest = load(files["ghost/manifest.json"])
    assert (manifest["rich"], manifest["copy"]) == ("paste.html", "rich")
    assert (
        "접은 글" in files["ghost/preview.html"] and "paste.html: " in files["ghost/preview.html"]
    )
    assert load(files["ghost/post.json"])["posts"][0]["lexical"] == files["ghost/lexical.json"]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<p>굵게 쓰려면 **별표** 둘을 쓴다.</p>", 1),
        ("<ul><li>`코드`는 백틱</li><li>~~지운~~ 글과 _기울_ 글</li></ul>", 2),
        ("<table><tbody><tr><td>**가**</td><td>나</td></tr></tbody></table>", 1),
        ("<p><code>`코드`</code></p>", 1),
        ("<p><code>**별표**</code>와 <code>`</code>, 2 * 3, a_b_c, 1~3</p>", 0),
        ("<pre><code>**별표**</code></pre><p>는**굵게**는</p>", 0),
    ],
)
def test_signs_that_an_editor_reads_as_markdown_are_told(
    body: str, count: int, tmp_path: Path
) -> None:
    files = texts(render(tmp_path, document(body), platforms=("substack", "medium")))
    dropped = load(files["substack/manifest.json"])["dropped"]
    assert sum(d["count"] for d in dropped if d["name"] == "markdown-signs") == count
    assert "백틱" not in files["medium/report.md"]


def test_the_language_of_code_goes_where_it_is_kept(tmp_path: Path) -> None:
    files = texts(render(tmp_path))
    assert '<pre><code class="language-python">def' in files["substack/paste.html"]
    assert "language-" not in files["medium/paste.html"]


def test_terms_are_bold_and_marks_stand_in_paragraphs(tmp_path: Path) -> None:
    image = '<img src="asset:aaaaaaaaaaaaaaaa" alt="점"/>'
    figure = f"<figure>{image}<figcaption>설명</figcaption></figure>"
    post = document(f"<dl><dt>용어</dt><dd>뜻</dd></dl>{figure}", canonical_url="")
    page = texts(render(tmp_path, post, url=""))["medium/paste.html"]
    assert "<p><strong>용어</strong></p>\n<p>뜻</p>" in page.replace("</p><p>", "</p>\n<p>")
    assert "<figure>" not in page and "<p>설명</p>" in page


def test_brunch_gets_code_and_tables_as_pictures(tmp_path: Path) -> None:
    rendered = render(tmp_path)
    files, data_of = texts(rendered), {a.path: a.data for a in rendered.artifacts}
    page = files["brunch/paste.html"]
    assert "[그림 02: 표(3줄): 이름, 값 → images/02-table.png]" in page
    assert "[그림 03: Python 코드 4줄 → images/03-code.png]" in page
    assert "def 인사" not in page and "•\u00a0하나" in page
    for number, kind in ((2, "table"), (3, "code")):
        data = data_of[f"글/crosspost/brunch/images/0{number}-{kind}.png"]
        with Image.open(io.BytesIO(data)) as image:
            listed = load(files["brunch/manifest.json"])["images"][number - 1]
            assert image.width == pytest.approx(listed["width"] * 1.5, abs=2)
            assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 8  # letters are drawn
    assert "코드를 그림으로 바꾸었다" in files["brunch/report.md"]


def test_long_code_becomes_several_pictures_and_wide_lines_go_on(tmp_path: Path) -> None:
    code = "\n".join(f"값_{n} = {n}" for n in range(130)) + "\n" + "가나다 " * 60
    post = document(f"<pre><code>{code}</code></pre>")
    names = [a.path.rpartition("/")[2] for a in render(tmp_path, post).artifacts]
    assert [n for n in names if "code" in n] == ["02-code.png", "03-code.png", "04-code.png"]


def test_brunch_refuses_long_titles_so_they_are_cut(tmp_path: Path) -> None:
    title = "서른 자가 넘는 제목은 저장되지 않으니 낱말에서 자른다"
    rendered = render(tmp_path, document(title=title), platforms=("brunch",))
    assert len(load(texts(rendered)["brunch/manifest.json"])["title"]) < 30
    assert any("브런치" in p.message for p in rendered.problems if p.rule == "crosspost-title")


def test_medium_code_keeps_its_lines_and_blanks(tmp_path: Path) -> None:
    page = texts(render(tmp_path))["medium/paste.html"]
    code = re.search("<pre><code>(.*?)</code></pre>", page)
    assert code and code[1].replace("&nbsp;", "\u00a0").startswith(
        'def 인사():<br>\u00a0\u00a0\u00a0\u00a0return "안녕"'
    )


def test_medium_has_one_level_of_lists_and_keeps_order_and_numbers(tmp_path: Path) -> None:
    post = document(
        "<ol><li>하나<ul><li>안<ol><li>더 안</li></ol></li><li>밖</li></ul>끝</li><li>둘</li></ol>"
    )
    page = texts(render(tmp_path, post))["medium/paste.html"]
    assert "<ol><li>하나<br>– 안<br>1. 더 안<br>– 밖<br>끝</li><li>둘</li></ol>" in page


@pytest.mark.parametrize("name", ["medium", "substack"])
def test_tables_become_lists(name: str, tmp_path: Path) -> None:
    wide = document(
        "<table><thead><tr><th>이름</th><th>값</th><th>뜻</th></tr></thead>"
        "<tbody><tr><td>가</td><td>1</td><td>하나</td></tr></tbody></table>"
    )
    assert (
        "<li><strong>이름: 가</strong> / 값: 1 / 뜻: 하나</li>"
        in texts(render(tmp_path, wide))[f"{name}/paste.html"]
    )
    rows = "<tr><td>가</td><td>하나</td></tr><tr><td>나</td><td>둘</td></tr>"
    pair = document(f"<table>{rows}</table>")
    assert (
        "<ul><li><strong>가</strong>: 하나</li><li><strong>나</strong>: 둘</li></ul>"
        in texts(render(tmp_path, pair))[f"{name}/paste.html"]
    )


def test_medium_deep_headings_are_bold_paragraphs(tmp_path: Path) -> None:
    post = document("<h2>하나</h2><h3>둘</h3><h4>셋</h4>")
    page = texts(render(tmp_path, post))["medium/paste.html"]
    assert "<h2>하나</h2>\n<h3>둘</h3>\n<p><strong>셋</strong></p>" in page


def test_medium_page_to_import_names_its_original(tmp_path: Path) -> None:
    page = texts(render(tmp_path))["medium/import.html"]
    assert f'<link rel="canonical" href="{SITE}/글/">' in page and page.startswith(
        "<!DOCTYPE html>"
    )
    assert "<h1>[기록] 어디에 붙여도 살아남는 글</h1>" in page
    bare = texts(render(tmp_path, document(canonical_url="")))["medium/import.html"]
    assert "canonical" not in bare


def test_blogger_request(tmp_path: Path) -> None:
    files = texts(render(tmp_path))
    request = load(files["blogger/request.json"])
    assert request["url"].endswith("/blogs/${BLOGGER_BLOG_ID}/posts?isDraft=true")
    assert request["body"]["content"] == files["blogger/content.html"]
    assert request["body"]["labels"] == ["C++", "한글 조판", "git", "a b"]
    many = document(tags=tuple(f"긴 꼬리표 {n:03} 입니다" for n in range(30)))
    labels = load(texts(render(tmp_path, many))["blogger/post.json"])["labels"]
    assert len(", ".join(labels)) <= 200 and len(labels) > 9
    assert not re.search(r"<(?:style|script)|class=", files["blogger/content.html"])


def test_a_share_is_cut_at_a_word_and_holds_its_link(tmp_path: Path) -> None:
    post = document("<p>" + "긴 글이다 (괄호와 함께). " * 300 + "</p>")
    files = texts(render(tmp_path, post))
    share, sent = files["linkedin/share.txt"], load(files["linkedin/request.json"])["body"]
    assert len(share) <= 3000 and len(sent["commentary"]) <= 3000
    assert len(sent["commentary"]) > 2900
    assert re.search(
        r"(?:글이다|긴|\(괄호와|함께\)\.) …\n\nhttps://blog\.example/글/\n\n#cpp", share
    )
    assert "\\(괄호와 함께\\)" in sent["commentary"] and "\\" not in share
    assert sent["commentary"].rstrip().endswith("#cpp #한글조판 #git #ab")
    assert sent["content"]["article"]["source"] == f"{SITE}/글/"
    assert "글의 앞부분만 담았다" in files["linkedin/report.md"]


def test_a_share_without_an_address_has_no_card(tmp_path: Path) -> None:
    sent = load(texts(render(tmp_path, document(canonical_url="")))["linkedin/post.json"])
    assert "article" not in sent["content"]


def test_lists_for_ghost_are_parted_at_what_its_items_cannot_hold(tmp_path: Path) -> None:
    code, image = "<pre><code>x</code></pre>", '<img src="asset:bbbbbbbbbbbbbbbb" alt="점"/>'
    body = (
        f"<ol><li>하나<ul><li>안</li></ul></li><li><p>둘</p>{code}<p>이어서</p></li><li>셋</li></ol>"
        f"<ul><li>가<ul><li>나 {image}</li><li>다</li></ul></li><li>라</li></ul>"
        "<ul><li>그대로</li><li>위<ul><li>안</li></ul>아래</li></ul>"
    )
    files = texts(render(tmp_path, document(body), platforms=("ghost",), backlink="none"))
    page = re.sub(r"\s*\n\s*", "", files["ghost/paste.html"])
    figure = '<img src="https://far.example/b.png" alt="점">'
    assert page.endswith(
        f"<ol><li>하나<ul><li>안</li></ul></li><li>둘</li></ol>{code}<p>이어서</p>"
        f'<ol start="3"><li>셋</li></ol><ul><li>가</li></ul><p>나 {figure}</p><ul><li>다</li></ul>'
        "<ul><li>라</li></ul><ul><li>그대로</li>"
        "<li>위<ul><li>안</li></ul></li></ul><p>아래</p>"
    )
    dropped = load(files["ghost/manifest.json"])["dropped"]
    told = [(loss["file"], loss["count"]) for loss in dropped if loss["name"] == "item-block"]
    assert told == [("paste.html", 3)]
