"""EPUBs say where the pages of the PDF begin that was made of the same text."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from tests.support.blog import add_post, make_blog
from tests.support.command import built, hanpan
from tests.support.referees.epubcheck import check

PARAGRAPH = "어절 {n}째 문단은 쪽이 어디에서 갈리는지 **굵은 {n}** 글자와 `code_{n}`까지 센다.\n"
LONG = "".join(
    f"## 마디 {part}\n\n" + "".join(PARAGRAPH.format(n=part * 100 + n) * 5 + "\n" for n in range(5))
    for part in range(4)
)
TABLE = "| 가 | 나 |\n|---|---|\n" + "".join(f"| 칸 {n} | 값 {n} |\n" for n in range(40))
NOTED = "각주가[^1] 있는 문단.\n\n[^1]: 각주 글.\n\n"
POST = f"---\ntitle: 긴 글\ntags: [쪽]\ndate: 2026-03-09\n---\n\n{NOTED}{LONG}\n{TABLE}"
SETTINGS = '[pdf]\npage = "46판"\n[[book]]\nname = "모음"\nnumbering = "제1장"\n'
BOTH = ("-e", "pdf", "-e", "epub")
XHTML = "{http://www.w3.org/1999/xhtml}"
BREAK = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-'


@pytest.fixture(scope="module")
def blog_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog whose posts and whose book are made."""
    folder = make_blog(tmp_path_factory.mktemp("pages") / "blog", posts=1, settings=SETTINGS)
    add_post(folder, "긴-글.md", POST)
    built(folder, *BOTH)
    assert hanpan("book", cwd=folder).code == 0
    return folder


@pytest.fixture
def blog(tmp_path: Path, blog_built: Path) -> Path:
    """A copy of it, in which only what a test changes is made again."""
    return shutil.copytree(blog_built, tmp_path / "blog")


class Pages:
    """An EPUB's list of pages: labels, and the text behind each mark without blanks."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as book:
            self.files = {
                name.removeprefix("EPUB/"): book.read(name).decode()
                for name in book.namelist()
                if name.endswith((".xhtml", ".opf", ".ncx"))
            }
        nav = self.files["nav.xhtml"].partition('"page-list"')[2]
        self.links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', nav)

    @property
    def labels(self) -> list[str]:
        return [label for _, label in self.links]

    def text_behind(self, label: str) -> str:
        name, _, mark = next(href for href, said in self.links if said == label).partition("#")
        behind = self.files[name].partition(f'id="{mark}"')[2].partition(">")[2]
        root = etree.fromstring(f"<p>{re.sub('<[^>]*>', '', behind)}</p>")
        return "".join((root.text or "").split())


def test_pages_begin_where_those_of_the_pdf_do(blog: Path) -> None:
    pdf = pypdf.PdfReader(io.BytesIO((blog / "out/긴-글/긴-글.pdf").read_bytes()))
    pages = Pages(blog / "out/긴-글/긴-글.epub")
    assert pages.labels == [str(number) for number in range(1, len(pdf.pages) + 1)]
    assert len(pages.labels) > 6
    for label, page in list(zip(pages.labels, pdf.pages, strict=True))[1:]:
        lines = [line for line in page.extract_text().splitlines() if line.strip() != "나"]
        shown = "".join("".join(lines).split()).removeprefix("가나")  # a table's head, again
        shown = shown.removeprefix("긴글")  # the running title
        assert pages.text_behind(label)[:12] == shown[:12].replace("\u2060", ""), label


def test_the_package_says_that_there_are_pages(blog: Path) -> None:
    pages = Pages(blog / "out/긴-글/긴-글.epub")
    opf, ncx = pages.files["content.opf"], pages.files["toc.ncx"]
    for feature in ("pageBreakMarkers", "pageNavigation"):
        assert f'"schema:accessibilityFeature">{feature}<' in opf
    assert '<meta property="pageBreakSource">긴 글 (PDF)</meta>' in opf
    assert ncx.count("<pageTarget ") == len(pages.labels)
    assert check([blog / "out/긴-글/긴-글.epub"]) == []


def test_without_a_pdf_there_are_none(blog: Path) -> None:
    shutil.rmtree(blog / "out")
    epub, post = blog / "out/긴-글/긴-글.epub", blog / "posts" / "긴-글.md"
    built(blog, "-e", "epub")
    alone = Pages(epub)
    assert alone.labels == [] and BREAK not in "".join(alone.files.values())
    assert "page" not in alone.files["content.opf"].replace("cover-page", "")
    built(blog, *BOTH)
    whole = epub.read_bytes()
    assert Pages(epub).labels
    assert built(blog, "-e", "epub")["steps"]["run"] == 0  # the PDF is there, and of this text
    post.write_text(POST + "\n끝.\n", "utf-8")
    built(blog, "-e", "epub")
    assert Pages(epub).labels == []  # the PDF is of another
    post.write_text(POST, "utf-8")
    built(blog, *BOTH)
    assert epub.read_bytes() == whole


def test_a_book_has_the_pages_of_its_pdf(blog: Path) -> None:
    pdf = pypdf.PdfReader(io.BytesIO((blog / "out/books/모음/모음.pdf").read_bytes()))
    pages = Pages(blog / "out/books/모음/모음.epub")
    filled = [label for label, page in zip(pdf.page_labels, pdf.pages, strict=True)
              if len(page.extract_text()) > 4]  # fmt: skip
    assert [label for label in filled if label not in pages.labels] == []
    where = dict((label, href) for href, label in pages.links)
    assert where["i"] == "text/cover.xhtml" and where["1"] == "text/c1.xhtml#page-1"
    assert pages.text_behind("1").startswith("제1장글1")
    assert check([blog / "out/books/모음/모음.epub"]) == []
