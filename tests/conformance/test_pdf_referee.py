"""veraPDF judges PDFs: PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) in the same file.

The sample posts are judged in every run of the tests, others' posts by `make conformance`.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from tests.support.command import ROOT, edition_of
from tests.support.others_posts import entries
from tests.support.referees.verapdf import failures

pikepdf = pytest.importorskip("pikepdf")
FLAVOURS = ("ua1", "3a")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, samples_built: Path) -> list[Path]:
    """Return the PDFs of the sample posts, and of one as a press and a book want it."""
    folder = tmp_path_factory.mktemp("samples")
    book = folder / "book"
    shutil.copytree(ROOT / "assets", book / "assets")
    settings = (
        'page = "신국판"',
        'profile = "press"',
        'typeface = "serif"',
        'paragraphs = "indent"',
    )
    (book / "site.toml").write_text("\n".join(("[pdf]", *settings)), "utf-8")
    (book / "book.md").write_bytes((ROOT / "posts" / "2026-10-16-eojeol.md").read_bytes())
    (printed,) = edition_of(book / "out", [book / "book.md"], "pdf")
    with pikepdf.open(printed) as pdf:
        assert "/BleedBox" in pdf.pages[0] and pdf.pages[0].BleedBox != pdf.pages[0].TrimBox
    return [*sorted(samples_built.rglob("*.pdf")), printed]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_verapdf_passes_the_samples_and_can_fail(
    samples: list[Path], flavour: str, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(samples[0].read_bytes())) as broken:
        for annotation in broken.pages[0].Annots:
            annotation.F = 2  # hidden on paper: PDF/A forbids it
        for element in broken.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                del element["/Alt"]  # PDF/UA asks for it
        broken.save(tmp_path / "broken.pdf")
    found = failures([*samples, tmp_path / "broken.pdf"], flavour)
    assert found.pop("broken.pdf") != []
    assert {name: said for name, said in found.items() if said} == {}
    assert len(found) == len(samples) >= 4


@pytest.mark.conformance
@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_verapdf_passes_posts_of_others(corpus_built: Path, flavour: str) -> None:
    made = sorted(corpus_built.glob("*/*.pdf"))
    found = failures(made, flavour)
    assert {name: said for name, said in found.items() if said} == {}
    assert len(found) == len(entries(corpus_built))
