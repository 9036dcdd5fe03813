"""PNG in a PDF: its packed pixels go in as they are, instead of being unpacked and packed again.

PDF's Flate filter with a PNG predictor is what PNG does (ISO 32000-1, 7.4.4.4), and a palette is an
Indexed colour space (8.6.6.3): so for all that is neither interlaced nor transparent.
"""

from __future__ import annotations

import hashlib
import io
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS, _PALETTE = 0, 2, 3  # PNG's colour types without alpha


@dataclass(frozen=True, slots=True)
class PackedPixels:
    """The pixels of a PNG as they lie in it; `palette` is RGB, and empty where there is none."""

    data: bytes
    width: int
    height: int
    depth: int  # bits of a channel, or of a place in the palette
    palette: bytes


def packed_pixels(data: bytes) -> PackedPixels | None:
    """Return the packed pixels of a PNG; None where PDF would not understand them."""
    if not data.startswith(_SIGNATURE):
        return None
    pixels: list[bytes] = []
    width = height = depth = colours = 0
    palette = b""
    for kind, chunk in _chunks(data):
        if kind == b"IHDR":
            width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
            is_plain = depth == 8 if colours in (_GREY, _COLOURS) else colours == _PALETTE
            if not is_plain or interlaced:
                return None
        elif kind == b"tRNS":
            return None
        elif kind == b"PLTE" and colours == _PALETTE:
            palette = chunk
        elif kind == b"IDAT":
            pixels.append(chunk)
    if colours == _PALETTE and not palette:
        return None
    return PackedPixels(b"".join(pixels), width, height, depth, palette)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG: kind and content."""
    at = len(_SIGNATURE)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + size]
        at += size + 12


def raster(address: str, data: bytes, images: dict[str, Any], resolution: int) -> Any:
    """Return the picture at `address` as WeasyPrint takes it; `images` is its cache.

    `resolution` is in dots per inch. Raises OSError where Pillow cannot open the picture.
    """
    from weasyprint import DEFAULT_OPTIONS

    options = {**DEFAULT_OPTIONS, "dpi": resolution}
    name = hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()
    packed = packed_pixels(data)
    if packed and packed.palette:
        return _kinds()[1](packed, name, data, images, options)
    with Image.open(io.BytesIO(data)) as opened:
        return _kinds()[0](opened, name, data, None, images, "none", options)


@cache
def _kinds() -> tuple[type, type]:
    """Return the two kinds of pictures that we add to WeasyPrint's."""
    import pydyf
    from weasyprint.images import RasterImage

    class PackedImage(RasterImage):  # type: ignore[misc]
        """A picture that packs its pixels only where they are not packed already."""

        def _get_png_data(self, pillow_image: Image.Image) -> bytes:
            is_whole = pillow_image.size == (self.width, self.height)
            own = packed_pixels(self.image_data.data) if is_whole else None
            if own and self.mode in ("L", "RGB"):
                return own.data
            packed: bytes = super()._get_png_data(pillow_image)
            return packed

    class PaletteImage(RasterImage):  # type: ignore[misc]
        """A picture whose pixels are places in a palette, which WeasyPrint would write out."""

        def __init__(
            self, packed: PackedPixels, name: str, data: bytes, images: Any, options: Any
        ) -> None:
            self.id, self._cache, self._dpi = name, images, options["dpi"]
            self.packed, self.data, self.options = packed, data, options
            self.width, self.height = packed.width, packed.height
            self.ratio = packed.width / packed.height if packed.height else math.inf

        def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
            if dpi_ratio != 1:
                whole = Image.open(io.BytesIO(self.data)).convert("RGB")
                place = (self.id, None, None, self._cache, "none", self.options)
                return RasterImage(whole, *place).get_x_object(interpolate, dpi_ratio)
            packed = self.packed
            last, colours = len(packed.palette) // 3 - 1, packed.palette.hex().encode()
            said = {
                "Type": "/XObject",
                "Subtype": "/Image",
                "Width": packed.width,
                "Height": packed.height,
                "ColorSpace": b"[/Indexed /DeviceRGB %d <%s>]" % (last, colours),
                "BitsPerComponent": packed.depth,
                "Filter": "/FlateDecode",
                "DecodeParms": pydyf.Dictionary(
                    {
                        "Predictor": 15,
                        "Columns": packed.width,
                        "BitsPerComponent": packed.depth,
                    }
                ),
            }
            stream = self.cache_image_data(packed.data, slot="stream")
            return pydyf.Stream([stream], pydyf.Dictionary(said))

    return PackedImage, PaletteImage
