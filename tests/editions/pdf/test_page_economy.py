"""Pages that are made again: no hole at their foot, no stub at the end, nothing lost."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from PIL import Image

from hanpan.books.book import Book, Chapter, Part
from hanpan.document import Document, Heading
from hanpan.editions.book.pdf import render as render_book
from hanpan.editions.pdf.page import POINTS, printed_page
from hanpan.site import Pdf
from hanpan.site.books import BookPlan, BookSettings
from tests.conformance.pages import Economy, page_fills
from tests.editions.pdf.test_render import PROSE, document, files, pdf_of
from tests.support.pdf.placed import spans

# each paragraph of its own, so that a change of their order shows
TEXTS = [f"문단{number:02}의 글이다. {PROSE}" for number in range(40)]


def paragraphs(first: int, count: int) -> str:
    return "".join(f"<p>{text}</p>" for text in TEXTS[first : first + count])


def with_picture(root: Path, body: str, width: int, height: int) -> Document:
    """Return a document whose picture has so many pixels."""
    post = document(
        root, body.replace("PICTURE_HERE", '<p><img src="asset:PICTURE" alt="가"/></p>')
    )
    (asset,) = post.assets
    Image.new("RGB", (width, height), "#c03030").save(root / "red.png")
    return replace(post, assets=(replace(asset, width=width, height=height),))


def printed(root: Path, post: Document, settings: Pdf) -> tuple[Economy, list[str], list[float]]:
    """Return how full the pages are, their texts, and how high pictures are, in points."""
    data = pdf_of(post, files(root, settings))
    path = root / "글.pdf"
    path.write_bytes(data)
    assert data == pdf_of(post, files(root, settings))
    with pikepdf.open(path) as pdf:
        heights = [
            span.high - span.low for page in pdf.pages for span in spans(page) if not span.size
        ]
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return Economy(tuple(page_fills(path, settings))), texts, heights


def stands_on(texts: list[str], number: int) -> int:
    (page,) = [at for at, text in enumerate(texts) if f"문단{number:02}" in text]
    return page


def test_a_picture_shrinks_before_it_moves(tmp_path: Path) -> None:
    settings = Pdf(page="신국판", qr=False)
    post = with_picture(tmp_path, f"{paragraphs(0, 1)}PICTURE_HERE{paragraphs(1, 9)}", 440, 470)
    economy, _, (height,) = printed(tmp_path, post, settings)
    assert not economy.holes and not economy.short
    assert 0.74 * 352 < height < 350  # points of 470 pixels


def test_a_picture_floats_behind_the_paragraphs_that_follow(tmp_path: Path) -> None:
    settings = Pdf(page="신국판", qr=False)
    body = f"{paragraphs(0, 3)}<h2>꼭지</h2>PICTURE_HERE{paragraphs(3, 9)}"
    post = with_picture(tmp_path, body, 600, 1200)
    economy, texts, _ = printed(tmp_path, post, settings)
    assert not economy.holes
    # the heading stays in front of the text that it is of
    assert stands_on(texts, 3) == 0 and "꼭지" in texts[0]
    order = [number for text in texts for number in range(12) if f"문단{number:02}" in text]
    assert order == list(range(12))


def test_no_text_that_speaks_of_a_picture_passes_it(tmp_path: Path) -> None:
    settings = Pdf(page="신국판", qr=False)
    after = paragraphs(3, 9).replace("문단03의", "위 그림은 문단03의", 1)
    post = with_picture(tmp_path, f"{paragraphs(0, 3)}PICTURE_HERE{after}", 600, 1200)
    _, texts, _ = printed(tmp_path, post, settings)
    assert stands_on(texts, 3) > 0


def test_text_fills_the_page_before_a_table_that_is_turned(tmp_path: Path) -> None:
    row = "<tr>" + "".join(f"<td>조선왕조실록{n}칸</td>" for n in range(16)) + "</tr>"
    body = f"{paragraphs(0, 4)}<table>{row * 9}</table>{paragraphs(4, 12)}"
    economy, texts, _ = printed(tmp_path, document(tmp_path, body), Pdf(qr=False))
    assert not economy.holes
    (table,) = [at for at, text in enumerate(texts) if "조선왕조실록" in text.replace("\n", "")]
    assert table == 1 and stands_on(texts, 7) == 0  # what follows the table stands before it
    order = [number for text in texts for number in range(16) if f"문단{number:02}" in text]
    assert order == list(range(16))


# so many paragraphs end with a line or some on the last page, if nothing is done
@pytest.mark.parametrize(("page", "count"), [("A4", 20), ("A4", 21), ("신국판", 19)])
def test_a_last_page_is_no_stub(tmp_path: Path, page: str, count: int) -> None:
    post = document(tmp_path, paragraphs(0, count))
    economy, texts, _ = printed(tmp_path, post, Pdf(page=page, qr=False, toc=False))
    assert not economy.short and not economy.holes
    text = "".join(texts)
    assert [text.count(f"문단{number:02}") for number in range(count)] == [1] * count


def test_a_short_post_has_no_contents_unless_it_asks_for_them(tmp_path: Path) -> None:
    body = "".join(f'<h2 id="h{n}">마당 {n}</h2><p>{PROSE}</p>' for n in range(4))
    headings = tuple(Heading(2, f"h{n}", f"마당 {n}") for n in range(4))
    post = replace(document(tmp_path, body), headings=headings)
    for toc in (None, True):
        text = "".join(printed(tmp_path, post, Pdf(toc=toc))[1])
        assert ("목차" in text) == bool(toc)


def test_two_portrait_pictures_stand_side_by_side(tmp_path: Path) -> None:
    body = f"{paragraphs(0, 1)}PICTURE_HEREPICTURE_HERE{paragraphs(1, 1)}"
    post = with_picture(tmp_path, body, 400, 800)
    data = pdf_of(post, files(tmp_path, Pdf(qr=False)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        one, other = [span for span in spans(pdf.pages[0]) if not span.size]
    assert abs(one.low - other.low) < 1 and abs(one.high - other.high) < 1


def test_lines_of_a_book_stand_on_one_grid(tmp_path: Path) -> None:
    page = printed_page(Pdf(page="신국판", typeface="serif"))
    text = f"<h2>꼭지</h2>{paragraphs(0, 3)}<pre><code>한 줄\n</code></pre><h3>마디</h3>"
    body = f"{text}{paragraphs(3, 4)}<ul><li>하나</li></ul>PICTURE_HERE{paragraphs(7, 3)}"
    post = with_picture(tmp_path, body, 300, 111)
    parts = (Part(0, "", (Chapter(1, post, ""),)),)
    plan = BookPlan(BookSettings(name="책"), ())
    book = Book(plan, parts, (), (), "책", "지은이", "", "ko", "urn:uuid:0")
    (artifact,) = render_book(book, files(tmp_path)).artifacts
    line, above = page.type_size * page.leading, page.top * POINTS
    places = set()
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        for one in pdf.pages[6:-1]:  # behind the contents, before the colophon
            head = float(one.trimbox[3]) - above
            places |= {
                round((head - span.low) % line, 1)
                for span in spans(one)
                if abs(span.size - page.type_size) < 0.05
            }
    assert places and max(places) - min(places) < 0.3
