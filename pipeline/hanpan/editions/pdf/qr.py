"""The QR code of a post's address, for readers who hold the paper."""

from __future__ import annotations

import segno

from hanpan.editions.pdf.engine import Picture
from hanpan.media_types import SVG

_QUIET = 2  # modules around it; the paper is white beyond
_OVERLAP = 0.04  # of a module: rows that only touch are drawn with a hair between them


def qr_code(address: str) -> Picture | None:
    """Return the QR code (ISO/IEC 18004) of an address; None where it is too long for one."""
    try:
        # one mask for all: to find the best of eight takes five times as long
        code = segno.make(address, error="m", micro=False, mask=3)
    except segno.DataOverflowError:
        return None
    bars = []
    for y, row in enumerate(code.matrix):
        x = 0
        for run in bytes(row).replace(b"\0", b" ").split(b" "):
            if run:
                bars.append(f'<rect x="{x}" y="{y}" width="{len(run)}" height="{1 + _OVERLAP}"/>')
            x += len(run) + 1
    size = len(code.matrix) + 2 * _QUIET
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET} {-_QUIET} {size} {size}"'
    return Picture(f"{head}>{''.join(bars)}</svg>".encode(), SVG)
