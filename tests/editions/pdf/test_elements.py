"""What the tag tree of a PDF says of languages and of pictures that are ornaments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.crosspost.sample import png
from tests.support.every_edition import printed
from tests.support.referees.verapdf import failures

POST = """---
title: 말과 그림
---
우리말 <span lang="en">some English</span> 그리고 <em lang="ja">日本語</em>.

<p lang="en">A paragraph in English.</p>

<img src="/line.png" alt="">

![파란 네모](/line.png)
"""


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    made = printed(tmp_path, POST, editions=("pdf",), files={"line.png": png()})[1]
    return made["글.pdf"]


def elements(item: Any) -> Iterator[Any]:
    """Yield the structure elements below one, in reading order."""
    kids = item.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_a_change_of_language_is_marked(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "ko"
        found = [(str(e.S), str(e.Lang)) for e in elements(pdf.Root.StructTreeRoot) if "/Lang" in e]
    assert found == [("/Span", "en"), ("/NonStruct", "ja"), ("/P", "en")]


def test_a_picture_for_show_is_an_artifact(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        figures = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures][1:] == ["파란 네모"]  # behind the QR code
        drawn = [
            [str(operand) for operand in operation.operands] + [str(operation.operator)]
            for operation in pikepdf.parse_content_stream(pdf.pages[0])
        ]
    pictures = [at for at, operation in enumerate(drawn) if operation[-1] == "Do"]
    opened = [
        next(drawn[i] for i in range(at, 0, -1) if drawn[i][-1] in ("BMC", "BDC"))
        for at in pictures
    ]
    assert [operation[0] for operation in opened] == ["/Artifact", "/Figure"]


def test_both_standards_hold(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "글.pdf"
    path.write_bytes(data)
    assert failures([path], "ua1") == {"글.pdf": []}
    assert failures([path], "3a") == {"글.pdf": []}
