"""Heads and feet of tables are on paper, whatever their height and that of the rows (issue 14)."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.editions.pdf.test_render import document, files, pdf_of
from tests.support.every_edition import printed

TALL = "<br>".join(f"줄{number}번" for number in range(80))
LINES = [f"줄{number}번" for number in range(80)]


def pages(data: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages
    ]


def table_pages(tmp_path: Path, head: str, row: str, foot: str = "") -> list[str]:
    """Return the text of each page of a post that is a table."""
    foot = f"<tfoot><tr><td>{foot}</td></tr></tfoot>" if foot else ""
    head = f"<thead><tr><th>{head}</th></tr></thead>" if head else ""
    table = f"<table>{head}<tbody><tr><td>{row}</td></tr></tbody>{foot}</table>".replace(
        "br>", "br/>"
    )
    return pages(
        pdf_of(document(tmp_path, f"<p>앞의 글</p>{table}<p>뒤의 글</p>"), files(tmp_path))
    )


def test_a_head_taller_than_a_page(tmp_path: Path) -> None:
    found = " ".join(table_pages(tmp_path, TALL, "몸글"))
    assert [line for line in LINES if found.count(line) != 1] == []
    assert found.index("줄79번") < found.index("몸글") < found.index("뒤의 글")


def test_a_foot_taller_than_a_page(tmp_path: Path) -> None:
    found = " ".join(table_pages(tmp_path, "머리글", "몸글", TALL))
    assert [line for line in LINES if found.count(line) != 1] == []
    assert found.index("몸글") < found.index("줄0번")


def test_a_head_stands_above_each_piece_of_a_row(tmp_path: Path) -> None:
    with_rows = [text for text in table_pages(tmp_path, "머리글", TALL) if "0번" in text]
    assert len(with_rows) > 1
    assert all(text.index("머리글") < text.index("번 ") for text in with_rows)
    assert [line for line in LINES if line not in " ".join(with_rows)] == []


def test_a_head_and_a_row_that_share_no_page(tmp_path: Path) -> None:
    head, row = "<br>".join(LINES[:35]), "<br>".join(LINES[35:])
    found = " ".join(table_pages(tmp_path, head, row))
    assert [line for line in LINES if line not in found] == []


def test_a_head_of_tall_pictures(tmp_path: Path) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (600, 1600), "red").save(picture, "PNG")
    row = "| ![가의 그림](tall.png) | ![나의 그림](tall.png) |\n|---|---|\n"
    _, made = printed(
        tmp_path,
        f"앞\n\n{row}| {'<br>'.join(LINES)} | 나 |\n",
        editions=["pdf"],
        files={"posts/tall.png": picture.getvalue()},
    )
    drawn = [len(page.images) for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages]
    assert sum(drawn) >= 1  # one object, drawn twice
    shown = " ".join(pages(made["글.pdf"]))
    assert [line for line in LINES if line not in shown] == []


@pytest.mark.parametrize(
    "table",
    [
        "<table><thead><tr><th>가글</th><th>나글</th></tr></thead></table>",
        "<table><thead><tr><th>가글</th></tr></thead><tbody></tbody>"
        "<tfoot><tr><td>나글</td></tr></tfoot></table>",
        "<table><tfoot><tr><td>가글</td><td>나글</td></tr></tfoot></table>",
    ],
)
def test_a_head_without_rows_is_a_body(tmp_path: Path, table: str) -> None:
    """ISO 32000-1, table 337: a table with a head has at least one body (7.2-6, 7.2-37)."""
    with pikepdf.open(io.BytesIO(pdf_of(document(tmp_path, table), files(tmp_path)))) as pdf:
        kinds = [
            str(item.S)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]
    assert "/TBody" in kinds
    assert not {"/THead", "/TFoot"} & set(kinds)
