"""Sizes that a site's own stylesheet gives: text is broken and tables are sized for them."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from hanpan.editions.pdf.metrics import BOOK, POST, read_metrics
from hanpan.editions.pdf.page import printed_page
from hanpan.files import packaged_layouts
from hanpan.site import Pdf
from tests.editions.pdf.test_render import PROSE, document, files, pdf_of

TITLE = "종이 위의 어절을 줄 끝에서 갈라지지 않게 하는 한글 조판의 여러 방법"


def style(root: Path, name: str, rules: str) -> None:
    """Give a site our stylesheet with more rules."""
    own = root / f"layouts/styles/{name}.css"
    own.parent.mkdir(parents=True, exist_ok=True)
    ours = (packaged_layouts() / f"styles/{name}.css").read_text("utf-8")
    own.write_text(f"{ours}\n{rules}\n", "utf-8")


def rows_of(data: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Return the rows of text on a page from the top: text, left edge, size in points."""
    rows: dict[float, list[tuple[float, str, float]]] = defaultdict(list)

    def visit(text: str, outer: Any, inner: Any, _font: Any, size: float) -> None:
        if text.strip():
            x = inner[4] * outer[0] + outer[4]
            y = inner[5] * outer[3] + outer[5]
            scale = abs(inner[3] * outer[3])
            rows[round(y, 1)].append((x, text.strip("\n"), size * scale))

    pypdf.PdfReader(io.BytesIO(data)).pages[page].extract_text(visitor_text=visit)
    return [
        ("".join(text for _, text, _ in pieces), pieces[0][0], pieces[0][2])
        for _, pieces in sorted(rows.items(), reverse=True)
    ]


def rows_with(data: bytes, letters: str) -> list[tuple[str, float, float]]:
    """Return the rows of the first page that have none but these letters."""
    return [row for row in rows_of(data) if set(row[0].strip()) <= set(letters)]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("print", ".post-body .highlight pre { font-size: 1.1em }"),
        ("print", ".post-body .highlight code { font-size: 15px }"),
        (
            "code",
            ":root { --big: 1.4 } .highlight pre { font-size: calc(var(--big) * 1em) !important }",
        ),
    ],
)
def test_a_long_line_of_code_hangs_in_the_type_that_the_site_gives_it(
    tmp_path: Path, name: str, rules: str
) -> None:
    code = f"<pre><code>{'x' * 80}\n{'y' * 9}\n</code></pre>"
    (whole,) = rows_with(pdf_of(document(tmp_path, code), files(tmp_path)), "x")
    assert len(whole[0]) == 80
    style(tmp_path, name, rules)
    first, *others = rows_with(pdf_of(document(tmp_path, code), files(tmp_path)), "x")
    assert sum(len(row[0]) for row in (first, *others)) == 80 and others
    hang = 4 * 0.5 * first[2]  # columns of half an em
    assert all(row[1] - first[1] == pytest.approx(hang, abs=0.5) for row in others)


def title_rows(root: Path) -> list[tuple[str, float, float]]:
    """Return the rows of a long title."""
    post = document(root, "<p>글</p>")
    data = pdf_of(replace(post, meta=replace(post.meta, title=TITLE)), files(root))
    size = max(row[2] for row in rows_of(data))
    return [row for row in rows_of(data) if row[2] == size]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("print", ".title-block h1 { font-size: 3em }"),
        ("print", "h1.title { font-size: 42pt !important }"),
        ("tokens", ":root { --tracking-tight: .35em }"),
    ],
)
def test_a_title_is_broken_evenly_in_the_type_that_the_site_gives_it(
    tmp_path: Path, name: str, rules: str
) -> None:
    ours = title_rows(tmp_path)
    style(tmp_path, name, rules)
    theirs = title_rows(tmp_path)
    assert len(theirs) > len(ours) > 1
    for rows in (ours, theirs):
        lengths = [len(text.replace(" ", "")) for text, _, _ in rows]
        assert min(lengths) > max(lengths) * 0.6, lengths  # none is what another had no room for


