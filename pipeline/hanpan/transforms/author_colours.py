"""Authors' own text colours, made readable on light and on dark paper."""

from __future__ import annotations

import re

from lxml import etree

from hanpan.transforms.contrast import Colour, colour, contrast
from hanpan.tree import Element

_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*+([^;!]++)(?:!important\s*+)?(?=;|$)", re.IGNORECASE)
_PAPER = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:", re.IGNORECASE)
PROPERTY = "--said"
_LEAST = 4.5
_GREY = 32  # of 255, between the strongest part and the weakest: less is no colour


def soften_colours(root: Element) -> None:
    """Say an inline `color` as the custom property `--said`, which screen.css mixes with the ink.

    A colour that comes with its own background stays: the author chose the pair.
    """
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        if _COLOUR.search(style) and not _PAPER.search(style):
            said = _COLOUR.sub(lambda found: f"; {PROPERTY}: {found[1].strip()}", style)
            element.set("style", said.lstrip("; "))


def middle_colours(root: Element) -> None:
    """Bring each inline `color` to a lightness that reads on white and on black: a book has themes.

    A colour that comes with its own background stays: the author chose the pair.
    """
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        said = _COLOUR.search(style)
        if not said or _PAPER.search(style):
            continue
        middle = _middle(colour(said[1].strip()))
        mended = _COLOUR.sub(f"; color: {middle}" if middle else "", style).strip("; ")
        if mended:
            element.set("style", mended)
        else:
            del element.attrib["style"]


def _middle(ink: Colour | None) -> str:
    """Return a colour as #rrggbb, mixed with white or black until both contrasts are 4.5.

    WCAG 2.2, 1.4.3: only a relative luminance of about 0.18 has that. "" for greys, which are there
    to be dark on white, and for what is not known.
    """
    if ink is None or max(ink) - min(ink) < _GREY:
        return ""
    white, black = (255, 255, 255), (0, 0, 0)
    end = black if contrast(ink, white) < _LEAST else white
    mixed = ink
    for step in range(401):
        red, green, blue = (round(a + (b - a) * step / 400) for a, b in zip(ink, end, strict=True))
        mixed = (red, green, blue)
        if contrast(mixed, white) >= _LEAST and contrast(mixed, black) >= _LEAST:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)
