"""The HTML edition, judged by the page that it makes."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from lxml import html as lxml_html
from PIL import Image

from hanpan import tree
from hanpan.document import Document
from hanpan.editions import PAYLOADS
from hanpan.editions.html.render import render
from hanpan.editions.index import Listed, render_index
from hanpan.files import Files
from hanpan.hosting.pages import write_pages
from hanpan.problems import BuildError, Problem
from hanpan.runner.trace import Trace
from hanpan.site import Html
from tests.editions.html.sample import DOCUMENT, ENGLISH, META, SITE, URL, page, site_files
from tests.support.command import ROOT


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return site_files(tmp_path)


def _tree(document: Document, files: Files) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page(document, files))


def _fonts(text: str) -> list[tuple[str, int, bytes, str]]:
    """Return family, weight, bytes and unicode-range of each face of a page."""
    found = []
    for rule in re.findall(r"@font-face \{(.*?)\}", text):
        data = base64.b64decode(re.search(r"base64,([^)]+)\)", rule)[1])  # type: ignore[index]
        family = re.search(r'font-family: "([^"]+)"', rule)[1]  # type: ignore[index]
        weight = int(re.search(r"font-weight: (\d+)", rule)[1])  # type: ignore[index]
        ranges = re.search(r"unicode-range: ([^;]+);", rule)
        found.append((family, weight, data, ranges[1] if ranges else ""))
    return found


def test_the_page_lies_where_the_contract_says(files: Files) -> None:
    rendered = render(DOCUMENT, files)
    assert [artifact.path for artifact in rendered.artifacts] == ["어절/어절.html"]
    assert rendered.products == {"html": "어절/어절.html"}


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "other")
    for folder in folders:
        folder.mkdir()
    one, other = (render(DOCUMENT, site_files(folder)) for folder in folders)
    assert one == other


def test_nothing_is_asked_of_the_network(files: Files) -> None:
    root = _tree(DOCUMENT, files)
    for element in root.iter("img", "video", "audio", "source", "iframe", "input", "use"):
        assert element.tag == "img"
        assert element.get("src", "").startswith("data:")
    assert not root.xpath("//*[@srcset or @poster or @background]")
    assert not root.xpath(
        '//link[@rel="stylesheet"][not(starts-with(@href, "data:"))] | //script[@src]'
        ' | //style[contains(., "@import")]'
    )
    addresses = re.findall(r"url\(\s*[\"']?([^)\"']{1,5})", page(DOCUMENT, files))
    assert addresses and set(addresses) == {"data:"}


def test_the_text_of_the_body_stays_as_it_is(files: Files) -> None:
    body = _tree(DOCUMENT, files).xpath('//article//*[@class="post-body"]')[0]
    said = "".join("".join(body.itertext()).split())
    wanted = tree.parse_xml(DOCUMENT.body)
    for img in wanted.iter("img"):  # pictures out of reach say their names
        if not (img.get("src") or "").startswith("asset:"):
            img.tail = f"{img.get('alt')} (그림을 찾을 수 없음)" + (img.tail or "")
    assert said == "".join(tree.text_of(wanted).split())


def test_the_head_says_what_crawlers_ask(files: Files) -> None:
    root = _tree(DOCUMENT, files)
    assert root.get("lang") == "ko"
    assert root.findtext(".//title") == f"{META.title} · {SITE}"
    said = {
        element.get("name") or element.get("property"): element.get("content")
        for element in root.iter("meta")
    }
    assert said["description"] == said["og:description"] == META.excerpt
    assert said["og:type"] == "article"
    assert said["og:url"] == META.canonical_url == root.xpath('//link[@rel="canonical"]/@href')[0]
    assert said["og:image"] == said["twitter:image"] == META.og_image_url
    assert said["og:locale"] == "ko_KR"
    assert said["twitter:card"] == "summary_large_image"
    assert said["article:published_time"] == META.date
    assert said["article:modified_time"] == META.modified


def test_structured_data_survives_any_title(files: Files) -> None:
    text = page(DOCUMENT, files)
    said = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert said["@type"] == "BlogPosting"
    assert said["headline"] == META.title
    assert said["description"] == META.excerpt
    assert said["datePublished"] == META.date
    assert said["image"] == META.og_image_url
    assert said["author"] == {"@type": "Person", "name": "편집실"}


def test_an_image_without_address_is_left_out_of_the_head(files: Files) -> None:
    text = page(replace(DOCUMENT, meta=replace(META, og_image_url="")), files)
    assert "og:image" not in text and "twitter:image" not in text
    assert '"twitter:card" content="summary"' in text


def test_the_teaser_is_the_hero(files: Files) -> None:
    hero = _tree(DOCUMENT, files).xpath('//header//img[contains(@class, "hero")]')[0]
    kind, data = hero.get("src").split(";base64,")
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (1200, 630)
    assert (kind, hero.get("width"), hero.get("height")) == ("data:image/png", "1200", "630")


def test_the_stylesheet_of_margins_is_there_if_it_is_needed(files: Files) -> None:
    """In an address of its own, for no request is made."""
    for listed in (True, False):
        post = replace(ENGLISH, meta=replace(ENGLISH.meta, toc=listed), body="<p>Text</p>")
        sheets = _tree(post, files).xpath('//link[@rel="stylesheet"]/@href')
        assert len(sheets) == listed and all(one.startswith("data:text/css;") for one in sheets)


def test_no_cover_is_drawn_below_the_same_title(files: Files) -> None:
    lost = replace(DOCUMENT, teaser="", teaser_missing=True)
    for document in (lost, ENGLISH):
        assert not _tree(document, files).xpath('//img[contains(@class, "hero")]')


def test_pictures_have_a_size_an_alt_and_wait_for_their_turn(files: Files) -> None:
    first, second = _tree(DOCUMENT, files).xpath('//*[@class="post-body"]//img')
    assert [first.get(name) for name in ("alt", "width", "height")] == ["초록 네모", "300", "100"]
    assert [second.get(name) for name in ("alt", "width", "height")] == ["", "600", "200"]
    assert second.get("style") == "width: 50%"
    assert {img.get("loading") for img in (first, second)} == {"lazy"}
    assert {img.get("decoding") for img in (first, second)} == {"async"}


def test_headings_skip_no_level_and_have_addresses(files: Files) -> None:
    root = _tree(DOCUMENT, files)
    headings = root.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    assert [heading.tag for heading in headings] == ["h1", "h2", "h3", "h3"]
    assert [heading.get("class") for heading in headings] == [None, "level-1", None, "level-2"]
    links = root.xpath('//a[@class="heading-anchor"]')
    assert [unquote(link.get("href")) for link in links] == ["#첫-마당", "#건너뛴-제목", "#표"]
    assert links[1].get("aria-label") == "‘건너뛴 제목’의 주소"


def test_contents_follow_the_post_then_the_number_of_headings(tmp_path: Path) -> None:
    files = site_files(tmp_path, Html(toc_minimum=4))
    shown = {
        toc: bool(_tree(replace(DOCUMENT, meta=replace(META, toc=toc)), files).xpath("//nav"))
        for toc in (None, True, False)
    }
    assert shown == {None: False, True: True, False: False}
    nav = _tree(DOCUMENT, site_files(tmp_path)).xpath('//nav[@aria-label="목차"]')[0]
    outer = nav.xpath("./details/ol/li/a/@href")
    assert outer == ["#첫-마당"]
    assert nav.xpath("./details/ol/li/ol/li/a/@href") == ["#건너뛴-제목", "#표"]
    ids = set(nav.getroottree().xpath("//@id"))
    assert {href[1:] for href in nav.xpath(".//a/@href")} <= ids


def test_code_tables_and_formulas_scroll_and_take_the_focus(files: Files) -> None:
    root = _tree(DOCUMENT, files)
    labels = root.xpath('//*[@role="region" and @tabindex="0"]/@aria-label')
    assert labels == ["코드 1 (Python)", "코드 2", "표 1", "수식 1"]
    assert root.xpath('//div[@class="table-scroll"]/table//td[contains(@class, "wordy")]')
    assert not root.xpath("//th[not(normalize-space())]")
    frame = root.xpath('//div[@class="highlight" and @data-lang="Python"]')[0]
    assert frame.xpath('.//span[@class="k"]')


def test_footnotes_lead_there_and_back(files: Files) -> None:
    root = _tree(DOCUMENT, files)
    assert root.xpath('//*[@id="fn-1"]//a/@href') == ["#fnref-1"]
    assert root.xpath('//*[@id="fnref-1"]/@href') == ["#fn-1"]


def test_fonts_hold_the_characters_of_the_page_and_no_more(files: Files) -> None:
    faces = _fonts(page(DOCUMENT, files))
    assert [(family, weight, bool(ranges)) for family, weight, _, ranges in faces] == [
        ("post-body", 400, False),
        ("post-body", 400, True),
        ("post-body", 700, False),
        ("post-code", 400, False),
        ("post-code", 700, False),  # the code in a heading
        ("post-maths", 400, False),
    ]
    maps = [set(TTFont(io.BytesIO(data)).getBestCmap()) for _, _, data, _ in faces]
    assert set(map(ord, "첫문단은눕지않는강조고침0Aa")) <= maps[0]
    assert maps[1] == set(map(ord, "漢字\u1112\u119e\u11ab"))  # one syllable, one face
    assert faces[1][3] == "U+1112, U+119E, U+11AB, U+5B57, U+6F22"
    assert set(map(ord, "굵은획줄끝목차주의")) <= maps[2] and ord("눕") not in maps[2]
    assert set(map(ord, "판인사│")) <= maps[3] and ord("눕") not in maps[3]
    assert sum(len(data) for _, _, data, _ in faces) < 120_000


def test_a_page_without_code_or_hanja_has_two_faces(files: Files) -> None:
    assert [face[:2] for face in _fonts(page(ENGLISH, files))] == [
        ("post-body", 400),
        ("post-body", 700),
    ]


def test_where_a_player_loads_from_is_in_the_font_of_its_weight(files: Files) -> None:
    """The summary of a player is bold, and what is small in it is not (screen.css)."""
    body = (
        '<p class="embed" data-embed="https://player.kr/e" data-shape="16/9">'
        '<a href="https://v.kr/w">Talk</a></p>'
    )
    text = page(replace(ENGLISH, body=body, meta=replace(ENGLISH.meta, lang="ko")), files)
    hint = lxml_html.document_fromstring(text).findtext(".//details/summary/small")
    regular = next(data for _, weight, data, _ in _fonts(text) if weight == 400)
    assert hint and set(map(ord, hint)) <= set(TTFont(io.BytesIO(regular)).getBestCmap())


def test_fonts_of_a_long_post_stay_below_200_kb(files: Files) -> None:
    said = "".join(path.read_text("utf-8") for path in sorted((ROOT / "posts").glob("*.md")))
    body = etree.Element("p")
    body.text = said
    document = replace(DOCUMENT, body=etree.tostring(body, encoding="unicode"))
    assert len(set(said)) > 700  # characters; the seed has some 400
    assert sum(len(data) for _, _, data, _ in _fonts(page(document, files))) < 200_000


def test_short_code_stays_in_one_piece_and_long_formulas_scroll(files: Files) -> None:
    sums = "<mo>+</mo>".join(f"<mi>x</mi><mn>{n}</mn>" for n in range(10))
    body = f"""<p><code>keep-all</code> <code>make all</code> <code>{"a-b" * 20}</code></p>
