"""PNG in a PDF: its packed pixels go in as they are, instead of being unpacked and packed again.

PDF's Flate filter with a PNG predictor is what PNG does (ISO 32000-1, 7.4.4.4), for pictures that
are neither interlaced nor have a palette or transparency.
"""

from __future__ import annotations

import hashlib
import io
import struct
from functools import cache
from typing import Any

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS = 0, 2  # PNG's colour types without palette and alpha


def packed_pixels(data: bytes) -> bytes:
    """Return the packed pixels of a PNG, or b"" where PDF would not understand them."""
    if not data.startswith(_SIGNATURE):
        return b""
    pixels: list[bytes] = []
    at = len(_SIGNATURE)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR":
            depth, colours, _, _, interlaced = data[at + 16 : at + 21]
            if depth != 8 or colours not in (_GREY, _COLOURS) or interlaced:
                return b""
        elif kind == b"tRNS":
            return b""
        elif kind == b"IDAT":
            pixels.append(data[at + 8 : at + 8 + size])
        at += size + 12
    return b"".join(pixels)


def raster(address: str, data: bytes, images: dict[str, Any], resolution: int) -> Any:
    """Return the picture at `address` as WeasyPrint takes it; `images` is its cache.

    `resolution` is in dots per inch. Raises OSError where Pillow cannot open the picture.
    """
    from weasyprint import DEFAULT_OPTIONS

    options = {**DEFAULT_OPTIONS, "dpi": resolution}
    name = hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()
    with Image.open(io.BytesIO(data)) as opened:
        return _kind()(opened, name, data, None, images, "none", options)


@cache
def _kind() -> type:
    from weasyprint.images import RasterImage

    class PackedImage(RasterImage):  # type: ignore[misc]
        """A picture that packs its pixels only where they are not packed already."""

        def _get_png_data(self, pillow_image: Image.Image) -> bytes:
            is_whole = pillow_image.size == (self.width, self.height)
            own = packed_pixels(self.image_data.data) if is_whole else b""
            if own and self.mode in ("L", "RGB"):
                return own
            packed: bytes = super()._get_png_data(pillow_image)
            return packed

    return PackedImage
