"""Colours: read, written, mixed and compared (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from functools import lru_cache

Colour = tuple[int, int, int]  # red, green and blue, 0 to 255
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)


@lru_cache(maxsize=256)
def parse_colour(text: str) -> Colour | None:
    """Return a CSS colour that hides what is behind it; None where it is not known."""
    from PIL import ImageColor  # few posts have colours

    try:
        parts = ImageColor.getrgb(text.strip())
    except ValueError:
        return None
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 or parts[-1] == 255 else None


def as_hex(colour: Colour) -> str:
    """Return a colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def mix(one: Colour, other: Colour, part: float, whole: float = 1) -> Colour:
    """Return `one` with `part` of `whole` of `other` in it."""
    red, green, blue = (round(a + (b - a) * part / whole) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
