"""Characters that no font has: told with file and line, shown as code points, on every page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from hanpan.editions import concerns
from hanpan.files import Files
from tests.support.every_edition import pdf_text, printed
from tests.support.reading import read_post

PLACES = {
    "title": ("---\ntitle: 글 X\n---\n글", 2, 1),
    "category": ("---\ntitle: 글\ncategories: [가, X]\n---\n글", 3, 1),
    "tag": ("---\ntitle: 글\ntags: [X]\n---\n글", 3, 1),
    "author": ("---\ntitle: 글\nauthor: X\n---\n글", 3, 1),
    "text": ("글\n\n가 X나", 6, 1),
    "code": ("글 `X`\n\n```text\nX\n```", 4, 2),
    "table": ("| 가 |\n| --- |\n| X |", 6, 1),
    "note": ("글[^1]\n\n[^1]: X", 6, 1),
    "outline": ("## X\n\n## 나\n\n## 다", 4, 1),
    "drawing": ("글\n\n<svg viewBox='0 0 99 9'><text y='9'>X</text></svg>", 6, 1),
    "picture's words": ("글\n\n![가](/a.svg)", 2, 1),
    "diagram": ("```mermaid\ngraph LR\nA[가 X] --> B\n```", 6, 1),
    "formula": ("글\n\n$x = \\text{X}$", 6, 0),  # drawn as outlines
}
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 9'>\n"
    "<text y='9'>\U00012000</text></svg>"
)


@pytest.mark.parametrize("name", PLACES)
def test_it_is_told_and_shown(tmp_path: Path, name: str) -> None:
    markdown, line, times = PLACES[name]
    markdown = markdown.replace("X", "\U00012000")
    reading, made = printed(
        tmp_path, markdown, editions=("pdf",), files={"a.svg": DRAWING.encode()}
    )
    (told,) = [problem for problem in reading.problems if problem.rule == "glyph-missing"]
    path = "a.svg" if name == "picture's words" else "posts/2026-03-01-글.md"
    assert (told.path, told.line, told.severity) == (path, line, "warning")
    assert "U+12000" in told.message
    reader = pypdf.PdfReader(io.BytesIO(made["글.pdf"]))
    said = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert said.count("[U+12000]") == times
    assert "\U00012000" not in said and "\x00" not in said and "\ufffd" not in said


def test_what_the_maths_font_has_is_no_matter(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n$\\mathfrak{g} \\approx \\aleph_0 가$\n")
    assert [problem for problem in reading.problems if problem.rule == "glyph-missing"] == []


def test_a_picture_s_alternative_text_keeps_the_character(tmp_path: Path) -> None:
    _, made = printed(
        tmp_path, "![가 \U00012000](/a.svg)", editions=("pdf",), files={"a.svg": DRAWING.encode()}
    )
    import pikepdf

    with pikepdf.open(io.BytesIO(made["글.pdf"])) as pdf:
        alts = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert "가 \U00012000" in alts


def test_where_fonts_of_ours_are_absent_the_remedy_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Files.layout_path

    def stripped(files: Files, name: str) -> Path:
        if "noto-sans-sc" in name or "noto-scripts" in name:
            raise FileNotFoundError(name)
        return found(files, name)

    monkeypatch.setattr(Files, "layout_path", stripped)
    reading, made = printed(tmp_path, "글 们们 ไทย", editions=("pdf", "html", "epub"))
    told = [problem for problem in reading.problems if problem.rule == "glyph-missing"]
    assert [problem.message.partition(":")[0] for problem in told] == [
        "no font has 2 characters of CJK",
        "no font has 3 characters (3 different) of THAI",
    ]
    assert all("git checkout -- layouts/fonts" in problem.remedy for problem in told)
    assert "[U+4EEC][U+4EEC]" in pdf_text(made["글.pdf"])


def test_only_editions_that_embed_fonts_are_concerned(tmp_path: Path) -> None:
    reading = read_post(tmp_path, "글 \U00012000")
    (problem,) = [problem for problem in reading.problems if problem.rule == "glyph-missing"]
    assert concerns(problem, ("pdf",)) and concerns(problem, ("html", "crosspost"))
    assert not concerns(problem, ("crosspost",))
