"""Fonts are cut down to the glyphs that a file uses by the HarfBuzz of a wheel.

What: `Font.subset` is replaced by one that calls uharfbuzz.
Why: WeasyPrint calls the system's HarfBuzz over cffi, in two passes that each take in every glyph
    number up to the last: a tenth of a document's time. The wheel is pinned, so that the bytes are
    the same on every machine; and a system may lack the part of HarfBuzz that cuts fonts.
Upstream: https://github.com/Kozea/WeasyPrint/pull/2713 (closed; uharfbuzz is considered there);
    docs/upstream.md, "A system without HarfBuzz-Subset cuts fonts with fontTools"
Known: WeasyPrint 70.0
Delete when: WeasyPrint cuts fonts with uharfbuzz.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.pdf.fonts:Font.subset",
        "self, to_unicode, hinting",
        "cc193c734e48a5b4",
    ),
)
# What text that is laid out does not need: bitmaps, layout, signatures.
_DROPPED = (*"BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT".split(), "SVG ")
_FLAGS = (
    hb.SubsetFlags.RETAIN_GIDS  # what is drawn names glyphs by their numbers in the whole font
    | hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    | hb.SubsetFlags.DESUBROUTINIZE
)


def install() -> None:
    """Have WeasyPrint cut its fonts down in this way."""
    from weasyprint.pdf.fonts import Font

    Font.subset = _subset_font


def subset(data: bytes, index: int, glyphs: Iterable[int], flags: hb.SubsetFlags) -> bytes:
    """Return a font file with these glyphs only, under their numbers; `index` in a collection.

    Raises RuntimeError where HarfBuzz cannot.
    """
    chosen = hb.SubsetInput()
    chosen.glyph_set.update(glyphs)
    chosen.flags = _FLAGS | flags
    tags = (int.from_bytes(tag.encode("ascii"), "big") for tag in _DROPPED)
    chosen.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(tags)
    return bytes(hb.subset(hb.Face(hb.Blob(data), index), chosen).blob.data)


def _subset_font(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Do what `weasyprint.pdf.fonts.Font.subset` does; a font that cannot be cut stays whole."""
    flags = hb.SubsetFlags.DEFAULT if hinting else hb.SubsetFlags.NO_HINTING
    if font.missing:
        flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    if to_unicode:
        with contextlib.suppress(RuntimeError):
            font.file_content = subset(font.file_content, font.index, to_unicode, flags)
