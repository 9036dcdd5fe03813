"""Raw HTML of every kind on its way through reading and the editions, judged by what comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from hanpan.document import Document
from hanpan.editions import crosspost, epub
from hanpan.editions.html.render import render
from hanpan.files import Files
from hanpan.site import load_site
from tests.support.every_edition import printed
from tests.support.reading import Web, read_post, text_of
from tests.support.referees.epubcheck import check

POST = """---
title: 옛 글
date: 2026-03-01
---
<center><font color="red" size="5">옛</font> <big>큰</big> <tt>글</tt></center>

<b><p>굵은 문단</p></b><ul><p>떠돌이</p>글<li value="3">하나</li><ul><li>안</li></ul></ul>

<table border="1" background="https://tracker.example/b.png"><tfoot><tr><td>끝</td></tr></tfoot>
<tr><td bgcolor="#eee" nowrap onclick="x()">칸</td>글<caption>이름</caption></tr></table>

<video src="https://tracker.example/v.mp4" poster="https://tracker.example/p.jpg"></video>
<iframe src="https://tracker.example/frame"></iframe>
<p style="background: url(https://tracker.example/a.png); width: 100">배경</p>
<svg viewBox="0 0 9 9" onload="x()"><style>p { color: red }</style><circle r="4" id="점"/>
<image href="https://tracker.example/i.png"/></svg><svg viewBox="0 0 9 9"><path id="점"/></svg>

<details><p>속</p></details><h3><div>제목</div></h3><dl><dt>말</dt></dl><aside>곁</aside>
<ruby><rt>홀로</rt></ruby><math><mfrac><mi>x</mi></mfrac></math><dialog open>상자</dialog>
<form><label>이름 <input name="x"></label><button>누름</button></form><figure></figure>
<a name="곳"></a><a href="javascript:x()">달림</a> <a href="#곳">곳으로</a> <a href="//a.kr"></a>
<main><article lang="??" role="banner" data-x="1">마당</article></main><p>1<p>2</p>
"""


def _read(folder: Path) -> tuple[Document, Files]:
    document = read_post(folder, POST).document
    return document, Files(load_site(folder), Web())


def test_nothing_is_lost_that_can_be_read(tmp_path: Path) -> None:
    said = text_of(_read(tmp_path)[0])
    for word in "옛 큰 글 떠돌이 하나 안 끝 칸 이름 배경 속 제목 말 곁 홀로 누름 달림 마당".split():
        assert word in said, word
    assert "color: red" not in said


def test_the_page_asks_for_nothing(tmp_path: Path) -> None:
    document, files = _read(tmp_path)
    page = render(document, files).artifacts[0].data.decode()
    root: Any = lxml_html.document_fromstring(page)
    body = root.xpath('//*[@class="post-body"]')[0]
    outward = body.xpath('.//@*[contains(., "tracker.example")]')
    assert {(found.getparent().tag, found.attrname) for found in outward} == {
        ("a", "href"),
        ("iframe", "src"),  # in a closed card: nothing is asked before a reader opens it
        ("iframe", "title"),
    }
    folded = body.xpath(".//details[not(@open)]/iframe[@loading='lazy']")
    assert folded == body.xpath(".//iframe")
    assert not body.xpath(".//script | .//style | .//video | .//image | .//form")
    assert not re.search(r"\son[a-z]+=", page[page.index("post-body") :])
    ids = body.xpath(".//@id")
    assert len(ids) == len(set(ids))


IDS = """---
title: Ids
lang: en
---
## Content

## Post start

## Page 1

<div id="fn:1">mine</div>

<a id="x"></a>one <a id="x"></a>two <span id="content">three</span> [to](#x) [note](#fn:1)

Words[^1]

[^1]: Note
"""


def test_no_id_of_an_author_is_another_one_s(tmp_path: Path) -> None:
    """Nor one of ours: of the page, of a book's pages, of notes (issue 14)."""
    _, made = printed(tmp_path, IDS, editions=("html", "epub"))
    page: Any = lxml_html.document_fromstring(made["글.html"].decode())
    book: Any = lxml_html.document_fromstring(made["글.epub/EPUB/text/post.xhtml"])
    for root in (page, book):
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))
        targets = {link.text_content(): link.get("href")[1:] for link in root.xpath("//a[@href]")}
        (one,) = root.xpath(f'//*[@id="{targets["to"]}"]')
        assert one.tail.startswith("one")
        for name in ("note", "1"):
            assert "Note" in root.xpath(f'//*[@id="{targets[name]}"]')[0].text_content()
    assert page.xpath('//h2[@id="content"]') and not page.xpath('//main[@id="content"]')
    (tmp_path / "book.epub").write_bytes(made["글.epub"])
    assert check([tmp_path / "book.epub"]) == []


def test_the_book_is_valid(tmp_path: Path) -> None:
    document, files = _read(tmp_path)
    (tmp_path / "book.epub").write_bytes(epub.render(document, files).artifacts[0].data)
    assert check([tmp_path / "book.epub"]) == []


def test_no_depth_breaks_an_edition(tmp_path: Path) -> None:
    deep = "---\ntitle: 글\ndate: 2026-03-01\n---\n" + "<ul><li>" * 500 + "깊은 곳"
    document = read_post(tmp_path, deep).document
    files = Files(load_site(tmp_path), Web())
    assert "깊은 곳" in render(document, files).artifacts[0].data.decode()
    made = crosspost.render(document, files).artifacts
    bodies = [each for each in made if each.path.endswith((".html", "post.md", "body.md"))]
    assert bodies and all("깊은 곳" in each.data.decode() for each in bodies)
