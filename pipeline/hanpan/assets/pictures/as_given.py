"""As given: a picture's own bytes less its metadata, which tell where and by whom it was taken."""

from __future__ import annotations

from PIL import Image

from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.metadata import (
    jpeg_without_metadata,
    png_without_metadata,
    webp_without_metadata,
)
from hanpan.assets.pictures.opening import load, open_picture, orientation
from hanpan.assets.pictures.pixels import is_deep


def animation_as_it_is(image: Image.Image, data: bytes) -> bytes:
    """Return an animation as it is, less its metadata."""
    if image.format == "WEBP":
        return webp_without_metadata(data) or data
    return (png_without_metadata(data) or data) if image.format == "PNG" else data


def as_it_is(image: Image.Image, data: bytes, max_width: int) -> bytes:
    """Return the picture's own bytes less its metadata, or b"" where they will not do."""
    if orientation(image, data) != 1:
        return b""
    if image.width > max_width or image.mode == "CMYK" or is_deep(image):
        return b""
    if image.format == "JPEG":
        return jpeg_without_metadata(data)
    if image.format == "PNG":
        return png_without_metadata(data)
    if image.format == "WEBP" and not image.info.get("icc_profile"):
        return _webp_without_metadata(data)
    return b""


def _webp_without_metadata(data: bytes) -> bytes:
    """Return a WebP less its metadata; b"" where it is damaged, and is no picture without them."""
    clean = webp_without_metadata(data)
    try:
        if clean != data:
            load(open_picture(clean))
    except NotAPicture:
        return b""
    return clean
