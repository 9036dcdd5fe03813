"""The size that an author gave a picture, in the form in which a platform takes it."""

from __future__ import annotations

import re

from hanpan.assets.pictures.given_width import given_width
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
    style = img.get("style") or ""
    share = min([100.0, *map(float, _SHARE.findall(style))])
    height: int | None = None
    if 0 < share < 100:
        width = round(_COLUMN * share / 100)
    else:
        sizes = sizes_of(img)
        if sizes.get("width", picture.width) == picture.width:
            return None
        width, height = sizes["width"], sizes.get("height")
    if height is None:
        height = max(1, round(width * picture.height / picture.width))
    return width, height


def sizes_of(img: Element) -> dict[str, int]:
    """Return the width and height that an element says, in CSS pixels; a style comes first."""
    length, unit = given_width(img.get("style") or "") or (0.0, "")
    if unit == "px":
        return {"width": max(1, round(length))}
    texts = {name: img.get(name) or "" for name in ("width", "height")}
    return {name: int(value) for name, value in texts.items() if value.isdigit()}
