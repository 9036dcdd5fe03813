"""The width that a style gives a picture."""

from __future__ import annotations

import re

# what is no number (`1.2.3px`) and what is no width (`max-width`) is left out
_WIDTH = re.compile(r"(?:\A|;)\s*width\s*:\s*(\d+(?:\.\d+)?|\.\d+)(px|%)(?![\w.])", re.IGNORECASE)


def given_width(style: str) -> tuple[float, str] | None:
    """Return the width that holds of a style, with its unit: px, or % of the text's width."""
    widths = _WIDTH.findall(style)
    if not widths or float(widths[-1][0]) == 0:
        return None
    return float(widths[-1][0]), widths[-1][1].lower()
