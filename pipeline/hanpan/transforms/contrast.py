"""Contrast: CSS colours as numbers, and how well one can be read on another."""

from __future__ import annotations

from functools import lru_cache

Colour = tuple[int, int, int]  # red, green, blue, 0 to 255


@lru_cache(maxsize=256)
def colour(name: str) -> Colour | None:
    """Return red, green and blue, 0 to 255, of a CSS colour; None where it is not known."""
    from PIL import ImageColor  # few posts have colours

    try:
        channels = ImageColor.getrgb(name.strip())
    except ValueError:
        return None
    is_opaque = len(channels) == 3 or channels[-1] == 255
    return (channels[0], channels[1], channels[2]) if is_opaque else None


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(ink: Colour) -> float:
    parts = [value / 255 for value in ink]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