<p><math display="inline"><mi>x</mi></math> <math display="inline"><mrow>{sums}</mrow></math></p>"""
    root = _tree(replace(DOCUMENT, body=body), files)
    assert [code.get("class") for code in root.iter("code")] == ["short", None, None]
    short, long = root.xpath("//math")
    assert short.getparent().tag == "p"
    assert long.getparent().get("class") == "math-scroll inline"


def test_fonts_can_be_left_out(tmp_path: Path) -> None:
    assert not _fonts(page(DOCUMENT, site_files(tmp_path, Html(embed_fonts=False))))


def test_authors_colours_are_softened(files: Files) -> None:
    body = _tree(DOCUMENT, files).xpath('//*[@class="post-body"]')[0]
    assert body.xpath('.//p[@style="--said: red"]')


def test_a_page_speaks_the_language_of_its_post(files: Files) -> None:
    korean, english = page(DOCUMENT, files), page(ENGLISH, files)
    assert (
        "2026년 10월 2일" in korean
        and "2026년 10월 5일" in korean
        and "본문으로 건너뛰기" in korean
    )
    assert '<html lang="en">' in english and "2 Oct 2026" in english
    assert "Skip to the text" in english and "1 min read" in english


def test_a_layout_of_the_site_goes_first(tmp_path: Path) -> None:
    files = site_files(tmp_path)
    (tmp_path / "layouts/html").mkdir(parents=True)
    (tmp_path / "layouts/html/post.html").write_text("<body>{{ meta.title }}|{{ body }}", "utf-8")
    assert page(ENGLISH, files).startswith("<body>A word at the end|<h2")
    assert "layout:html/post.html" in files.reads


@pytest.mark.parametrize("template", ["\n{{ meta.tittle }}", "\n{% for x in %}"])
def test_a_broken_layout_is_told_with_its_line(tmp_path: Path, template: str) -> None:
    files = site_files(tmp_path)
    (tmp_path / "layouts/html").mkdir(parents=True)
    (tmp_path / "layouts/html/post.html").write_text(template, "utf-8")
    with pytest.raises(BuildError) as caught:
        page(ENGLISH, files)
    assert (caught.value.problem.path, caught.value.problem.line) == ("layouts/html/post.html", 2)


def test_the_index_lists_posts_newest_first(files: Files) -> None:
    entries = [
        Listed("옛 글", "2025-01-01T00:00:00+09:00", {"html": "옛/옛.html"}, 0),
        Listed(
            "<새> 글",
            "2026-01-01T00:00:00+09:00",
            {
                "html": "새 글/새 글.html",
                "pdf": "새 글/새 글.pdf",
                "crosspost/velog": "새 글/v",
                "site": "site/new/index.html",
            },
            2,
        ),
    ]
    root: Any = lxml_html.document_fromstring(render_index(entries, files).decode("utf-8"))
    assert [heading.text for heading in root.xpath("//section/h2")] == ["2026", "2025"]
    assert root.xpath("//nav/a/@href") == ["#y2026", "#y2025"] and root.xpath('//*[@id="y2025"]')
    assert [heading.text_content() for heading in root.xpath("//li//h3")] == ["<새> 글", "옛 글"]
    first = root.xpath("//li")[0]
    assert first.xpath(".//h3/a/@href") == ["%EC%83%88%20%EA%B8%80/%EC%83%88%20%EA%B8%80.html"]
    assert [link.text for link in first.xpath('.//p[@class="editions"]/a')] == ["HTML", "PDF"]
    local = first.xpath('.//div[@class="local desk"]')[0]
    assert [link.text for link in local.xpath("details//a")] == ["벨로그"]
    assert local.xpath("details//a/@href")[0].endswith("/v/preview.html")
    assert local.xpath("a/@href") == ["site/new/index.html"]
    assert local.xpath("details/summary/text()") == ["플랫폼 1곳"]
    assert "살필 점 2개" in local.text_content() and URL not in first.text_content()


def test_the_index_is_searched_and_filtered_by_what_posts_have(files: Files) -> None:
    fault = Problem("alt-empty", "info", "a picture has no <description>", "posts/a b.md", 7)
    entries = [
        Listed("글", "2026-01-01T00:00:00+09:00", {}, 1, lang="ko", categories=("조판", "기록"),
               tags=("한글",), source="posts/a b.md", faults=(fault,)),
        Listed("Post", "2026-01-02T00:00:00+09:00", {}, 0, lang="en", categories=("조판",)),
    ]  # fmt: skip
    root: Any = lxml_html.document_fromstring(render_index(entries, files).decode("utf-8"))
    options = {
        select.get("name"): [option.text for option in select.iter("option")][1:]
        for select in root.iter("select")
    }
    assert options == {
        "lang": ["English (1)", "한국어 (1)"],
        "categories": ["조판 (2)", "기록 (1)"],
        "problems": ["그림에 설명이 없습니다 (1)"],
    }
    post = root.xpath("//li[@data-lang='ko']")[0]
    assert post.get("data-words") == "한글 조판 기록 posts/a b.md"
    told = post.xpath(".//ul[@class='faults']/li")[0]
    assert told.xpath("a/@href") == ["../posts/a%20b.md"]
    assert told.xpath("a/text()") == ["posts/a b.md:7"]


def test_what_is_published_has_no_dead_link_and_no_word_to_the_author(
    tmp_path: Path, files: Files
) -> None:
    out, pages = tmp_path / "out", tmp_path / "pages"
    made = {"html": "글/글.html", "pdf": "글/글.pdf", "crosspost/velog": "글/crosspost/velog"}
    for path in (made["html"], made["pdf"], "글/crosspost/velog/preview.html", "build.json"):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text("x", "utf-8")
    fault = Problem("alt-empty", "info", "there is a secret", "posts/hidden.md", 7)
    listed = [
        Listed("글", "2026-01-01T00:00:00+09:00", made, 3, faults=(fault,)),
        Listed("둘", "2026-01-01T00:00:00+09:00", {}, 0),
    ]
    (out / "index.html").write_bytes(render_index(listed, files, "site/index.html"))
    traces = {
        ("a", "html"): Trace({}, {made["html"]: "", made["pdf"]: ""}, ""),
        ("a", PAYLOADS): Trace({}, {"글/crosspost/velog/preview.html": ""}, ""),
        ("", "index"): Trace({}, {"index.html": ""}, ""),
    }
    write_pages(out, traces, pages)
    there = {path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file()}
    assert there == {".nojekyll", "index.html", "글/글.html", "글/글.pdf"}
    index: Any = lxml_html.document_fromstring((pages / "index.html").read_text("utf-8"))
    links = {unquote(href) for href in index.xpath("//a/@href")}
    assert links == {"글/글.html", "글/글.pdf"}
    published = (pages / "index.html").read_text("utf-8")
    for words in ("velog", "alt-empty", "secret", "hidden.md", "site/index"):
        assert words not in published
    assert "살필 점" not in index.text_content()
