"""Authors' own text colours, made readable on light and on dark paper."""

from __future__ import annotations

import re

from lxml import etree

from hanpan.assets.colours import BLACK, WHITE, Colour, as_hex, contrast, mix, parse_colour
from hanpan.tree import Element

_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*+([^;!]++)(?:!important\s*+)?(?=;|$)", re.IGNORECASE)
_PAPER = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:", re.IGNORECASE)
PROPERTY = "--said"
_LEAST = 4.5
_STEPS = 400  # from a colour to white or black
_GREY = 32  # of 255, between the strongest part and the weakest: less is no colour


def soften_colours(root: Element) -> None:
    """Say an inline `color` as the custom property `--said`, which screen.css mixes with the ink.

    A colour that comes with its own background stays: the author chose the pair.
    """
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        if _COLOUR.search(style) and not _PAPER.search(style):
            softened = _COLOUR.sub(lambda match: f"; {PROPERTY}: {match[1].strip()}", style)
            element.set("style", softened.lstrip("; "))


def middle_colours(root: Element) -> None:
    """Bring each inline `color` to a lightness that reads on white and on black: a book has themes.

    A colour that comes with its own background stays: the author chose the pair.
    """
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        match = _COLOUR.search(style)
        if not match or _PAPER.search(style):
            continue
        middle = _middle(parse_colour(match[1].strip()))
        readable = _COLOUR.sub(f"; color: {middle}" if middle else "", style).strip("; ")
        if readable:
            element.set("style", readable)
        else:
            del element.attrib["style"]


def _middle(ink: Colour | None) -> str:
    """Return a colour as #rrggbb, mixed with white or black until both contrasts are 4.5.

    WCAG 2.2, 1.4.3: only a relative luminance of about 0.18 has that. "" for greys, which are there
    to be dark on white, and for what is not known.
    """
    if ink is None or max(ink) - min(ink) < _GREY:
        return ""
    end = BLACK if contrast(ink, WHITE) < _LEAST else WHITE
    mixed = ink
    for step in range(_STEPS + 1):
        mixed = mix(ink, end, step, _STEPS)
        if contrast(mixed, WHITE) >= _LEAST and contrast(mixed, BLACK) >= _LEAST:
            break
    return as_hex(mixed)
