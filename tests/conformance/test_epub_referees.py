"""Ace by DAISY judges EPUBs; EPUBCheck does so in every run of the tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.conformance.epub_size import BOUND, measure_all, report
from tests.support.command import ROOT, hanpan
from tests.support.others_posts import CORPUS, SEED, build, posts_of
from tests.support.referees.ace import violations
from tests.support.referees.epubcheck import check

pytestmark = pytest.mark.conformance


def made(folder: Path, *sources: Path) -> list[Path]:
    """Build EPUBs, with the pages of their PDFs; posts of others may have errors."""
    asked: list[str | Path] = ["-e", "pdf", "-e", "epub", "--offline", "--out", folder, *sources]
    ran = hanpan("build", *asked, cwd=folder, timeout=3000, jobs=0)
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
    sizes = measure_all(build(posts_of(ROOT / "posts"), tmp_path, "--edition", "epub"))
    assert len(sizes) >= 3 and max(size.ratio for size in sizes) <= BOUND, report(sizes)


@pytest.mark.corpus
@pytest.mark.slow
def test_books_of_the_corpus_are_hardly_larger_than_pandoc_s(tmp_path: Path) -> None:
    sizes = measure_all(build(posts_of(CORPUS), tmp_path, "--edition", "epub"))
    assert len(sizes) > 150 and max(size.ratio for size in sizes) <= BOUND, report(sizes)
