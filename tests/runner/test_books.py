"""Books by the command line: what is made of which posts, and what is made again."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from tests.support.blog import make_blog, tree_of
from tests.support.command import Ran, hanpan
from tests.support.referees.epubcheck import check
from tests.support.referees.verapdf import failures

BOOK = """
[[book]]
name = "모음"
title = "시험 책"
subtitle = "글 모음"
numbering = "제1장"
licence = "CC BY 4.0"
front = ["머리말.md"]
order = "date"
"""
LINKS = """---
title: 잇는 글
series: 길
series_order: 1
tags: [한글, 길잡이, 소제목, 하나, 둘, 셋, 넷, 다섯, 여섯, 일곱, 여덟, 아홉, 열, 열하나, 열둘]
---

[글 1](/글-1/#소제목)과 [밖](https://blog.example/없는-글/)과 [나](#끝)를 잇는다.[^가]

## 소제목

글.

## 끝

[^가]: 잇는 글의 각주.
"""
NOTED = """---
title: 각주 글
series: 길
---

[앞 글](2026-03-03-link.md)을 보라.[^1]

[^1]: 각주 글의 각주.
"""


@pytest.fixture(scope="module")
def blog_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog whose book is made."""
    folder = make_blog(tmp_path_factory.mktemp("books") / "blog", settings=BOOK)
    (folder / "머리말.md").write_text("---\ntitle: 머리말\n---\n앞에 두는 말.\n", "utf-8")
    (folder / "posts" / "2026-03-03-link.md").write_text(LINKS, "utf-8")
    (folder / "posts" / "2026-03-04-note.md").write_text(NOTED, "utf-8")
    assert hanpan("book", cwd=folder).code == 0
    return folder


@pytest.fixture
def blog(tmp_path: Path, blog_built: Path) -> Path:
    """A copy of it, in which only what a test changes is made again."""
    return shutil.copytree(blog_built, tmp_path / "blog")


def made(folder: Path, *arguments: str, **more: Any) -> dict[str, Any]:
    """Make the books; return the object of build.json."""
    ran = hanpan("book", "--json", "-e", "pdf", *arguments, cwd=folder, **more)
    assert ran.code == 0, ran.err + ran.out
    found: dict[str, Any] = json.loads(ran.out)
    return found


def epub_of(folder: Path, name: str = "모음") -> dict[str, str]:
    """Make the EPUB; return its texts by their names."""
    ran = hanpan("book", "-e", "epub", cwd=folder)
    assert ran.code == 0, ran.err
    with zipfile.ZipFile(folder / f"out/books/{name}/{name}.epub") as book:
        return {
            path.removeprefix("EPUB/"): book.read(path).decode()
            for path in book.namelist()
            if path.endswith(("xhtml", "opf", "ncx"))
        }


def pdf_of(folder: Path, name: str = "모음") -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO((folder / f"out/books/{name}/{name}.pdf").read_bytes()))


