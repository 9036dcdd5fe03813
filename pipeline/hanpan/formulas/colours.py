"""Colours of formulas, in the one form that MathML 3, SVG and PDF are given here."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageColor


@lru_cache(maxsize=64)
def hex_colour(colour: str) -> str:
    """Return a colour of CSS as `#rrggbb`; "" where it is none."""
    try:
        red, green, blue, *_ = ImageColor.getrgb(colour.strip())
    except ValueError:
        return ""
    return f"#{red:02x}{green:02x}{blue:02x}"