def test_a_table_gets_smaller_where_the_site_s_type_is_too_large_for_it(tmp_path: Path) -> None:
    word = "조선왕조실록편찬"
    body = f"<table><tr>{f'<td>{word}</td>' * 4}</tr></table>"
    (plain,) = rows_with(pdf_of(document(tmp_path, body), files(tmp_path)), f"{word} ")
    style(tmp_path, "print", ".post-body table { font-size: 2.2em }")
    rows = rows_with(pdf_of(document(tmp_path, body), files(tmp_path)), f"{word} ")
    assert plain[0].count(word) == 4 and [row[0].count(word) for row in rows] == [4]  # none is cut
    assert plain[2] < rows[0][2] < 2 * plain[2]


def test_cells_with_more_padding_leave_a_table_less_room(tmp_path: Path) -> None:
    word = "조선왕조실록편찬"
    body = f"<table><tr>{f'<td>{word}</td>' * 4}</tr></table>"
    (plain,) = rows_with(pdf_of(document(tmp_path, body), files(tmp_path)), f"{word} ")
    style(tmp_path, "print", ".post-body td { padding: 1em 2.4em !important }")
    (row,) = rows_with(pdf_of(document(tmp_path, body), files(tmp_path)), f"{word} ")
    assert row[0].count(word) == 4 and row[2] < plain[2]


def test_a_larger_body_leaves_lines_that_are_not_justified(tmp_path: Path) -> None:
    body = f"<p>{PROSE * 4}</p>"

    def spread(data: bytes) -> bool:
        """Tell whether blanks are wider than their font has them."""
        with pikepdf.open(io.BytesIO(data)) as opened:
            shown = [
                item
                for command in pikepdf.parse_content_stream(opened.pages[0])
                if str(command.operator) == "TJ"
                for item in list(command.operands[0])
            ]
        return any(not isinstance(item, pikepdf.String) and float(item) < -20 for item in shown)

    justified = pdf_of(document(tmp_path, body), files(tmp_path))
    style(tmp_path, "print", ":root { font-size: 18pt }")
    ragged = pdf_of(document(tmp_path, body), files(tmp_path))
    sizes = {round(row[2], 1) for row in rows_of(ragged)}
    assert 18.0 in sizes and spread(justified) and not spread(ragged)


@pytest.mark.parametrize(("share", "stays"), [(60, True), (20, False)])
def test_a_note_above_the_room_that_the_site_gives_to_notes_stands_at_the_end(
    tmp_path: Path, share: int, stays: bool
) -> None:
    note = f'<li id="fn-1"><p>각주의 글. {PROSE * 4}</p></li>'
    mark = '<sup><a id="fnref-1" href="#fn-1" class="footnote-ref">1</a></sup>'
    notes = f'<section class="footnotes"><ol>{note}</ol></section>'
    body = f"<p>글{mark}</p><p>{PROSE * 12}</p><p>{PROSE * 12}</p><p>{PROSE * 12}</p>{notes}"
    style(tmp_path, "print", f"@page {{ @footnote {{ max-height: {share}% }} }}")
    text = pypdf.PdfReader(io.BytesIO(pdf_of(document(tmp_path, body), files(tmp_path)))).pages
    assert ("각주의 글" in text[0].extract_text()) == stays


def test_what_no_text_can_have_is_no_error(tmp_path: Path) -> None:
    css = "h1, pre, table, pdf-note { font-size: 0; line-height: normal; padding: 10% }"
    metrics = read_metrics(css, files(tmp_path))
    assert metrics.title("title", is_long=True).size > 0
    assert metrics.note_lines(printed_page(Pdf())) > 0 and metrics.notes == 1


def test_titles_of_books_have_sizes_of_their_own(tmp_path: Path) -> None:
    css = ".book h1.matter-title { font-size: 1.3em } .book h1.long { font-size: 1.1em }"
    book = read_metrics(css, files(tmp_path), BOOK)
    names = ("chapter-title", "matter-title", "book-title")
    assert [book.title(name, is_long=False).size for name in names] == [2.0, 1.3, 1.0]
    assert book.title("chapter-title", is_long=True).size == 1.1
    assert read_metrics(css, files(tmp_path), POST).title("title", is_long=True).size == 2.0
