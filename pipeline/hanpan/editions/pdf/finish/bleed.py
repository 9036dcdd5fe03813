"""Where the press cuts: the bleed box of each page (ISO 32000-1, 14.11.2).

WeasyPrint takes all around the page for bleed, at most 10 points of it; here marks are there too.
"""

from __future__ import annotations

from typing import Any

from hanpan.editions.pdf.page import BLEED

_POINTS = BLEED * 72 / 25.4


def set_bleed(pdf: Any) -> None:
    """Set how far the bleed goes on each page of a pydyf.PDF that has room around it."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page":
            trim = item["TrimBox"]
            if list(trim) != list(item["MediaBox"]):
                left, top, right, bottom = trim
                box = (left - _POINTS, top - _POINTS, right + _POINTS, bottom + _POINTS)
                item["BleedBox"] = pydyf.Array(box)
