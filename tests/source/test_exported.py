"""Pages that Notion and Tistory export as HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.slugs import is_export, slug_of
from tests.support.command import hanpan
from tests.support.reading import only, read_post

ID = "0123456789abcdef0123456789abcdef"
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
NOTION = f"""<html><head><title>x</title><style>body {{ color: red }}</style></head><body>
<article id="a" class="page sans"><header><h1 class="page-title">둘째 <strong>글</strong></h1>
<p class="page-description">설명이다</p><table class="properties"><tbody>
<tr class="property-row property-row-created_time"><th><span class="icon"></span>Created</th>
<td><time>@January 5, 2023 3:04 PM</time></td></tr>
<tr class="property-row property-row-multi_select"><th>태그</th><td>
<span class="selected-value">한글</span><span class="selected-value">조판</span></td></tr>
<tr class="property-row property-row-status"><th>Status</th><td>Done</td></tr>
</tbody></table></header><div class="page-body"><p id="b" class="">본문 *별* 이다.</p>
<pre id="c" class="code"><code class="language-Python">a = 1

b = 2</code></pre>
<figure id="d" class="image"><a href="x/a.svg"><img style="width:9px" src="x/a.svg"/></a></figure>
<p><a href="%EC%85%8B%20{ID}.html">셋</a></p></div></article></body></html>
"""
TISTORY = """<!doctype html><html lang="ko"><head><title>t</title></head><body id="tt-body-page">
<div class="article-header"><div class="inner-header"><h2 class="title-article">첫 글</h2>
<div class="box-info"><p class="category">기록/일기</p><p class="date">2021-02-03 04:05:06</p></div>
</div></div><hr>
<div class="article-view"><div class="contents_style"><p data-ke-size="size16">글 *별*
이다.</p><pre class="java" data-ke-language="java"><code>int a;</code></pre>
<p><span data-url="./img/a.svg"><img src="./img/a.svg" alt="점"></span></p></div><br/>
<div class="tags">#한글 #조판 규칙</div></div></body></html>
"""


def test_a_page_of_notion(tmp_path: Path) -> None:
    name = f"모음 {ID}/둘째 글 {ID}.html"
    files = {f"모음 {ID}/x/a.svg": DOT}
    reading = read_post(tmp_path, NOTION, name=name, files=files)
    meta, body = reading.document.meta, reading.document.body
    assert (meta.title, meta.excerpt, meta.tags) == ("둘째 글", "설명이다", ("한글", "조판"))
    assert meta.date.startswith("2023-01-05T15:04")
    assert "본문 *별* 이다." in body and "a = 1\n\nb = 2" in body and "asset:" in body
    assert "Done" not in body and "color: red" not in body
    assert not {problem.rule for problem in reading.problems} & {"image-missing", "title-missing"}


def test_a_post_of_tistory(tmp_path: Path) -> None:
    reading = read_post(tmp_path, TISTORY, name="12/12-첫-글.html", files={"12/img/a.svg": DOT})
    meta, body = reading.document.meta, reading.document.body
    assert (meta.title, meta.tags) == ("첫 글", ("한글", "조판 규칙"))
    assert meta.categories == ("기록/일기",) and meta.date.startswith("2021-02-03T04:05:06")
    assert "글 *별* 이다." in " ".join(body.split()) and "article-header" not in body
    assert '<pre><code class="language-java">int a;</code></pre>' in body
    assert reading.document.assets and "조판 규칙" not in body


NOTION_BLOCKS = """<html><body><article class="page sans"><h1 class="page-title">글</h1>
<div class="page-body"><div style="display:contents" dir="auto"><ul class="to-do-list"><li>
<div class="checkbox checkbox-on"></div> <span class="to-do-children-checked">한 일</span></li></ul>
</div><div style="display:contents"><ul class="to-do-list"><li><div class="checkbox checkbox-off">
</div> <span>할 일</span></li></ul></div><ul class="toggle"><li><details open="">
<summary>접기</summary><p>안의 글</p></details></li></ul>
<figure class="callout" style="display:flex"><div>
<span>!</span></div><div><p>알림이다.</p></div></figure>
<ol class="numbered-list" start="1"><li>하나</li></ol>
<ol class="numbered-list" start="2"><li>둘</li></ol>
<ol class="numbered-list" start="1"><li>새로</li></ol>
<figure class="equation"><style>@import url('https://a.kr/x.css')</style><div><math><mi>x</mi></math>
</div></figure><figure><a href="https://b.kr/" class="bookmark source">
<div class="bookmark-title">북마크</div><div class="bookmark-description">설명이다</div><img src="https://b.kr/i.png"/></a></figure>
</div></article></body></html>"""
TISTORY_BLOCKS = """<html><body id="tt-body-page"><h2 class="title-article">글</h2>
<div class="contents_style"><p data-ke-size="size16">앞</p><p data-ke-size="size16">&nbsp;</p>
<div data-ke-type="moreLess" data-text-more="더보기" data-text-less="닫기"><a
class="btn-toggle-moreless">더보기</a><div class="moreless-content"><p>접힌 글</p></div></div>
<figure data-ke-type="opengraph" data-og-title="어느 글"><a href="https://a.kr/x">
<div class="og-image">&nbsp;</div><div class="og-text"><p class="og-title">어느 글</p>
<p class="og-desc">설명이다</p></div></a></figure></div></body></html>"""


def test_blocks_of_notion_are_what_they_look_like(tmp_path: Path) -> None:
    reading = read_post(tmp_path, NOTION_BLOCKS, name=f"글 {ID}.html")
    body = tree.parse_xml(reading.document.body)
    assert [box.get("data-checked") for box in body.iter("span") if box.get("role")] == [
        "true",
        "false",
    ]
    assert [len(tasks) for tasks in body.findall("ul")] == [2]  # one list, and none around a fold
    assert tree.text_of(only(body, "details/summary")) == "접기"
    assert "! 알림이다." in tree.text_of(only(body, "div[@class='notice']"))
    assert [len(items) for items in body.findall("ol")] == [2, 1]
    (card,) = (p for p in body.iter("p") if "북마크" in tree.text_of(p))
    assert tree.text_of(card) == "북마크: 설명이다"
    assert {problem.rule for problem in reading.problems} <= {"date-missing"}


def test_blocks_of_tistory_are_what_they_look_like(tmp_path: Path) -> None:
    reading = read_post(tmp_path, TISTORY_BLOCKS, name="12/12-글.html")
    body = tree.parse_xml(reading.document.body)
    assert tree.text_of(only(body, "details/summary")) == "더보기"
    assert "접힌 글" in tree.text_of(only(body, "details"))
    assert [tree.text_of(p) for p in body.findall("p")] == ["앞", "어느 글: 설명이다"]
    assert {problem.rule for problem in reading.problems} <= {"date-missing"}


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (f"a/글 {ID}.html", "글"),
        ("12/12-첫-글.html", "첫-글"),
        ("12/12.html", "12"),
        ("12/13-글.html", ""),
        ("index.html", ""),
        ("12/index.html", ""),
        ("12/12-글.md", ""),
    ],
)
def test_names_of_exported_pages(path: str, slug: str) -> None:
    assert is_export(path) is bool(slug)
    if slug:
        assert slug_of(path) == slug


def test_a_backup_is_built_whole(tmp_path: Path) -> None:
    for number in ("12", "13"):
        (tmp_path / number / "img").mkdir(parents=True)
        (tmp_path / number / "img/a.svg").write_bytes(DOT)
        (tmp_path / number / f"{number}-글-{number}.html").write_text(TISTORY, "utf-8")
    (tmp_path / "index.html").write_text("<p>차례</p>", "utf-8")
    ran = hanpan("build", "-e", "html", ".", cwd=tmp_path)
    assert ran.code == 0 and "image-missing" not in ran.err
    pages = sorted(path.name for path in (tmp_path / "out").glob("*/*.html"))
    assert pages == ["글-12.html", "글-13.html"]
