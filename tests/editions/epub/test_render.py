"""The EPUB edition, judged by EPUBCheck and by what is in the file."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import uharfbuzz as hb
from lxml import etree
from PIL import Image

from hanpan.assets.colours import contrast, parse_colour
from hanpan.document import Asset, Document, Meta
from hanpan.editions.epub.render import render
from hanpan.files import Fetched, Files, sha256
from hanpan.site import Epub, Identity, Site
from tests.support.referees.epubcheck import check

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.idpf.org/2007/ops",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "m": "http://www.w3.org/1998/Math/MathML",
    "s": "http://www.w3.org/2000/svg",
}
TYPE = f"{{{NS['e']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TITLE = "책이 된 글: <한판> & 漢字 😀"
BODY = """
<h1 id="첫째-마당">첫째 마당</h1>
<p>전자책의 본문은 <em>읽는 기계</em>가 조판한다. <a href="#첫째-마당">처음으로</a>,
<a href="https://example.com/%EC%9D%B4%EC%9B%83-%EA%B8%80/">이웃 글</a><sup
class="footnote-mark"><a href="#fn-1" id="fnref-1" class="footnote-ref"
role="doc-noteref">1</a></sup>.</p>
<h4 id="깊은-곳">깊은 곳</h4>
<p><img src="asset:PICTURE" alt="붉은 네모" width="300" height="200"/></p>
<p><img data-missing="not found" data-src="/x.png" alt="사라진 그림"/></p>
<pre><code class="language-python">def 인사():
    return "안녕"  # 주석
</code></pre>
<ul class="task-list"><li><span class="task-box" role="img" aria-label="완료"
data-checked="true"/> 함</li><li><span class="task-box" role="img" aria-label="미완료"
data-checked="false"/> 안 함</li></ul>
<div class="notice--warning"><p>조심할 것.</p></div>
<p>식 <math display="inline"><semantics><msup><mi>x</mi><mn>2</mn></msup>
<annotation encoding="application/x-tex">x^2</annotation></semantics></math></p>
<div><svg viewBox="0 0 10 10" width="10" height="10"><title>점</title>
<circle cx="5" cy="5" r="4"/></svg></div>
<p style="color: red; margin: 0 auto; width: 300px; height: 9em">붉은 글</p>
<details><summary>접은 글</summary><p>속</p></details>
<section class="footnotes" role="doc-endnotes"><ol><li id="fn-1"><p>각주의 글 <a href="#fnref-1"
class="footnote-back" role="doc-backlink" aria-label="본문으로 돌아가기">↩︎</a></p>
</li></ol></section>
"""


class NoNetwork:
    """No remote files."""

    def fetch(self, url: str) -> Fetched:
        raise OSError(url)

    def fingerprint(self, url: str) -> str:
        return url


def files(root: Path, epub: Epub | None = None) -> Files:
    identity = Identity(title="한판 책방", url="https://example.com", author="지기")
    return Files(Site(root, identity=identity, epub=epub or Epub()), NoNetwork())


def document(root: Path, body: str = BODY) -> Document:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "#c03030").save(file, "PNG")
    (root / "red.png").write_bytes(file.getvalue())
    name = sha256(file.getvalue())[:16]
    meta = Meta(
        title=TITLE,
        date="2024-03-05T10:00:00+09:00",
        modified="2024-04-01T21:30:00+09:00",
        lang="ko",
        excerpt="글 한 편이 책이 되기까지",
        categories=("조판",),
        tags=("한글", "EPUB"),
        author="글쓴이",
        canonical_url="https://example.com/글/책/",
    )
    return Document(
        source="posts/book.md",
        slug="책이-된-글",
        meta=meta,
        body=body.replace("PICTURE", name),
        assets=(Asset(name, "file:red.png", "image/png", 300, 200),),
        teaser=name,
    )


def epub_of(post: Document, door: Files) -> bytes:
    rendered = render(post, door)
    (artifact,) = rendered.artifacts
    assert artifact.path == f"{post.slug}/{post.slug}.epub" == rendered.products["epub"]
    return artifact.data


class Book:
    """An EPUB, opened."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.package = self.tree("content.opf")

    def read(self, name: str) -> bytes:
        return self.zip.read(f"EPUB/{name}")

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.read(name))

    def find(self, name: str, path: str) -> list[etree._Element]:
        found = self.tree(name).xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return found  # type: ignore[return-value]

    def said(self, path: str) -> list[str]:
        """Return the texts of what `path` finds in the package document."""
        found = self.package.xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return [str(getattr(item, "text", item)) for item in found]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("site")
    return epub_of(document(root), files(root))


