"""Authors' own text colours, made readable on light and on dark paper."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.tree import Element

_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*+([^;!]++)(?:!important\s*+)?(?=;|$)", re.IGNORECASE)
_PAPER = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:", re.IGNORECASE)
PROPERTY = "--said"


def soften_colours(root: Element) -> None:
    """Say an inline `color` as the custom property `--said`, which screen.css mixes with the ink.

    A colour that comes with its own background stays: the author chose the pair.
    """
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        if _COLOUR.search(style) and not _PAPER.search(style):
            said = _COLOUR.sub(lambda found: f"; {PROPERTY}: {found[1].strip()}", style)
            element.set("style", said.lstrip("; "))