def texts(pdf: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def page_of(pdf: pypdf.PdfReader, words: str) -> int:
    """Return the index of the first page that begins with these words."""
    return next(at for at, text in enumerate(texts(pdf)) if text.startswith(words))


def test_the_book_has_all_its_parts(blog: Path) -> None:
    shutil.rmtree(blog / "out")
    done = made(blog)
    assert [book["artifacts"] for book in done["books"]] == [{"pdf": "books/모음/모음.pdf"}]
    pdf = pdf_of(blog)
    pages = texts(pdf)
    assert pdf.metadata and pdf.metadata.title == "시험 책"
    assert [str(item.title) for item in pdf.outline if not isinstance(item, list)] == [
        "차례", "머리말", "제1장 글 1", "제2장 글 2", "제3장 잇는 글", "제4장 각주 글", "찾아보기"
    ]  # fmt: skip
    assert pages[2] == "시험 책 글 모음 글쓴이 시험 블로그"
    assert "CC BY 4.0" in pages[-1]
    assert "글 4편을" in pages[-1]
    assert any("2026년 3월 3일 · blog.example/link" in page for page in pages)


def test_chapters_open_on_right_hand_pages_and_are_numbered_from_one(blog: Path) -> None:
    made(blog)
    pdf = pdf_of(blog)
    openings = [page_of(pdf, f"제{number}장") for number in range(1, 5)]
    assert all(page % 2 == 0 for page in openings)  # the first page of all is a right-hand one
    labels = pdf.page_labels
    assert labels[openings[0]] == "1"
    assert labels[openings[0] - 1] == "viii"
    assert texts(pdf)[openings[1]].endswith(f" {openings[1] - openings[0] + 1}")
    assert texts(pdf)[page_of(pdf, "머리말")].endswith(" vii")


def test_contents_index_and_links_say_the_pages_that_chapters_are_on(blog: Path) -> None:
    made(blog)
    pdf = pdf_of(blog)
    first = page_of(pdf, "제1장")
    number = {n: page_of(pdf, f"제{n}장") - first + 1 for n in range(1, 5)}
    pages = texts(pdf)
    for line in (f"제2장 글 2 {number[2]}", f"소제목 {number[1]}", f"제3장 잇는 글 {number[3]}"):
        assert line in pages[4]
    assert f"글 1({number[1]}쪽)과 밖과 나를" in pages[page_of(pdf, "제3장")]
    assert f"앞 글({number[3]}쪽)을" in pages[page_of(pdf, "제4장")]
    index = pages[page_of(pdf, "찾아보기")]
    assert f"길잡이 {number[3]}" in index
    assert f"한글 {number[1]}, {number[2]}, {number[3]}" in index
    # two posts have a heading of that name, and the third has the tag
    assert f"소제목 {number[1]}, {number[2]}, {number[3]}" in index


def test_few_tags_have_no_index_and_heads_say_the_chapter(blog: Path) -> None:
    path = blog / "posts" / "2026-03-03-link.md"
    path.write_text(re.sub(r", 셋.*\]", "]", path.read_text("utf-8")), "utf-8")
    long = "\n\n".join(f"문단 {number}: " + "긴 글의 한 문단이다. " * 12 for number in range(40))
    (blog / "posts" / "2026-03-05-long.md").write_text(f"---\ntitle: 긴 글\n---\n{long}\n", "utf-8")
    made(blog)
    pages = texts(pdf_of(blog))
    assert not [page for page in pages if "찾아보기" in page]
    # and a right-hand page says the chapter's number and title at its head
    opening = next(at for at, page in enumerate(pages) if page.startswith("제5장 긴 글 문단 0"))
    number = int(pages[opening].rpartition(" ")[2])
    assert pages[opening + 1].endswith(f" 시험 책 {number + 1}")
    assert pages[opening + 2].endswith(f" 제5장 긴 글 {number + 2}")


def test_a_print_shop_gets_pages_and_a_cover_as_wide_as_they_are_thick(blog: Path) -> None:
    settings = (blog / "site.toml").read_text("utf-8") + 'description = "책 뒤에 적는 말"\n'
    settings += '[book.pdf]\nprofile = "kdp"\npage = "A4"\n'
    (blog / "site.toml").write_text(settings, "utf-8")
    Image.new("RGB", (300, 90), "#246").save(blog / "posts" / "coarse.png")
    path = blog / "posts" / "2026-03-03-link.md"
    path.write_text(path.read_text("utf-8") + "\n![가로로 긴 그림](coarse.png)\n", "utf-8")
    done = made(blog)
    [book] = done["books"]
    assert book["artifacts"]["pdf/cover"] == "books/모음/모음-cover.pdf"
    pdf = pdf_of(blog)
    pages = len(pdf.pages)
    assert texts(pdf)[0] == "시험 책"  # a half title: the cover is a file of its own
    cover = pypdf.PdfReader(blog / "out/books/모음/모음-cover.pdf")
    [sheet] = cover.pages
    wide, high = (float(edge) * 25.4 / 72 for edge in sheet.trimbox[2:])
    assert abs(wide - (2 * 210 + pages * 0.002252 * 25.4)) < 0.1 and abs(high - 297) < 0.1
    assert abs(float(sheet.mediabox.width) * 25.4 / 72 - wide - 2 * 3.175) < 0.1
    assert "책 뒤에 적는 말" in " ".join(sheet.extract_text().split())
    problems = {p["rule"]: p for p in [*done["problems"], *book.get("problems", [])]}
    assert problems["book-shop"]["message"] == (
        f"Kindle Direct Publishing binds books of 24 to 828 pages, and this has {pages}"
    )
    coarse = problems["pdf-resolution"]
    assert "coarse.png` has 96" in coarse["message"]
    assert coarse["path"] == "posts/2026-03-03-link.md"


def test_an_index_of_many_pages_has_all_its_numbers(blog: Path) -> None:
    tags = ", ".join(f"꼬리표{number:03}" for number in range(180))
    (blog / "posts" / "2026-03-05-tags.md").write_text(
        f"---\ntitle: 많은 꼬리표\ntags: [{tags}]\n---\n글.\n", "utf-8"
    )
    made(blog)
    pdf = pdf_of(blog)
    page = page_of(pdf, "제5장") - page_of(pdf, "제1장") + 1
    index = " ".join(texts(pdf)[page_of(pdf, "찾아보기") :])
    assert re.findall(r"꼬리표(\d+) (\d+)", index) == [(f"{n:03}", f"{page}") for n in range(180)]


def test_links_lead_into_the_book_where_they_can(blog: Path) -> None:
    made(blog)
    pdf = pdf_of(blog)
    page: Any = pdf.pages[page_of(pdf, "제3장")]
    actions = [item.get_object() for item in page["/Annots"]]
    outward = [str(item["/A"]["/URI"]) for item in actions if "/URI" in item.get("/A", {})]
    assert [address for address in outward if "link" not in address] == [
        "https://blog.example/%EC%97%86%EB%8A%94-%EA%B8%80/"
    ]
    names = {str(item.get("/Dest") or item["/A"].get("/D")) for item in actions}
    assert {"c1-id-1", "c3-id-2", "c3-fn-1"} <= names  # 소제목, 끝, the note


def test_running_heads_are_the_book_and_the_chapter(blog: Path) -> None:
    long = "\n\n".join(f"## {n}\n\n" + "긴 글의 문단. " * 60 for n in range(12))
    (blog / "posts" / "2026-03-05-long.md").write_text(f"---\ntitle: 긴 글\n---\n{long}", "utf-8")
    made(blog)
    pages = texts(pdf_of(blog))
    opening = next(at for at, page in enumerate(pages) if page.startswith("제5장"))
    # the margins' text comes last: running head, number
    assert pages[opening].endswith(" 9")
    assert not pages[opening].endswith("긴 글 9")
    assert pages[opening + 1].endswith("시험 책 10")
    assert pages[opening + 2].endswith("긴 글 11")


def test_an_epub_of_the_same_parts(blog: Path) -> None:
    shutil.rmtree(blog / "out")
    files = epub_of(blog)
    assert check([blog / "out/books/모음/모음.epub"]) == []
    opf = files["content.opf"]
    assert re.findall(r'idref="([^"]+)"', opf) == [
        "cover-page", "title", "nav", "front-1", "c1", "c2", "c3", "c4", "index", "colophon"
    ]  # fmt: skip
    assert "<dc:rights>CC BY 4.0</dc:rights>" in opf
    assert re.search(r"<dc:identifier[^>]*>urn:uuid:[0-9a-f-]{36}<", opf)
    nav = re.findall(r'<a href="text/([^"]+)">([^<]+)<', files["nav.xhtml"])
    assert nav == [
        ("front-1.xhtml#front-1", "머리말"),
        ("c1.xhtml#c1", "제1장 글 1"),
        ("c1.xhtml#c1-id-1", "소제목"),
        ("c2.xhtml#c2", "제2장 글 2"),
        ("c2.xhtml#c2-id-1", "소제목"),
        ("c3.xhtml#c3", "제3장 잇는 글"),
        ("c3.xhtml#c3-id-1", "소제목"),
        ("c3.xhtml#c3-id-2", "끝"),
        ("c4.xhtml#c4", "제4장 각주 글"),
        ("index.xhtml#tag-index", "찾아보기"),
    ]
    assert '<li>길잡이 <a href="c3.xhtml#c3">제3장</a></li>' in files["text/index.xhtml"]
    assert "<p>이용 조건" not in files["text/c1.xhtml"]
    assert "CC BY 4.0" in files["text/colophon.xhtml"]


def test_links_of_an_epub_name_the_files_of_chapters(blog: Path) -> None:
    files = epub_of(blog)
    assert '<a href="c1.xhtml#c1-id-1"' in files["text/c3.xhtml"]
    assert 'href="c3.xhtml#c3"' in files["text/c4.xhtml"]
    assert 'href="#c3-id-2"' in files["text/c3.xhtml"]
    assert 'href="https://blog.example/%EC%97%86' in files["text/c3.xhtml"]
    assert 'id="c4-fn-1"' in files["text/c4.xhtml"]
    ids = [name for text in files.values() for name in re.findall(r' id="(c\d[^"]*)"', text)]
    assert len([name for name in ids if "-" in name]) == len({n for n in ids if "-" in n})


def test_a_picture_of_two_posts_is_stored_once(blog: Path) -> None:
    Image.new("RGB", (40, 30), "teal").save(blog / "그림.png")
    for name in ("2026-03-03-link.md", "2026-03-04-note.md"):
        with (blog / "posts" / name).open("a", encoding="utf-8") as post:
            post.write("\n![초록 네모](/그림.png)\n")
    epub_of(blog)
    made(blog)
    with zipfile.ZipFile(blog / "out/books/모음/모음.epub") as book:
        assert len([path for path in book.namelist() if path.endswith(".png")]) == 1
    pictures = {
        image.indirect_reference.idnum
        for page in pdf_of(blog).pages
        for image in page.images
        if image.indirect_reference and image.image and image.image.size == (40, 30)
    }
    assert len(pictures) == 1


def test_a_book_without_configuration(blog: Path) -> None:
    shutil.rmtree(blog / "out")
    done = made(blog, "--series", "길")
    assert [book["name"] for book in done["books"]] == ["길"]
    pdf = pdf_of(blog, "길")
    assert page_of(pdf, "잇는 글") < page_of(pdf, "각주 글")  # by series_order, then by date
    assert "글 2편을" in texts(pdf)[-1]


def test_parts_by_category_where_a_post_has_none(tmp_path: Path) -> None:
    """Issue 14: KeyError, and no EPUB; only parts with a name have a number."""
    folder = tmp_path / "blog"
    (folder / "posts").mkdir(parents=True)
    settings = '[[book]]\nname = "모음"\ntitle = "책"\npart_by = "category"\n'
    (folder / "site.toml").write_text(f'author = "나"\n{settings}', "utf-8")
    for day, line in enumerate(("", "category: Korean Linguistics", "", "categories: [여행]"), 1):
        text = f"---\ntitle: 글 {day}\n{line}\n---\n\n본문 {day}.\n\n## 절 {day}\n\n글.\n"
        (folder / f"posts/2026-03-0{day}-{day}.md").write_text(text, "utf-8")
    found = made(folder, "-e", "epub")
    assert [sorted(book["artifacts"]) for book in found["books"]] == [["epub", "pdf"]]
    pdf = pdf_of(folder)
    outline = [str(item.title) for item in pdf.outline if not isinstance(item, list)]
    assert outline == ["차례", "글 1", "글 3", "Korean Linguistics", "여행"]
    openings = [text.rstrip(" 0123456789") for text in texts(pdf) if "부 " in text[:5]]
    assert openings == ["제1부 Korean Linguistics", "제2부 여행"]
    place = folder / "out/books/모음/모음.epub"
    assert check([place]) == []
    with zipfile.ZipFile(place) as book:
        names = [name for name in book.namelist() if "part" in name]
        labels = [re.findall(r"제\d부", book.read(name).decode()) for name in sorted(names)]
        nav = book.read("EPUB/nav.xhtml").decode()
    assert labels == [["제1부"], ["제2부"]]
    assert nav.index("글 3") < nav.index("Korean Linguistics") < nav.index("글 2")
    chosen = hanpan("book", "--category", "Korean Linguistics", "-e", "epub", cwd=folder)
    assert chosen.code == 0, chosen.err


def test_both_referees_of_pdf_find_nothing(blog: Path) -> None:
    made(blog)
    for flavour in ("ua1", "3a"):
        assert failures([blog / "out/books/모음/모음.pdf"], flavour) == {"모음.pdf": []}


def test_only_what_has_changed_is_made_again(blog: Path) -> None:
    made(blog)
    assert made(blog)["steps"] == {"run": 0, "fresh": 5}
    with (blog / "posts" / "2026-03-04-note.md").open("a", encoding="utf-8") as post:
        post.write("\n덧붙인 문단.\n")
    ran = hanpan("book", "-e", "pdf", "--why", cwd=blog)
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "posts/2026-03-04-note.md: document: file:posts/2026-03-04-note.md changed",
        "book:..:모음: pdf: chapter:posts/2026-03-04-note.md changed",
    ]
    assert "덧붙인 문단." in " ".join(texts(pdf_of(blog)))
    (blog / "posts" / "2026-03-01-글-1.md").unlink()
    ran = hanpan("book", "-e", "pdf", "--why", cwd=blog)
    assert "모음: pdf: outline changed" in ran.err
    (blog / "머리말.md").write_text("다른 말.", "utf-8")
    assert "file:머리말.md changed" in hanpan("book", "-e", "pdf", "--why", cwd=blog).err


