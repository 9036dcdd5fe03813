"""`make docs`: hanpan makes a site and books of its own documentation, without a problem."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import html

from hanpan import tree
from tests.support.command import ROOT, hanpan
from tests.support.site_links import broken_links

pytestmark = pytest.mark.endurance
TARGET = re.search(r"^docs:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
PAGES = re.search(
    r"^DOCS_OF_THE_ROOT := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
)


def run(line: str, out: Path, *more: str) -> None:
    assert PAGES
    typed = line.partition("$(HANPAN) ")[2].replace("$(DOCS_OF_THE_ROOT)", PAGES[1])
    words = [str(out) if word == "out/docs" else word for word in typed.split()]
    ended = hanpan(*words, "--strict", "--offline", *more, cwd=ROOT)
    assert ended.code == 0, ended.err


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert TARGET
    folder = tmp_path_factory.mktemp("docs") / "out"
    books, site = TARGET[1].splitlines()
    run(books, folder, "--edition", "epub")
    run(site, folder)
    return folder


def test_the_site_has_both_languages_and_no_broken_link(out: Path) -> None:
    site = out / "site"
    assert broken_links(site) == []
    page = html.fromstring((site / "ko-settings/index.html").read_bytes())
    assert page.get("lang") == "ko"
    assert [link.get("href") for link in page.iterfind(".//a[@hreflang='en']")] != []
    names = {path.stem for path in (ROOT / "docs/ko").glob("*.md")}
    assert all((site / f"ko-{name}/index.html").is_file() for name in names)
    titles = [tree.text_of(one) for one in page.iterfind(".//h1")]
    assert len(titles) == 1  # the heading of the file is the title, and stands once


@pytest.mark.parametrize("name", ["hanpan-docs", "hanpan-docs-ko"])
def test_the_books_have_every_page_for_users(out: Path, name: str) -> None:
    folder = ROOT / "docs" / "ko"
    with zipfile.ZipFile(out / "books" / name / f"{name}.epub") as book:
        contents = book.read("EPUB/nav.xhtml").decode()
    source = folder if name.endswith("-ko") else folder.parent
    for page in folder.glob("*.md"):
        title = (source / page.name).read_text("utf-8").partition("\n")[0].removeprefix("# ")
        assert title.replace("&", "&amp;") in contents, page.name
