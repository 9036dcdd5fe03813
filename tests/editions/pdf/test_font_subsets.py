"""Fonts are cut down to the glyphs that are drawn, and to the box of those that they lack."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from tests.editions.pdf.test_metrics import style
from tests.editions.pdf.test_render import document, files, pdf_of


def drawn_glyphs(data: bytes, name: str) -> list[int]:
    """Return the numbers of the glyphs that have an outline in a font embedded in a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = (
            item.FontFile2.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and str(item.get("/FontName")).endswith(name)
            if "/FontFile2" in item
        )
    glyphs = TTFont(io.BytesIO(font), lazy=True).getGlyphSet()
    drawn = []
    for number, glyph in enumerate(glyphs):
        pen = RecordingPen()
        glyphs[glyph].draw(pen)
        if pen.value:
            drawn.append(number)
    return drawn


def test_a_letter_that_its_font_lacks_is_a_box_that_can_be_seen(tmp_path: Path) -> None:
    """Glyph 0 keeps its outline where it is drawn, and only there."""
    post = document(tmp_path, "<p>가나다</p>")
    whole = drawn_glyphs(pdf_of(post, files(tmp_path)), "Pretendard")
    assert whole and 0 not in whole
    style(tmp_path, "print", '.post-body p::after { content: "\\10F123" }')
    lacking = drawn_glyphs(pdf_of(post, files(tmp_path)), "Pretendard")
    assert lacking == [0, *whole]
