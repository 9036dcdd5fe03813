"""Figures of the structure tree: what a reader who does not see them is told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from hanpan.document import Document
from hanpan.site import Pdf
from tests.editions.pdf.test_render import document, files, pdf_of

FORMULA = (
    '<math display="inline"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{}>{}<path d="M0 0h9v9z"/></svg>'
)


def structure(opened: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of a PDF's structure tree in reading order."""

    def below(element: Any) -> Iterator[Any]:
        if "/S" in element:
            yield element
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                yield from below(kid)

    yield from below(opened.Root.StructTreeRoot)


def alternatives(post: Document, root: Path, *, qr: bool = False) -> list[str | None]:
    """Return the alternative text of each figure of a post's PDF, in reading order."""
    with pikepdf.open(io.BytesIO(pdf_of(post, files(root, Pdf(qr=qr))))) as opened:
        figures = [element for element in structure(opened) if str(element.S) == "/Figure"]
        return [str(one.Alt) if "/Alt" in one else None for one in figures]


def test_each_figure_has_the_words_of_its_author(tmp_path: Path) -> None:
    body = (
        '<p><img src="asset:PICTURE" alt="붉은 네모"/></p>'
        f"<p>식 {FORMULA}은 네모꼴.</p>"
        '<p>글 안의 <img src="asset:PICTURE" alt="같은 그림, &quot;다른&quot; 말"/> 그림</p>'
        "<table><tr><td>칸</td><td><img src='asset:PICTURE' alt='칸의 그림'/></td></tr></table>"
        "<figure><img src='asset:PICTURE' alt='설명'/><figcaption>그림 1</figcaption></figure>"
    )
    assert alternatives(document(tmp_path, body), tmp_path) == [
        "붉은 네모",
        "x^2",
        '같은 그림, "다른" 말',
        "칸의 그림",
        "설명",
    ]


@pytest.mark.parametrize(
    ("attributes", "inner", "words"),
    [
        (' aria-label="이름표"', "<title>제목</title>", "이름표"),
        ("", "<title>그림의\n제목</title>", "그림의 제목"),
        ("", "", "그림"),
    ],
)
def test_a_drawing_within_the_text_is_a_figure_with_its_name(
    tmp_path: Path, attributes: str, inner: str, words: str
) -> None:
    body = f"<p>{DRAWING.format(attributes, inner)}</p>"
    assert alternatives(document(tmp_path, body), tmp_path) == [words]


def test_a_picture_without_words_is_called_a_picture(tmp_path: Path) -> None:
    body = '<p><img src="asset:PICTURE" alt=" "/></p><p><img src="asset:PICTURE"/></p>'
    post = document(tmp_path, body)
    assert alternatives(post, tmp_path) == ["그림", "그림"]
    english = replace(post, meta=replace(post.meta, lang="en"))
    assert alternatives(english, tmp_path) == ["picture", "picture"]


def test_what_only_adorns_is_no_figure(tmp_path: Path) -> None:
    body = '<p>글<img src="asset:PICTURE" alt="" role="presentation"/></p>'
    assert alternatives(document(tmp_path, body), tmp_path) == []


def test_the_teaser_and_the_code_of_the_address_say_what_they_are(tmp_path: Path) -> None:
    post = document(tmp_path, "<p>글</p>")
    post = replace(post, teaser=post.assets[0].id)
    assert alternatives(post, tmp_path, qr=True) == [
        "이 글의 주소를 담은 QR 코드",
        f"{post.meta.title} 대표 그림",
    ]
