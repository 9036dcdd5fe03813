"""veraPDF judges PDFs: PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) in the same file.

The sample posts are judged in every run of the tests, others' posts by `make conformance`.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.hanpan import ROOT, built
from tests.verapdf import failures

pikepdf = pytest.importorskip("pikepdf")
FLAVOURS = ("ua1", "3a")
CORPUS = (  # below ../shared/corpus, each for what is hard in it
    "1st-world+1st-world.github.io/_posts/2019-08-08-text-and-typography.md",
    "SeonBab+SeonBab.github.io/_posts/github/2024-04-26-MarkDown-methodofuse.md",
    "eona1301+eona1301.github.io/_posts/Retrospective/2021-01-17-SSAFY.md",
    "Bakcoding+Bakcoding.github.io/_posts/2021-10-30-html-basic-014-font.md",
    "Ahnyezi+ahnyezi.github.io/_posts/maven/2020-12-01-maven-4.md",
    "113bommy+113bommy.github.io/_posts/2023-09-12-Matrix Calculus.md",
    "ddangchani+ddangchani.github.io/content/posts/2022/2022-09-06-Mixture_Model.mdx",
    "BackFoxx+BackFoxx.github.io/_posts/2021-11-27-JavaDateCalender.md",
    "gmlwjd9405+gmlwjd9405.github.io/_posts/2019-01-04-logging-with-slf4j.md",
)


def made(folder: Path, sources: list[Path]) -> list[Path]:
    """Build the PDFs of `sources` by the command line."""
    built(folder, *sources, "--edition", "pdf", "--out", folder, "--offline")
    return sorted(folder.glob("*/*.pdf"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
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
    (printed,) = made(book, [book / "book.md"])
    with pikepdf.open(printed) as pdf:
        assert "/BleedBox" in pdf.pages[0] and pdf.pages[0].BleedBox != pdf.pages[0].TrimBox
    (folder / "plain").mkdir()
    return [*made(folder / "plain", [ROOT / "posts"]), printed]


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
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_verapdf_passes_posts_of_others(tmp_path: Path, flavour: str) -> None:
    sources = [SHARED / "seed", *(SHARED / "corpus" / name for name in CORPUS)]
    found = failures(made(tmp_path, sources), flavour)
    assert {name: said for name, said in found.items() if said} == {} and len(found) >= 10