def test_posts_and_books_leave_each_other_alone(blog: Path) -> None:
    made(blog)
    book = (blog / "out/books/모음/모음.pdf").read_bytes()
    assert hanpan("build", "-e", "html", cwd=blog).code == 0
    assert (blog / "out/books/모음/모음.pdf").read_bytes() == book
    assert made(blog)["steps"]["run"] == 0
    settings = (blog / "site.toml").read_text("utf-8")
    (blog / "site.toml").write_text(settings.replace('name = "모음"', 'name = "둘"'), "utf-8")
    made(blog)
    assert sorted(tree_of(blog / "out")) == sorted(
        [
            "books/둘/둘.pdf",
            "index.html",
            *(p for p in tree_of(blog / "out") if "html" in p and "/" in p),
        ]
    )


@pytest.mark.usefixtures("calendar")
def test_the_same_book_in_another_folder_on_another_day(blog: Path, tmp_path: Path) -> None:
    other = tmp_path / "다른" / "곳"
    shutil.copytree(blog, other, ignore=shutil.ignore_patterns("out"))
    env = {"TZ": "America/New_York", "SOURCE_DATE_EPOCH": "17000000"}
    assert hanpan("book", "--future", cwd=other, env=env).code == 0
    assert tree_of(blog / "out") == tree_of(other / "out")


