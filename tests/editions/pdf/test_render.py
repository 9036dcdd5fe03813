"""The PDF edition, judged by what is in the file."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdf
import pytest
import segno
from PIL import Image

from hanpan import tree
from hanpan.document import Asset, Document, Heading, Meta
from hanpan.editions.pdf import render
from hanpan.editions.pdf.qr import qr_code
from hanpan.files import Fetched, Files, sha256
from hanpan.problems import BuildError
from hanpan.site import Identity, Pdf, Site

TITLE = "종이 위의 어절: 줄 끝에서 갈라지지 않는 한글"
PROSE = (
    "어절이 줄 끝에서 갈라지면 읽는 눈이 한 번 더 움직인다. 그래서 한글을 조판하는 사람은 "
    "줄을 나눌 자리를 <b>띄어쓰기</b>에서만 찾는다. 서울(한국)에서 만든 판은 "
    "가운뎃점·물결~기호도 줄 머리에 세우지 않고, <code>pip install</code>로 깐 것도 "
    "조사와 떨어지지 않는다. "
)
BODY = (
    '<h1 id="첫째">첫째 <code>마당</code></h1>'
    + f"<p>{PROSE * 4}</p>"
    + "<p>한자 漢字와 옛글 \u1112\u119e\u11ab글, 그림글자 😀 1️⃣ 그리고 12345, "
    + "없는 글자 \U00012000.</p>"
    + "<ul><li><p>느슨한 하나</p><p>이어지는 문단</p></li><li><p>느슨한 둘</p></li></ul>"
    + "<ul><li>촘촘한 하나<ol start='3'><li>안쪽</li></ol></li></ul>"
    + '<h3 id="둘째">둘째</h3>'
    + '<p><a href="https://example.com/%EA%B8%B8"><strong>굵은 길</strong></a>'
    + ' <a href="#첫째">처음</a>'
    + '<sup><a id="fnref-1" href="#fn-1" class="footnote-ref">1</a></sup></p>'
    + '<pre><code class="language-python">def 인사():\n    return "안녕'
    + "하세요" * 40
    + '"\n</code></pre>'
    + "<table><thead><tr><th>이름</th><th>값</th></tr></thead><tbody>"
    + "".join(f"<tr><td>항목 {row}</td><td>{row * 37}</td></tr>" for row in range(45))
    + "</tbody></table>"
    + '<p><img src="asset:PICTURE" alt="붉은 네모"/></p>'
    + '<p><img data-missing="not found" data-src="/x.png" alt="사라진 그림"/></p>'
    + '<p>식 <math display="inline"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
    + '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>은 네모꼴.</p>'
    + '<section class="footnotes"><ol><li id="fn-1"><p>각주의 글'
    + '<a href="#fnref-1" class="footnote-back">↩</a></p></li></ol></section>'
)


class NoNetwork:
    """No remote files."""

    def fetch(self, url: str) -> Fetched:
        raise OSError(url)

    def fingerprint(self, url: str) -> str:
        return url


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), "#c03030").save(file, "PNG")
    return file.getvalue()


def files(root: Path, pdf: Pdf | None = None) -> Files:
    site = Site(root, identity=Identity(title="한판", url="https://example.com"), pdf=pdf or Pdf())
    return Files(site, NoNetwork())


def document(root: Path, body: str = BODY) -> Document:
    data = picture()
    (root / "red.png").write_bytes(data)
    name = sha256(data)[:16]
    meta = Meta(
        title=TITLE,
        date="2024-03-05T10:00:00+09:00",
        modified="2024-04-01T21:30:00+09:00",
        lang="ko",
        excerpt="어절을 지키는 조판",
        categories=("조판",),
        tags=("한글", "PDF"),
        author="한판 지기",
        canonical_url="https://example.com/posts/eojeol/",
    )
    return Document(
        source="posts/eojeol.md",
        slug="eojeol",
        meta=meta,
        body=body.replace("PICTURE", name),
        headings=(Heading(1, "첫째", "첫째 마당"), Heading(3, "둘째", "둘째")),
        assets=(Asset(name, "file:red.png", "image/png", 600, 400),),
    )


def pdf_of(post: Document, door: Files) -> bytes:
    rendered = render(post, door)
    (artifact,) = rendered.artifacts
    assert artifact.path == "eojeol/eojeol.pdf" == rendered.products["pdf"]
    return artifact.data


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("site")
    return pdf_of(document(root), files(root))


@pytest.fixture(scope="module")
def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.fixture
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as found:
        yield found


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_lines(reader: pypdf.PdfReader) -> list[str]:
    """Return the lines of all pages without running titles and page numbers."""
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    numbers = re.compile(r"\d+ / \d+")
    return [line for line in lines if line.strip() != TITLE and not numbers.fullmatch(line.strip())]


def test_the_text_is_the_body_s_in_order(reader: pypdf.PdfReader) -> None:
    found = bare("".join(text_lines(reader)))
    place = 0
    root = tree.parse_xml(BODY)
    for drawn in list(root.iter("math", "thead")):  # a picture; repeated on each page
        tree.remove(drawn)
    (notes,) = root.iter("section")  # at the foot of its page: test_pdf_notes.py
    tree.remove(notes)
    for piece in map(str, root.itertext()):
        for word in piece.replace("\U00012000", "[U+12000]").split():
            place = found.index(word, place) + len(word)


def test_no_joiner_is_in_text_or_outline(reader: pypdf.PdfReader) -> None:
    assert "\u2060" not in "".join(page.extract_text() for page in reader.pages)
    titles = [item["/Title"] for item in _flat(reader.outline)]
    assert titles == [TITLE, "첫째 마당", "둘째"]


def _flat(outline: Any) -> Iterator[Any]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def test_no_eojeol_is_split(reader: pypdf.PdfReader) -> None:
    whole = set(tree.text_of(tree.parse_xml(f"<p>{PROSE}</p>")).split())
    lines = text_lines(reader)
    first = next(index for index, line in enumerate(lines) if line.startswith("어절이 줄 끝에서"))
    last = next(index for index, line in enumerate(lines) if line.startswith("한자 漢字"))
    paragraph = lines[first:last]
    assert len(paragraph) > 6
    assert [word for line in paragraph for word in line.split() if word not in whole] == []


def test_every_font_is_embedded_and_ours(reader: pypdf.PdfReader) -> None:
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = inner["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(font["/BaseFont"]).partition("+")[2])
    ours = ("Pretendard", "Noto-Sans-KR", "D2Coding", "Noto-Color-Emoji")
    assert names and all(name.startswith(ours) for name in names)
    assert {"Pretendard", "Noto-Sans-KR", "Noto-Color-Emoji"} <= names


def test_digits_are_not_from_the_emoji_font(reader: pypdf.PdfReader) -> None:
    used: dict[str, str] = {}
    keycaps = []

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: float) -> None:
        if "1\ufe0f\u20e3" in text:
            keycaps.append(str(font["/BaseFont"]))
        for char in text:
            used.setdefault(char, str(font["/BaseFont"]) if font else "")

    reader.pages[0].extract_text(visitor_text=visit)
    assert "Pretendard" in used["3"] and "Pretendard" in used[" "]
    assert "Noto-Color-Emoji" in used["😀"]
    assert "Noto-Sans-KR" in used["漢"]
    assert len(keycaps) == 1 and "Noto-Color-Emoji" in keycaps[0]


def test_metadata_tags_and_language(opened: pikepdf.Pdf) -> None:
    root, info = opened.Root, opened.docinfo
    assert str(root.Lang) == "ko" and bool(root.MarkInfo.Marked)
    assert str(info["/Title"]) == TITLE and str(info["/Author"]) == "한판 지기"
    assert str(info["/Subject"]) == "어절을 지키는 조판"
    assert str(info["/Keywords"]) == "한글, PDF, 조판"
    assert str(info["/CreationDate"]) == "D:20240305100000+09'00"
    assert str(info["/ModDate"]) == "D:20240401213000+09'00"
    with opened.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def elements(opened: pikepdf.Pdf) -> Iterator[Any]:
    stack = [opened.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K")
        if isinstance(kids, pikepdf.Array):
            stack += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def test_what_weasyprint_tags_wrong_is_corrected(opened: pikepdf.Pdf) -> None:
    seen: dict[str, int] = {}
    for element in elements(opened):
        kind = str(element.S)
        seen[kind] = seen.get(kind, 0) + 1
        kids = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary)]
        kinds = {str(kid.S) for kid in kids if "/S" in kid}
        if kind == "/LI":
            assert kinds <= {"/Lbl", "/LBody"}
        if kind == "/TH":
            assert str(element.A.Scope) == "/Column"
        if kind == "/Figure":
            assert str(element.Alt)
        if any(str(kid.get("/Type")) == "/OBJR" for kid in kids):
            assert kind == "/Link"
    assert seen["/LI"] == 4 and seen["/Note"] == 1 and seen["/Figure"] == 3  # with the QR code
    assert seen["/H1"] == seen["/H2"] == seen["/H3"] == 1


def test_links_of_every_kind(reader: pypdf.PdfReader) -> None:
    outer, inner = [], []
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            if "/A" in link:
                outer.append(str(link["/A"]["/URI"]))
            else:
                inner.append(str(link["/Dest"]))
    assert "https://example.com/%EA%B8%B8" in outer
    assert sorted(inner) == ["fn-1", "fnref-1", "첫째"]


def test_running_title_and_page_numbers_but_not_on_the_first_page(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)
    assert count > 2
    assert f"1 / {count}" not in reader.pages[0].extract_text()
    second = reader.pages[1].extract_text()
    assert f"2 / {count}" in second and TITLE in second


def test_code_is_turned_and_not_cut(reader: pypdf.PdfReader) -> None:
    assert "안녕" + "하세요" * 40 in bare("".join(text_lines(reader)))


def test_a_table_repeats_its_head(reader: pypdf.PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    with_rows = [text for text in pages if re.search(r"항목 \d", text)]
    assert len(with_rows) > 1 and all("이름" in text for text in with_rows)


def test_a_list_does_not_take_the_heading_above_to_the_next_page(tmp_path: Path) -> None:
    item = "목록의 항목이 세 줄을 채우도록 길게 이어지는 글을 여러 번 적는다. " * 4
    for lines in range(12, 30):
        body = f"<p>{'<br/>'.join(['줄'] * lines)}</p><h2>제목</h2><p>앞글<br/>둘째</p><ul>"
        data = pdf_of(document(tmp_path, f"{body}<li>{item}</li></ul>"), files(tmp_path))
        first = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
        if "앞글" in first and "항목" not in first:
            return
    raise AssertionError("no page ends between a paragraph and its list")


def test_pictures_and_what_stands_for_missing_ones(reader: pypdf.PdfReader) -> None:
    assert sum(len(page.images) for page in reader.pages) >= 1
    assert "사라진 그림 (그림을 찾을 수 없음)" in "".join(text_lines(reader))


def test_a_wide_picture_in_a_text_does_not_stretch_the_line_before_it(tmp_path: Path) -> None:
    post = document(tmp_path, '<p>짧은 <b>글</b> <img src="asset:PICTURE" alt="가"/></p>')
    widest = 0.0
    with pikepdf.open(io.BytesIO(pdf_of(post, files(tmp_path)))) as opened:
        for instruction in pikepdf.parse_content_stream(opened.pages[0]):
            if str(instruction.operator) == "TJ":
                shown: Any = instruction.operands[0]
                numbers = [item for item in shown if not isinstance(item, pikepdf.String)]
                widest = max([widest, *(abs(float(item)) for item in numbers)])
    assert widest < 1000  # thousandths of an em: no hole between two words


def test_the_same_document_gives_the_same_bytes(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setenv("TZ", "America/New_York")
    assert pdf_of(document(tmp_path), files(tmp_path)) == data


def test_a_teaser_is_on_the_first_page(tmp_path: Path) -> None:
    post = document(tmp_path, "<p>글</p>")
    with_teaser = replace(post, teaser=post.assets[0].id)
    missing = replace(post, teaser_missing=True)
    sizes = []
    for each in (post, with_teaser, missing):
        page = pypdf.PdfReader(io.BytesIO(pdf_of(each, files(tmp_path)))).pages[0]
        sizes.append([image.image.size for image in page.images if image.image])
    assert sizes == [[], [(600, 400)], [(1440, 720)]]


def test_loading_the_engine_runs_no_other_program() -> None:
    asked = (
        "import sys; ran = []\n"
        "hook = lambda name, said: ran.append(said) if name == 'subprocess.Popen' else None\n"
        "sys.addaudithook(hook)\n"
        "from hanpan.editions.pdf.libraries import load_weasyprint; load_weasyprint()\n"
        "assert 'weasyprint' in sys.modules and not (sys.platform == 'linux' and ran), ran"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_a_formula_is_drawn_in_the_page_and_in_its_colour(tmp_path: Path) -> None:
    maths = "<math><mfrac><mi>a</mi><msqrt><mi>b</mi></msqrt></mfrac></math>"
    post = document(tmp_path, f'<p>식 <span style="color:#123456">{maths}</span> 끝</p>')
    with pikepdf.open(io.BytesIO(pdf_of(post, files(tmp_path)))) as pdf:
        found = pikepdf.parse_content_stream(pdf.pages[0])
        commands = [(str(command.operator), list(command.operands)) for command in found]
    names = [name for name, _ in commands]
    assert names.count("re") >= 2 and names.count("c") > 20  # two bars; the curves of the letters
    fills = [said for name, said in commands if name == "rg"]
    assert [0x12, 0x34, 0x56] in [[round(float(part) * 255) for part in said] for said in fills]


@pytest.mark.parametrize(
    ("setting", "points"),
    [
        ("A5", (420, 595)),
        ("A5 landscape", (595, 420)),
        ("Letter", (612, 792)),
        ("신국판", (431, 638)),
        ("국판", (420, 595)),
        ("46판", (360, 533)),
        ("B5", (516, 729)),
        ("100mm 20cm", (283, 567)),
    ],
)
def test_other_pages(tmp_path: Path, setting: str, points: tuple[int, int]) -> None:
    post = document(tmp_path, f"<p>{PROSE}</p>")
    made = pdf_of(post, files(tmp_path, Pdf(page=setting)))
    box = pypdf.PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_a_post_has_its_own_settings(tmp_path: Path) -> None:
    post = document(tmp_path, f"<p>{PROSE}</p>")
    own = (("page", "46판"), ("qr", False), ("attach_source", False))
    post = replace(post, meta=replace(post.meta, pdf=own))
    with pikepdf.open(io.BytesIO(pdf_of(post, files(tmp_path)))) as pdf:
        box = pdf.pages[0].mediabox
        assert (round(box[2]), round(box[3])) == (360, 533)
        assert not pdf.attachments
        assert [e for e in elements(pdf) if str(e.S) == "/Figure"] == []


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("page", "A99", "A5"),
        ("page", True, '`page: "..."`'),
        ("qr", "maybe", "`qr: true`"),
        ("toc", "maybe", "`toc: true`"),
        ("pages", "A5", "Did you mean `page`?"),
    ],
)
def test_a_wrong_setting_of_a_post_names_its_key(
    tmp_path: Path, key: str, value: str | bool, words: str
) -> None:
    post = document(tmp_path, f"<p>{PROSE}</p>")
    wrong = replace(post, meta=replace(post.meta, pdf=((key, value),)))
    with pytest.raises(BuildError) as caught:
        pdf_of(wrong, files(tmp_path))
    problem = caught.value.problem
    assert (problem.path, caught.value.keys) == ("posts/eojeol.md", (f"pdf.{key}", "pdf"))
    assert words in problem.remedy


@pytest.mark.parametrize("setting", ["A99", "10mm 10mm", "210 297"])
def test_an_unknown_page_is_an_error_that_says_what_is_known(tmp_path: Path, setting: str) -> None:
    with pytest.raises(BuildError) as caught:
        pdf_of(document(tmp_path), files(tmp_path, Pdf(page=setting)))
    assert setting in caught.value.problem.message and "A5" in caught.value.problem.remedy


def test_a_contents_list_when_asked_for(tmp_path: Path) -> None:
    made = pdf_of(document(tmp_path), files(tmp_path, Pdf(toc=True)))
    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert re.search(r"목차\s+첫째 마당[.\s]+1\s+둘째[.\s]+\d", text)


def chapters(root: Path, count: int, toc: bool | None = None, *, times: int = 1) -> Document:
    """Return a document of so many second-level headings; PROSE stands so many times below each."""
    body = "".join(f'<h2 id="h{n}">마당 {n}</h2><p>{PROSE * times}</p>' for n in range(count))
    post = document(root, body)
    headings = tuple(Heading(2, f"h{n}", f"마당 {n}") for n in range(count))
    return replace(post, headings=headings, meta=replace(post.meta, toc=toc))


@pytest.mark.parametrize(
    ("count", "times", "post", "site", "listed"),
    [
        (2, 14, None, None, False),
        (3, 9, None, None, True),
        (3, 4, None, None, False),  # a post of less than four pages needs none
        (3, 9, None, False, False),
        (3, 9, False, True, False),
        (1, 1, True, False, True),
    ],
)
def test_contents_from_three_chapters_and_four_pages_on_or_as_set(
    tmp_path: Path, count: int, times: int, post: bool | None, site: bool | None, listed: bool
) -> None:
    settings = Pdf(toc=site, page="46판")
    data = pdf_of(chapters(tmp_path, count, post, times=times), files(tmp_path, settings))
    made = pypdf.PdfReader(io.BytesIO(data))
    assert ("목차" in made.pages[0].extract_text()) == listed
    assert times == 1 or (len(made.pages) >= 4) == (times > 4)


def test_the_contents_name_the_pages_on_which_headings_stand(tmp_path: Path) -> None:
    post = chapters(tmp_path, 12, times=6)  # of a page each
    made = pypdf.PdfReader(io.BytesIO(pdf_of(post, files(tmp_path, Pdf(page="A5")))))
    pages = [page.extract_text() for page in made.pages]
    said = dict(re.findall(r"마당 (\d+)\s+(\d+)(?=$|\s*마당)", pages[0], re.MULTILINE))
    for chapter in range(1, 12):
        (stands,) = [
            number
            for number, text in enumerate(pages[1:], 2)
            if re.search(rf"^마당 {chapter}\s*$", text, re.MULTILINE)
        ]
        assert said[str(chapter)] == str(stands)
    assert len(said) == 12 and int(said["11"]) > 9
    starts: set[float] = set()

    def visit(text: str, _cm: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip() in said.values():
            starts.add(round(matrix[4]))

    made.pages[0].extract_text(visitor_text=visit)
    left, right = sorted(starts)[:2], sorted(starts)[2:]  # behind titles of two widths
    assert len(left) == 1 or left[1] - left[0] < 12
    assert right and min(right) - max(left) > 100  # points: two columns


def test_a_qr_code_leads_to_the_canonical_address(tmp_path: Path) -> None:
    post = document(tmp_path, "<p>글</p>")
    figures = []
    for setting in (Pdf(), Pdf(qr=False)):
        with pikepdf.open(io.BytesIO(pdf_of(post, files(tmp_path, setting)))) as pdf:
            figures.append([str(e.Alt) for e in elements(pdf) if str(e.S) == "/Figure"])
    assert figures == [["이 글의 주소를 담은 QR 코드"], []]
    drawn = qr_code(post.meta.canonical_url)
    assert drawn is not None and qr_code("https://example.com/" + "가" * 3000) is None
    code = segno.make(post.meta.canonical_url, error="m", micro=False, mask=3)
    dark = [[0] * len(code.matrix) for _ in code.matrix]
    for bar in ElementTree.fromstring(drawn.data):
        x, y, width = (int(bar.get(name, "")) for name in ("x", "y", "width"))
        dark[y][x : x + width] = [1] * width
    assert dark == [list(row) for row in code.matrix]


def test_a_picture_that_the_document_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no picture `asset:none`"):
        pdf_of(document(tmp_path, '<img src="asset:none" alt=""/>'), files(tmp_path))


def test_a_site_s_stylesheet_cannot_fetch(tmp_path: Path) -> None:
    own = tmp_path / "layouts/styles/print.css"
    own.parent.mkdir(parents=True)
    own.write_text("body { background: url(file:///etc/hostname) }", "utf-8")
    with pytest.raises(BuildError, match="the page asks for file:///etc/hostname"):
        pdf_of(document(tmp_path, "<p>글</p>"), files(tmp_path))


def test_a_site_s_layout_that_is_no_xml_is_an_error(tmp_path: Path) -> None:
    own = tmp_path / "layouts/pdf/post.html"
    own.parent.mkdir(parents=True)
    own.write_text("<html><body><br></body></html>", "utf-8")
    with pytest.raises(BuildError, match="not well-formed"):
        pdf_of(document(tmp_path, "<p>글</p>"), files(tmp_path))
