"""Real posts of other people's blogs, through all editions: nothing lost, nothing invalid.

They lie in ../shared, which is not part of the repository; nothing of them is kept here.
"""

from __future__ import annotations

import difflib
import io
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont

from tests.conftest import SHARED
from tests.epubcheck import check
from tests.golden_text import words_of
from tests.hanpan import EDITIONS, hanpan

pytestmark = pytest.mark.corpus
SEED = SHARED / "seed"
CORPUS = SHARED / "corpus"
SAMPLE = (  # parts of paths: each stands for a habit of its own
    "2021-11-27-JavaDateCalender.md",
    "2025-03-11-Algorithm_Understanding_Time_Complexity",
    "2024-04-26-MarkDown-methodofuse.md",
    "2022-09-06-Mixture_Model.mdx",
    "2018-06-29-Markdown.md",
    "2020-01-07-iclr2020 paper preview.markdown",
    "2017-09-04-how-jekyll-github-works.md",
    "how-to-support-multi-language-on-jekyll-blog-with-polyglot-1.md",
    "2021-10-30-html-basic-014-font.md",
    "2019-08-08-text-and-typography.md",
    "2020-12-01-maven-4.md",
    "2023-09-12-Matrix Calculus.md",
)
FOUND = 0.995  # of the words of all bodies, in their order


def posts_of(folder: Path) -> list[Path]:
    """Return the posts below a folder; of those with one name, which would clash, the last."""
    found = (path for path in folder.rglob("*") if path.suffix in (".md", ".mdx", ".markdown"))
    return sorted({path.name: path for path in sorted(found)}.values())


def sample() -> list[Path]:
    found = [path for path in posts_of(CORPUS) if any(part in str(path) for part in SAMPLE)]
    assert len(found) == len(SAMPLE)
    return [*posts_of(SEED), *found]


def judge(posts: list[Path], folder: Path) -> list[str]:
    """Build posts without a network; return everything that a reader could complain of."""
    out = folder / "out"
    ran = hanpan("build", "--offline", "--out", out, *posts, cwd=folder, timeout=3000)
    assert "Traceback" not in ran.err
    summary = json.loads((out / "build.json").read_text("utf-8"))
    named = {str(path.resolve()) for path in posts}
    entries = [e for e in summary["posts"] if str((folder / e["source"]).resolve()) in named]
    assert len(entries) == len(posts)
    bad = [f"{e['slug']}: {p['message']}" for e in entries for p in e["problems"] if
           p["severity"] == "error"]  # fmt: skip
    documents = [json.loads(path.read_text("utf-8")) for path in out.glob(".hanpan/documents/*")]
    by_slug = {document["slug"]: document for document in documents}
    total = missing = 0
    for entry in entries:
        built = {name.partition("/")[0] for name in entry["artifacts"]}
        bad += [f"{entry['slug']}: no {edition}" for edition in set(EDITIONS) - built]
        if "pdf" in built:
            reader = pypdf.PdfReader(out / entry["artifacts"]["pdf"])
            words = spoken(words_of(by_slug[entry["slug"]], formulas=False))
            words = [word.translate(signs(entry["problems"])) for word in words]
            lost = lost_words(words, reader)
            total, missing = total + len(words), missing + len(lost)
            if len(lost) > 0.02 * len(words) + 5:
                bad.append(f"{entry['slug']}: not in its PDF: {' '.join(lost[:20])}")
            bad += [f"{entry['slug']}: .notdef on page {page}" for page in empty_boxes(reader)]
    if missing > (1 - FOUND) * total:
        bad.append(f"{missing} of {total} words are not found in the PDFs")
    epubs = [out / entry["artifacts"]["epub"] for entry in entries if "epub" in entry["artifacts"]]
    return bad + [str(message) for message in check(epubs)]


def signs(problems: list[dict[str, Any]]) -> dict[int, str]:
    """Return what stands for the characters of which the author is told that no font has them."""
    told = [p["message"] for p in problems if p["rule"] == "glyph-missing"]
    return {
        int(code, 16): f"[U+{code}]"
        for text in told
        for code in re.findall(r"U\+([0-9A-F]+)", text)
    }


def spoken(words: list[str]) -> list[str]:
    """Return words as pypdf reads them: joined emoji fall apart."""
    return re.sub("[\u200b-\u200d\u2060\ufe0e\ufe0f\u00ad]", "", " ".join(words)).split()


def lost_words(words: list[str], reader: pypdf.PdfReader) -> list[str]:
    """Return the words that a PDF does not have in their order, however it breaks its lines."""
    text = " ".join(page.extract_text() for page in reader.pages)
    found = spoken([text])
    matcher = difflib.SequenceMatcher(None, words, found, autojunk=False)
    lost = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            there = "".join(found[first:last])
            place = 0
            for word in words[start:end]:
                at = there.find(word, place)
                if at < 0:
                    lost.append(word)
                else:
                    place = at + len(word)
    return lost


def empty_boxes(reader: pypdf.PdfReader) -> list[int]:
    """Return the pages that show a glyph which its font has not: readers see an empty box."""
    return [
        number
        for number, page in enumerate(reader.pages, 1)
        if any(not 0 < glyph < count for glyph, count in shown_glyphs(page))
    ]


def shown_glyphs(page: pypdf.PageObject) -> Iterator[tuple[int, int]]:
    """Yield each glyph that a page shows, with the number of glyphs that its font has.

    WeasyPrint writes glyphs as two bytes (Identity-H), and a missing one as a number past the end.
    """
    resources: Any = page["/Resources"]
    contents: Any = page.get_contents()
    count = 0
    for operands, operator in [] if contents is None else contents.operations:
        if operator == b"Tf":
            count = glyph_count(resources["/Font"][operands[0]])
        if operator in (b"Tj", b"TJ") and count:
            for piece in operands[0] if operator == b"TJ" else operands:
                if isinstance(piece, str | bytes):
                    data: Any = getattr(piece, "original_bytes", piece)
                    yield from ((g, count) for (g,) in struct.iter_unpack(">H", data))


def glyph_count(font: Any) -> int:
    """Return how many glyphs an embedded TrueType font has; 0 for another kind of font."""
    font = font.get_object()
    if "/DescendantFonts" not in font:
        return 0
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    file = descriptor.get("/FontFile2")
    return TTFont(io.BytesIO(file.get_data()), lazy=True)["maxp"].numGlyphs if file else 0


def test_the_seed_and_a_sample_of_the_corpus_come_out_whole(tmp_path: Path) -> None:
    assert judge(sample(), tmp_path) == []


def test_an_empty_box_would_be_noticed() -> None:
    """What finds nothing must be able to find something: no font has a private character."""
    import weasyprint  # slow to load

    for text, pages in (("가나다", []), ("가나다 \U0010fffd", [1])):
        data = weasyprint.HTML(string=f"<p>{text}").write_pdf()
        assert empty_boxes(pypdf.PdfReader(io.BytesIO(data))) == pages


@pytest.mark.conformance
def test_the_whole_corpus_comes_out_whole(tmp_path: Path) -> None:
    assert judge([*posts_of(SEED), *posts_of(CORPUS)], tmp_path) == []
