"""The referees judge books of others' posts: a whole blog, a category, a list by hand."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pypdf
import pytest

from tests.support.command import hanpan
from tests.support.others_posts import CORPUS, HARD, posts_of
from tests.support.referees.ace import violations
from tests.support.referees.epubcheck import check
from tests.support.referees.verapdf import failures

pytestmark = [pytest.mark.conformance, pytest.mark.corpus, pytest.mark.slow]
SITE = """
title = "말뭉치"
url = "https://corpus.example"
[[book]]
name = "blog"
title = "이백 편"
part_by = "year"
numbering = "제1장"
[[book]]
name = "category"
categories = ["Layout"]
numbering = "1"
[[book]]
name = "list"
posts = {posts}
[book.pdf]
profile = "press"
typeface = "serif"
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one site of the corpus, and three books of it; return the folder of books."""
    folder = tmp_path_factory.mktemp("corpus")
    for post in posts_of(CORPUS):
        blog = post.relative_to(CORPUS).parts[0]
        (folder / "posts" / blog).mkdir(parents=True, exist_ok=True)
        shutil.copy(post, folder / "posts" / blog / post.name)
        for name in ("assets", "images", "static"):
            if (CORPUS / blog / name).is_dir():
                shutil.copytree(CORPUS / blog / name, folder / name, dirs_exist_ok=True)
    listed = [path.relative_to(CORPUS) for path in HARD]
    paths = [f"posts/{path.parts[0]}/{path.name}" for path in listed]
    settings = SITE.format(posts=json.dumps(paths, ensure_ascii=False))
    (folder / "site.toml").write_text(settings, "utf-8")
    ran = hanpan("book", "--offline", cwd=folder, timeout=3000, jobs=0)
    assert "Traceback" not in ran.err and ran.code == 0, ran.err[-2000:]
    return folder / "out" / "books"


def test_epubs_pass(books: Path) -> None:
    found = sorted(books.glob("*/*.epub"))
    assert [path.stem for path in found] == ["blog", "category", "list"]
    assert check(found) == []
    assert violations(found, seconds=1200) == []


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_pdfs_pass(books: Path, flavour: str) -> None:
    assert failures(sorted(books.glob("*/*.pdf")), flavour) == {
        "blog.pdf": [], "category.pdf": [], "list.pdf": []
    }  # fmt: skip


def test_the_contents_of_a_long_book_are_true(books: Path) -> None:
    pdf = pypdf.PdfReader(io.BytesIO((books / "blog" / "blog.pdf").read_bytes()))
    labels = pdf.page_labels
    texts = [" ".join(page.extract_text().split()) for page in pdf.pages]
    first = labels.index("1")
    said = " ".join(texts[:first])
    openings: dict[int, int] = {}  # of a chapter, by its number: which page, from 0
    for at, text in enumerate(texts[first:], first):
        if found := re.match(r"제(\d+)장 ", text):
            openings.setdefault(int(found[1]), at)
    assert len(openings) > 200
    assert all(at % 2 == 0 for at in openings.values())  # on right-hand pages
    for number, at in openings.items():
        behind = said.partition(f"제{number}장 ")[2]
        assert re.match(rf".*? {labels[at]}(?: |$)", behind), number
