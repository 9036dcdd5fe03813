"""Fonts of a PDF: cut down to the glyphs that it uses.

WeasyPrint 70 does so with the system's HarfBuzz over cffi, in two passes that each take in every
glyph number up to the last: a tenth of a document's time. This does it with the HarfBuzz of a
pinned wheel, whose version, and so whose bytes, are the same on every machine.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb

# What text that is laid out does not need: bitmaps, layout, signatures.
_DROPPED = (*"BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT".split(), "SVG ")
_FLAGS = (
    hb.SubsetFlags.RETAIN_GIDS  # what is drawn names glyphs by their numbers in the whole font
    | hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    | hb.SubsetFlags.DESUBROUTINIZE
)


def use_for_subsets() -> None:
    """Have WeasyPrint cut its fonts down in this way. Call it once WeasyPrint is loaded."""
    from weasyprint.pdf.fonts import Font

    Font.subset = _cut_down


def subset(data: bytes, index: int, glyphs: Iterable[int], flags: hb.SubsetFlags) -> bytes:
    """Return a font file with these glyphs only, under their numbers; `index` in a collection.

    Raises RuntimeError where HarfBuzz cannot.
    """
    chosen = hb.SubsetInput()
    chosen.glyph_set.update(glyphs)
    chosen.flags = _FLAGS | flags
    tags = (int.from_bytes(tag.encode("ascii"), "big") for tag in _DROPPED)
    chosen.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(tags)
    made = hb.subset(hb.Face(hb.Blob(data), index), chosen)
    return bytes(made.blob.data)


def _cut_down(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Do what `weasyprint.pdf.fonts.Font.subset` does; a font that cannot be cut stays whole."""
    flags = hb.SubsetFlags.DEFAULT if hinting else hb.SubsetFlags.NO_HINTING
    if font.missing:
        flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    if to_unicode:
        with contextlib.suppress(RuntimeError):
            font.file_content = subset(font.file_content, font.index, to_unicode, flags)
