"""Edges: whether a picture would run out into white paper, as a screenshot of a page does."""

from __future__ import annotations

from PIL import Image

from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.opening import load, open_picture
from hanpan.assets.pictures.pixels import has_alpha
from hanpan.assets.result_cache import get_or_make
from hanpan.files import sha256

_LIGHT, _WHITE = 232, 252  # of 255
_MOSTLY, _WHOLLY = 0.6, 0.995  # of the pixels of an edge
_SIDES = 3  # of four that must be light
_DEPTH = 2  # pixels of an edge that are looked at
_LEAST = 80  # pixels of a side: less is a sign
_DRAFT = 8  # a JPEG is read at an eighth, which is much faster


def has_light_edges(data: bytes) -> bool:
    """Tell whether most edges of a raster picture are light, and something shows where they are.

    One whose edges are all white, as a chart's are, stands on paper as it is, and so does one with
    an alpha channel. False as well for what is no raster picture.
    """
    return get_or_make(f"edges {sha256(data)}", lambda: _has_light_edges(data))


def _has_light_edges(data: bytes) -> bool:
    try:
        image = open_picture(data)
        if image.format == "JPEG":
            image.draft("L", (max(1, image.width // _DRAFT), max(1, image.height // _DRAFT)))
            least = _LEAST // _DRAFT
        else:
            least = _LEAST
        load(image)
    except NotAPicture:
        return False
    width, height = image.size
    if min(width, height) < least or has_alpha(image):
        return False
    sides = (
        (0, 0, width, _DEPTH),
        (0, height - _DEPTH, width, height),
        (0, 0, _DEPTH, height),
        (width - _DEPTH, 0, width, height),
    )
    shares = [_light_shares(image.crop(side)) for side in sides]
    is_light = sum(light >= _MOSTLY for light, _ in shares) >= _SIDES
    return is_light and any(white < _WHOLLY for _, white in shares)


def _light_shares(edge: Image.Image) -> tuple[float, float]:
    """Return which share of an edge's pixels is light, and which is white."""
    counts = edge.convert("RGB").convert("L").histogram()
    total = max(1, sum(counts))
    return sum(counts[_LIGHT:]) / total, sum(counts[_WHITE:]) / total