def test_posts_of_one_name_matter_to_the_books_they_are_in(blog: Path) -> None:
    for ending in ("md", "markdown"):
        text = f"---\ntitle: {ending}\ndate: 2026-03-09\nseries: 둘\n---\n글.\n"
        (blog / "posts" / f"2026-03-09-한-이름.{ending}").write_text(text, "utf-8")
    ran = hanpan("book", "-e", "epub", "--series", "길", cwd=blog)
    assert (ran.code, "한-이름" in ran.err) == (0, False)
    ran = hanpan("book", "-e", "epub", "--series", "둘", cwd=blog)
    assert ran.code == 1 and "have the same name" in ran.err


def test_a_pdf_carries_its_sources_where_asked(blog: Path) -> None:
    with (blog / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write("[book.pdf]\nattach_source = true\n")
    made(blog)
    pdf = blog / "out/books/모음/모음.pdf"
    names = [str(file.name) for file in pdf_of(blog).attachment_list]
    assert len(names) == 5 and "posts/2026-03-03-link.md" in names
    said = hanpan("show", "source", pdf, cwd=blog).out
    assert "앞에 두는 말." in said and 'title: "글 1"' in said and "각주 글의 각주." in said


@pytest.mark.parametrize(
    ("settings", "line", "words"),
    [
        ('[[book]]\nname = "a"\ntitel = "x"\n', 6, "unknown key `book.titel`"),
        ('[[book]]\nname = "a"\n[[book]]\nname = "b"\nisbn = "978-1"\n', 8, "not a valid ISBN"),
        ('[[book]]\ntitle = "a"\n', 4, "a book has no name"),
        ('[[book]]\nname = "a"\nnumbering = "I"\n', 6, "cannot be `I`"),
        ('[[book]]\nname = "a"\nfront = [\n  "없다.md",\n]\n', 7, "`없다.md` does not exist"),
        ('[[book]]\nname = "a"\nposts = ["글-9.md"]\n', 6, "no post matches `글-9.md`"),
        ('[[book]]\nname = "a"\n\n[[book.part]]\ntitle = "1"\ntags = ["무"]\n', 9, "no post has"),
        ('[[book]]\nname = "a"\nsince = 2030-01-01\n', 4, "no post matches all the criteria"),
        ('[[book]]\nname = "a"\n[book.pdf]\npage = "A99"\nqr = 3\n', 8, "must be true or false"),
    ],
)  # fmt: skip
def test_what_site_toml_says_wrong(tmp_path: Path, settings: str, line: int, words: str) -> None:
    blog = make_blog(tmp_path / "blog", posts=1, settings=settings)
    ran: Ran = hanpan("book", cwd=blog)
    assert ran.code == 2
    assert re.match(rf"site\.toml:{line}: error: .*{re.escape(words)}", ran.err), ran.err


def test_a_book_that_there_is_not(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    assert "the site has no books" in hanpan("book", cwd=blog).err
    assert hanpan("book", "--category", "없음", cwd=blog).code == 2
