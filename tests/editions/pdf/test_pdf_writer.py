"""The file of a PDF: its objects are packed together, and equal documents give equal bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from tests.editions.pdf.test_render import document, files, pdf_of


def test_what_is_no_stream_is_packed_in_one(tmp_path: Path) -> None:
    data = pdf_of(document(tmp_path), files(tmp_path))
    assert data.startswith(b"%PDF-1.7\n")
    assert data.count(b"/Type/ObjStm/") == data.count(b"/Type/XRef/") == 1
    assert b"/StructElem" not in data  # thousands of them: the most of a file that is not packed
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert sum(item.get("/Type") == "/StructElem" for item in pdf.objects
                   if isinstance(item, pikepdf.Dictionary)) > 100  # fmt: skip
    assert pdf_of(document(tmp_path), files(tmp_path)) == data