@pytest.fixture(scope="module")
def book(data: bytes) -> Book:
    return Book(data)


def long_post(root: Path) -> Document:
    """Return a post of five sections, three of them long, with notes and links between them."""

    def section(number: int, length: int, inner: str) -> str:
        text = "<p>긴 글의 문단이다.</p>" * (length // 10)
        return f'<h2 id="마디-{number}">마디 {number}</h2><h3>작은 마디</h3>{text}{inner}'

    def mark(number: int) -> str:
        return (
            f'<p>글<sup class="footnote-mark"><a class="footnote-ref" role="doc-noteref" '
            f'href="#fn-{number}" id="fnref-{number}">{number}</a></sup></p>'
        )

    notes = "".join(
        f'<li id="fn-{n}"><p>각주 {n}<a href="#fnref-{n}" class="footnote-back">↩</a></p></li>'
        for n in (1, 2, 3)
    )
    body = (
        f"<p>머리말 <a href='#마디-5'>끝으로</a></p>{mark(1)}"
        + section(1, 4000, mark(2))
        + section(2, 100, "")
        + section(3, 6000, '<p><img src="asset:PICTURE" alt="붉은 네모"/></p>')
        + section(4, 3000, mark(3) + '<p><a href="#마디-4">이 마디</a></p>')
        + section(5, 100, '<p><a href="#마디-1">처음으로</a></p>')
        + f'<section class="footnotes" role="doc-endnotes"><ol>{notes}</ol></section>'
    )
    return document(root, body)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("long")
    return epub_of(long_post(root), files(root))


def text_of(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def test_epubcheck_has_nothing_to_say(data: bytes, tmp_path: Path) -> None:
    bare = replace(
        document(tmp_path, "<p>짧은 글</p>"),
        teaser="",
        assets=(),
        meta=Meta(
            title="짧다",
            date="2024-03-05T10:00:00+09:00",
            modified="2024-03-05T10:00:00+09:00",
            lang="en",
        ),
    )
    books = {
        "all.epub": data,
        "bare.epub": epub_of(bare, files(tmp_path)),
        "fonts.epub": epub_of(document(tmp_path), files(tmp_path, Epub(embed_fonts=True))),
        "drawn.epub": epub_of(
            replace(document(tmp_path), teaser="", teaser_missing=True), files(tmp_path)
        ),
    }
    for name, content in books.items():
        (tmp_path / name).write_bytes(content)
    assert check([tmp_path / name for name in books]) == []


def test_epubcheck_is_asked(tmp_path: Path, data: bytes) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            if not name.endswith("book.css"):
                bad.writestr(name, good.read(name))
        discouraged = good.read("EPUB/text/post.xhtml").replace(b"<em>", b"<ruby>x<rp>(</rp>")
        with zipfile.ZipFile(tmp_path / "discouraged.epub", "w") as worse:
            for name in good.namelist():
                data = discouraged if name.endswith("post.xhtml") else good.read(name)
                worse.writestr(name, data.replace(b"</em>", b"<rt>y</rt></ruby>"))
    found = check([broken, tmp_path / "discouraged.epub"])
    assert {message.id for message in found} >= {"RSC-001", "HTM_055"}


def test_a_long_post_passes_as_well(long: bytes, tmp_path: Path) -> None:
    (tmp_path / "long.epub").write_bytes(long)
    assert check([tmp_path / "long.epub"]) == []


def test_same_bytes_in_another_folder_on_another_day(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4000000000")
    monkeypatch.setenv("TZ", "America/New_York")
    (tmp_path / "다른 곳").mkdir()
    assert epub_of(document(tmp_path / "다른 곳"), files(tmp_path / "다른 곳")) == data


def test_container(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        names = book.namelist()
        assert names[1:] == sorted(names[1:])
        assert all(name.isascii() for name in names)
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_apple_books_is_told_of_fonts_where_there_are_some(data: bytes, tmp_path: Path) -> None:
    options = "META-INF/com.apple.ibooks.display-options.xml"
    assert b'"specified-fonts">true' in Book(data).zip.read(options)
    plain = Book(epub_of(document(tmp_path, "<p>글</p>"), files(tmp_path)))
    assert options not in plain.zip.namelist()


def test_metadata(book: Book) -> None:
    assert book.package.get(XML_LANG) == "ko"
    assert book.package.get("version") == "3.0"
    assert book.said("//dc:title") == [TITLE]
    assert book.said("//dc:language") == ["ko"]
    assert book.said("//dc:creator") == ["글쓴이"]
    assert book.said("//dc:publisher") == ["한판 책방"]
    assert book.said("//dc:date") == ["2024-03-05T10:00:00+09:00"]
    assert book.said("//dc:subject") == ["조판", "한글", "EPUB"]
    assert book.said("//dc:description") == ["글 한 편이 책이 되기까지"]
    assert book.said("//dc:source") == ["https://example.com/글/책/"]
    assert book.said("//o:meta[@property='dcterms:modified']") == ["2024-04-01T12:30:00Z"]


def test_identifier_follows_the_address_and_nothing_else(book: Book, tmp_path: Path) -> None:
    post = document(tmp_path)
    edited = replace(post, body="<p>고침</p>", meta=replace(post.meta, title="새 제목"))
    moved = replace(post, meta=replace(post.meta, canonical_url=""))
    mine = book.said("//dc:identifier")
    assert mine[0].startswith("urn:uuid:")
    assert Book(epub_of(edited, files(tmp_path))).said("//dc:identifier") == mine
    assert Book(epub_of(moved, files(tmp_path))).said("//dc:identifier") != mine


def access(opened: Book, name: str) -> list[str]:
    return opened.said(f"//o:meta[@property='schema:{name}']")


def test_accessibility_is_what_the_book_has(book: Book, tmp_path: Path) -> None:
    assert access(book, "accessMode") == ["textual", "visual"]
    assert access(book, "accessModeSufficient") == ["textual"]
    assert access(book, "accessibilityHazard") == ["none"]
    assert {"alternativeText", "MathML", "structuralNavigation"} <= set(
        access(book, "accessibilityFeature")
    )
    assert "rubyAnnotations" not in access(book, "accessibilityFeature")
    plain = Book(epub_of(document(tmp_path, "<p><ruby>字<rt>자</rt></ruby></p>"), files(tmp_path)))
    assert access(plain, "accessMode") == access(plain, "accessModeSufficient") == ["textual"]
    features = set(access(plain, "accessibilityFeature"))
    assert features == {
        "displayTransformability",
        "readingOrder",
        "tableOfContents",
        "rubyAnnotations",
    }


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="asset:PICTURE"/></p>',
        '<p><img src="asset:PICTURE" alt="IMG_2041.png"/></p>',
        '<p><img src="asset:PICTURE" alt="스크린샷 3"/></p>',
        '<p><img data-missing="not found" data-src="/x.png" alt=""/></p>',
        '<p><svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg></p>',
    ],
)
def test_a_picture_without_words_is_not_claimed_to_have_some(body: str, tmp_path: Path) -> None:
    found = Book(epub_of(document(tmp_path, body), files(tmp_path)))
    assert access(found, "accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in access(found, "accessibilityFeature")
    assert "설명이 없는 그림" in access(found, "accessibilitySummary")[0]
    assert found.said("//o:meta[@property='dcterms:conformsTo']") == []


def test_conformance_is_said_where_it_holds(book: Book, tmp_path: Path) -> None:
    (said,) = book.said("//o:meta[@property='dcterms:conformsTo']")
    assert said == "EPUB Accessibility 1.1 - WCAG 2.2 Level A"
    assert book.said("//o:meta[@property='a11y:certifiedBy' and @refines='#conformance']")
    headless = "<table><tr><td>가</td></tr><tr><td>나</td></tr></table>"
    found = Book(epub_of(document(tmp_path, headless), files(tmp_path)))
    assert found.said("//o:meta[@property='dcterms:conformsTo']") == []


def test_a_drawing_that_moves_may_be_a_hazard(tmp_path: Path) -> None:
    post = document(tmp_path, '<p><img src="asset:PICTURE" alt="도는 바퀴"/></p>')
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><rect><animate/></rect></svg>'
    (tmp_path / "moving.svg").write_bytes(drawing)
    (asset,) = post.assets
    moving = replace(asset, source="file:moving.svg", media_type="image/svg+xml")
    found = Book(epub_of(replace(post, assets=(moving,), teaser=""), files(tmp_path)))
    assert access(found, "accessibilityHazard") == ["unknown"]
    assert found.said("//o:meta[@property='dcterms:conformsTo']") == []


def test_a_long_post_is_split_at_its_headings(long: bytes, book: Book) -> None:
    opened = Book(long)
    pages = opened.said("//o:spine/o:itemref/@idref")
    assert pages == ["cover-page", "nav", "post", "post-2", "post-3"]
    heads = [
        text_of(opened.find(f"text/{name}.xhtml", "//h:h2")[0]) for name in pages if "post" in name
    ]
    assert heads == ["마디 1", "마디 2", "마디 4"], "what is short stays with what follows"
    for name, ids in _ids(opened).items():
        for href in opened.find(f"text/{name}", "//h:a[starts-with(@href, '#')]/@href"):
            assert str(href)[1:] in ids
        for link in opened.find(f"text/{name}", "//h:a[contains(@href, '.xhtml#')]"):
            file, _, fragment = (link.get("href") or "").partition("#")
            assert file != name and fragment in _ids(opened)[file]
    assert [text_of(h) for h in opened.find("text/post-2.xhtml", "//h:h1")] == []
    colophons = [len(opened.find(f"text/{n}", "//h:footer")) for n in _ids(opened)]
    assert colophons == [0, 0, 1]
    short = book.said("//o:spine/o:itemref/@idref")
    assert short == ["cover-page", "post"]


def _ids(opened: Book) -> dict[str, set[str]]:
    names = ("post.xhtml", "post-2.xhtml", "post-3.xhtml")
    return {name: {str(i) for i in opened.find(f"text/{name}", "//@id")} for name in names}


def test_notes_stand_in_the_file_of_their_reference(long: bytes) -> None:
    opened = Book(long)
    for name, numbers in (("post", "12"), ("post-2", ""), ("post-3", "3")):
        notes = opened.find(f"text/{name}.xhtml", "//h:aside[@e:type='footnote']")
        assert [text_of(note)[:2] for note in notes] == [f"{number}." for number in numbers]
        marks = opened.find(f"text/{name}.xhtml", "//h:a[@e:type='noteref']")
        assert [mark.get("href") for mark in marks] == [f"#{note.get('id')}" for note in notes]


def test_what_stands_beside_the_notes_stays(tmp_path: Path) -> None:
    body = (
        '<section class="footnotes"><h2 id="a">주</h2><p>곁들인 말</p>'
        '<ol><li id="fn-1">하나</li></ol></section><p>끝</p>'
    )
    opened = Book(epub_of(document(tmp_path, body), files(tmp_path)))
    said = text_of(opened.tree("text/post.xhtml"))
    assert said.index("곁들인 말") < said.index("끝") < said.index("1. 하나")


def test_contents_and_landmarks_lead_into_the_parts(long: bytes) -> None:
    opened = Book(long)
    ids = _ids(opened)
    for page, path in (("nav.xhtml", "//h:nav[@e:type='toc']//h:a/@href"),
                       ("toc.ncx", "//n:content/@src")):  # fmt: skip
        hrefs = [str(href).removeprefix("text/") for href in opened.find(page, path)]
        assert len(hrefs) == 11
        assert all(fragment in ids[file] for file, _, fragment in map(_parted, hrefs))
    marks = opened.find("nav.xhtml", "//h:nav[@e:type='landmarks']//h:a")
    types = {mark.get(TYPE): mark.get("href") for mark in marks}
    assert types == {
        "cover": "text/cover.xhtml",
        "toc": "nav.xhtml",
        "bodymatter": "text/post.xhtml",
    }
    ncx = opened.tree("toc.ncx")
    assert ncx.get(XML_LANG) == "ko"
    assert [m.get("content") for m in opened.find("toc.ncx", "//n:meta[@name='dtb:depth']")] == [
        "2"
    ]


def _parted(href: str) -> tuple[str, str, str]:
    return href.partition("#")


def test_nothing_is_fetched_and_nothing_runs(book: Book) -> None:
    assert (
        book.said("//o:item[contains(@properties, 'remote') or contains(@properties, 'script')]")
        == []
    )
    for name in book.said("//o:item[@media-type='application/xhtml+xml']/@href"):
        assert book.find(name, "//h:script | //@src[contains(., ':')]") == []
    assert "http" not in book.read("style/book.css").decode().replace("https://www.w3.org", "")


def test_cover_shows_the_teaser(book: Book) -> None:
    (name,) = book.said("//o:item[@properties='cover-image']/@href")
    with Image.open(io.BytesIO(book.read(name))) as cover:
        assert (cover.format, cover.size) == ("JPEG", (1600, 2560))
        red, green, _ = cover.convert("RGB").getpixel((800, 600))  # type: ignore[misc]
        assert red > 150 and green < 80, "the teaser fills the upper part"
    assert book.said("//o:meta[@name='cover']/@content") == ["cover-image"]
    (image,) = book.find("text/cover.xhtml", "//h:img")
    assert TITLE in (image.get("alt") or "")
    (teaser,) = book.find("text/post.xhtml", "//h:p[@class='teaser']/h:img")
    assert book.read((teaser.get("src") or "").removeprefix("../"))


def test_contents_follow_the_headings(book: Book) -> None:
    links = book.find("nav.xhtml", "//h:nav[@e:type='toc']//h:a")
    assert [text_of(link) for link in links] == [TITLE, "첫째 마당", "깊은 곳"]
    ids = {str(i) for i in book.find("text/post.xhtml", "//@id")}
    for link in links:
        assert (link.get("href") or "").partition("#")[2] in ids
    assert len(book.find("nav.xhtml", "//h:nav[@e:type='toc']/h:ol/h:li/h:ol/h:li")) == 1
    labels = book.find("toc.ncx", "//n:navPoint/n:navLabel/n:text")
    assert [text_of(label) for label in labels] == [TITLE, "첫째 마당", "깊은 곳"]
    levels = [
        e.tag
        for e in book.tree("text/post.xhtml").iter(*(f"{{{NS['h']}}}h{n}" for n in range(1, 7)))
    ]
    assert [str(level)[-2:] for level in levels] == ["h1", "h2", "h3"], "no level is skipped"


def test_notes_pop_up_and_lead_back(book: Book) -> None:
    (mark,) = book.find("text/post.xhtml", "//h:a[@e:type='noteref']")
    (note,) = book.find("text/post.xhtml", "//h:aside[@e:type='footnote']")
    assert mark.get("href") == f"#{note.get('id')}"
    assert text_of(note).startswith("1. 각주의 글")
    (back,) = book.find("text/post.xhtml", "//h:aside//h:a")
    assert back.get("href") == f"#{mark.get('id')}"


def test_links_lead_somewhere(book: Book) -> None:
    hrefs = [str(h) for h in book.find("text/post.xhtml", "//h:div[@class='post-body']//h:a/@href")]
    assert "https://example.com/%EC%9D%B4%EC%9B%83-%EA%B8%80/" in hrefs
    ids = {str(name) for name in book.find("text/post.xhtml", "//@id")}
    assert all(name.isascii() for name in ids), "reading systems do not all decode fragments"
    inner = {href[1:] for href in hrefs if href.startswith("#")}
    assert inner and inner <= ids


def test_authors_styles_leave_the_size_to_the_reader(book: Book) -> None:
    (styled,) = book.find("text/post.xhtml", "//h:p[.='붉은 글']")
    red, rest = (styled.get("style") or "").split("; ", 1)
    assert rest == "margin: 0 auto"
    ink = parse_colour(red.removeprefix("color: "))
    assert ink and min(contrast(ink, (255, 255, 255)), contrast(ink, (0, 0, 0))) >= 4.5
    (folded,) = book.find("text/post.xhtml", "//h:details")
    assert folded.get("open") == ""


def test_code_is_coloured_and_its_font_embedded(book: Book) -> None:
    assert book.find("text/post.xhtml", "//h:pre//h:span[@class='k' and normalize-space()='def']")
    assert book.find("text/post.xhtml", "//h:p[@class='code-label' and .='Python']")
    (name,) = book.said("//o:item[@media-type='font/ttf']/@href")
    face = hb.Face(hb.Blob(book.read(name)))
    assert {ord(char) for char in "def인사안녕주석#"} <= set(face.unicodes)
    assert len(face.unicodes) < 100, "a subset"
    assert b"fonts/code.ttf" in book.read("style/book.css")


def test_body_font_only_where_asked(book: Book, tmp_path: Path) -> None:
    assert b"hanpan-body" not in book.read("style/book.css")
    wanted = Book(epub_of(document(tmp_path), files(tmp_path, Epub(embed_fonts=True))))
    assert len(wanted.said("//o:item[@media-type='font/ttf']/@href")) == 3
    assert b"hanpan-body" in wanted.read("style/book.css")
    for name in wanted.said("//o:item[@media-type='font/ttf']/@href"):
        said = wanted.read(name)
        for reserved in ("Pretendard", "D2Coding", "Noto"):
            assert reserved.encode() not in said and reserved.encode("utf-16-be") not in said


def test_wide_tables_are_marked(tmp_path: Path) -> None:
    def row(cells: int) -> str:
        return f"<table><tr>{'<td>칸</td>' * cells}</tr></table>"

    opened = Book(epub_of(document(tmp_path, row(4) + row(5)), files(tmp_path)))
    tables = opened.find("text/post.xhtml", "//h:table")
    assert [table.get("class") for table in tables] == [None, "wide"]


def test_what_readers_cannot_guess_is_said(book: Book) -> None:
    text = text_of(book.tree("text/post.xhtml"))
    assert "☑ 함" in text and "☐ 안 함" in text
    assert "사라진 그림" in text
    (callout,) = book.find("text/post.xhtml", "//h:div[@class='notice--warning']")
    assert text_of(callout).startswith("주의")


def test_maths_and_drawings_keep_their_namespaces(book: Book) -> None:
    (maths,) = book.find("text/post.xhtml", "//m:math[.//m:mi]")
    assert maths.get("alttext") == "x^2" and "x^2" not in text_of(maths)
    picture = book.read((maths.get("altimg") or "").removeprefix("../"))
    assert b"<path" in picture and b'fill="#fff"' in picture
    assert (maths.get("altimg-width") or "").endswith("em")
    (drawing,) = book.find("text/post.xhtml", "//s:svg[s:circle]")
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "점")
    (properties,) = book.said("//o:item[@id='post']/@properties")
    assert set(properties.split()) == {"mathml", "svg"}


def test_style_suits_any_reader(book: Book) -> None:
    css = book.read("style/book.css").decode()
    assert "keep-all" in css
    assert not any(f"{digit}{unit}" in css for digit in "0123456789" for unit in ("px", "pt", "mm"))
    body = css[css.index("\nbody {") :]
    assert "font-family" not in body[: body.index("}")]


def test_a_book_that_is_too_large_is_told(tmp_path: Path) -> None:
    post = document(tmp_path)
    assert render(post, files(tmp_path)).problems == ()
    (problem,) = render(post, files(tmp_path, Epub(max_bytes=20_000))).problems
    assert (problem.rule, problem.severity, problem.path) == ("epub-size", "warning", post.source)
    assert "0.1 MB" in problem.message and "0.0 MB of" in problem.message


def test_words_in_another_language_keep_it(tmp_path: Path) -> None:
    post = document(tmp_path, '<p>글 <span lang="ja">日本</span> <q lang="en">word</q></p>')
    found = Book(epub_of(post, files(tmp_path))).find("text/post.xhtml", "//h:p//*[@lang]")
    assert [(one.get("lang"), text_of(one)) for one in found] == [("ja", "日本"), ("en", "word")]


def test_head_cells_that_head_nothing_are_cells(tmp_path: Path) -> None:
    table = "<table><tr><th> </th><th>값</th></tr><tr><td>가</td><td>1</td></tr></table>"
    opened = Book(epub_of(document(tmp_path, table), files(tmp_path)))
    assert [text_of(cell) for cell in opened.find("text/post.xhtml", "//h:th")] == ["값"]


def test_the_site_can_restyle_it(tmp_path: Path) -> None:
    own = tmp_path / "layouts" / "styles"
    own.mkdir(parents=True)
    (own / "epub.css").write_text("body { line-height: 2 }")
    styled = Book(epub_of(document(tmp_path), files(tmp_path)))
    assert styled.read("style/book.css").decode().endswith("body { line-height: 2 }")
    shutil.rmtree(tmp_path / "layouts")
