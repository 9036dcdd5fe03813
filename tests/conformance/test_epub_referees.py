"""Ace by DAISY judges EPUBs; EPUBCheck does so in every run of the tests."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pypandoc
import pytest

from tests.ace import violations
from tests.epubcheck import check
from tests.hanpan import ROOT, hanpan
from tests.others_posts import CORPUS, SEED, posts_of

pytestmark = pytest.mark.conformance


def made(folder: Path, *sources: Path) -> list[Path]:
    """Build the EPUBs of `sources` by the command line; posts of others may have errors."""
    ran = hanpan("build", "-e", "epub", "--offline", "--out", folder, *sources, cwd=folder)
    assert "Traceback" not in ran.err
    return sorted(folder.glob("*/*.epub"))


def test_ace_passes_the_samples(tmp_path: Path) -> None:
    found = made(tmp_path, ROOT / "posts")
    assert len(found) >= 3
    assert violations(found) == []


def test_ace_sees_what_is_missing(tmp_path: Path) -> None:
    good = next(path for path in made(tmp_path, ROOT / "posts") if path.stem == "long-read")
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(good) as book, zipfile.ZipFile(bad, "w") as worse:
        for name in book.namelist():
            data = book.read(name).replace(b"schema:accessMode", b"schema:genre")
            worse.writestr(name, data.replace(b' alt="', b' title="'))
    said = " ".join(violations([bad]))
    assert "metadata-accessmode" in said and "image-alt" in said


@pytest.mark.corpus
@pytest.mark.slow
def test_books_of_the_corpus_pass(tmp_path: Path) -> None:
    found = made(tmp_path, *posts_of(SEED), *posts_of(CORPUS))
    assert len(found) > 200
    assert check(found) == []
    assert violations(found) == []


def test_a_book_is_hardly_larger_than_pandoc_s(tmp_path: Path) -> None:
    for book in made(tmp_path, ROOT / "posts"):
        with zipfile.ZipFile(book) as opened:
            fonts = [i.compress_size for i in opened.infolist() if "/fonts/" in i.filename]
            theirs = pandoc_s(opened, tmp_path / "pandoc" / book.stem)
        assert book.stat().st_size - sum(fonts) <= 1.1 * theirs, book.name


def pandoc_s(book: zipfile.ZipFile, folder: Path) -> int:
    """Return the size of the EPUB that pandoc makes of the same text, pictures and cover."""
    folder.mkdir(parents=True)
    for name in book.namelist():
        if "/images/" in name:
            (folder / Path(name).name).write_bytes(book.read(name))
    pages = sorted(n for n in book.namelist() if re.search(r"/post(-\d+)?\.xhtml$", n))
    text = "".join(re.findall(r"(?s)<body[^>]*>(.*)</body>", book.read(n).decode())[0]
                   for n in pages)  # fmt: skip
    text += "".join(f'<img src="{picture.name}"/>' for picture in folder.glob("formula-*"))
    (folder / "post.html").write_text(text.replace("../images/", ""), "utf-8")
    command = [pypandoc.get_pandoc_path(), "post.html", "-f", "html", "-t", "epub3"]
    command += ["--metadata", "title=글", "--epub-cover-image", "cover.jpg", "-o", "post.epub"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "post.epub").stat().st_size
