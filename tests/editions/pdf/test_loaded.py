"""What PDFs of one process share: a stylesheet that fell out of those kept is parsed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.site import Pdf
from tests.editions.pdf.test_render import document, files, pdf_of


def test_pages_of_more_sizes_than_stylesheets_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanpan.editions.pdf.loaded._SHEETS", 2)
    post = document(tmp_path, "<p>글</p>")

    def printed(width: int) -> bytes:
        return pdf_of(post, files(tmp_path, Pdf(page=f"{width}mm 200mm", qr=False)))

    widths = range(140, 144)
    first = [printed(width) for width in widths]
    assert len(set(first)) == len(widths)
    assert printed(widths[0]) == first[0]
