"""The tags of a PDF's tables: what each header heads, and cells that head nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from tests.editions.pdf.test_render import document, files, pdf_of

TABLE = (
    "<table><thead><tr><th>가</th><th>나</th></tr></thead>"
    "<tbody><tr><th>다</th><td>1</td></tr><tr><td colspan='2'>2</td></tr></tbody></table>"
)


def test_a_header_heads_its_column_or_its_row(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(document(tmp_path, TABLE), files(tmp_path)))) as pdf:
        cells = [
            (str(item.S), str(item.A.get("/Scope", "")))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") in ("/TH", "/TD")
        ]
    assert cells == [
        ("/TH", "/Column"), ("/TH", "/Column"), ("/TH", "/Row"), ("/TD", ""), ("/TD", "")
    ]  # fmt: skip
