"""The size that an author gave a picture, in the form in which a platform takes it."""

from __future__ import annotations

import re

from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_COLUMN = 650  # CSS pixels, of WordPress's and Zenn's text: what a share of the width is of
_SHARE = re.compile(r"(?:\A|;)\s*(?:max-)?width\s*:\s*(\d+(?:\.\d+)?)%")


def given_size(img: Element, lowering: Lowering) -> tuple[int, int] | None:
    """Return the width and height that an author chose, in CSS pixels; None for its own size.

    `img` is one whose address is public already.
    """
    source = img.get("src") or ""
    picture = next(
        (p for p in lowering.pictures.values() if source in (p.url, p.placeholder)), None
    )
    if picture is None or not picture.width or picture.source == "drawn":
        return None
    share = min([100.0, *map(float, _SHARE.findall(img.get("style") or ""))])
    if 0 < share < 100:
        width = round(_COLUMN * share / 100)
    elif (img.get("width") or "").isdigit() and int(img.get("width") or "") != picture.width:
        width = int(img.get("width") or "")
        if (img.get("height") or "").isdigit():
            return width, int(img.get("height") or "")
    else:
        return None
    return width, max(1, round(width * picture.height / picture.width))
