"""What Pango says of a text before it is set: how wide its letters are, and where lines may end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from hanpan.transforms.print.joiners import JOINER

_WIDTH = 1  # which of the 32-bit numbers of a PangoGlyphInfo is the glyph's width
_PIECE = 4000  # letters that are measured at a time: Pango's own work grows faster than a text


def letter_widths(text: str, style: Any, context: Any) -> list[float]:
    """Return the width of each letter of a text in px; none for those drawn with the one before.

    Joiners have none: lines are set without them.
    """
    widths: list[float] = []
    for piece in _pieces(text):
        widths += _widths(piece, style, context)
    return widths


def line_ends(text: str, lang: str) -> list[int]:
    """Return the letters before which a line may end, as Pango has it (UAX #14)."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    attributes = get_log_attrs(text, lang)
    asked = ffi.new("PangoLogAttr[]", 1)
    size = len(ffi.buffer(asked)) // 4
    asked[0].is_line_break = 1
    bits = memoryview(ffi.buffer(asked)).cast("I")[0]
    flags = memoryview(ffi.buffer(attributes)).cast("I")[::size]
    return [at for at in range(1, len(text)) if flags[at] & bits]


def _pieces(text: str) -> Iterator[str]:
    """Yield a long text in pieces that end with a blank, or else where the length is reached."""
    while len(text) > _PIECE:
        end = text.rfind(" ", 0, _PIECE) + 1 or _PIECE
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _widths(text: str, style: Any, context: Any) -> list[float]:
    from weasyprint.text.ffi import FROM_UNITS, ffi
    from weasyprint.text.line_break import create_layout

    widths = [0.0] * len(text)
    shown = text.replace(JOINER, "")
    if not shown:
        return widths
    places = [at for at, letter in enumerate(text) if letter != JOINER]
    if not shown.isascii():
        offsets = accumulate((len(letter.encode()) for letter in shown[:-1]), initial=0)
        by_byte = dict(zip(offsets, places, strict=True))
    else:
        by_byte = dict(enumerate(places))
    layout = create_layout(shown, style, context, None, 0)
    line, _ = layout.get_first_line()
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        numbers = memoryview(ffi.buffer(glyphs.glyphs[0:count])).cast("i")
        step = len(numbers) // count if count else 1
        clusters = ffi.unpack(glyphs.log_clusters, count)
        for cluster, width in zip(clusters, numbers[_WIDTH::step], strict=True):
            widths[by_byte[item.offset + cluster]] += width * FROM_UNITS
        run = run.next
    layout.deactivate()
    return widths
