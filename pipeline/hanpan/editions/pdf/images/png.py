"""PNG in a PDF: its packed pixels go in as they are, instead of being unpacked and packed again.

PDF's Flate filter with a PNG predictor is what PNG does (ISO 32000-1, 7.4.4.4), and a palette is an
Indexed colour space (8.6.6.3): so for all that is neither interlaced nor transparent.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS, _PALETTE = 0, 2, 3  # PNG's colour types without alpha
_CHANNELS = {_GREY: 1, _COLOURS: 3, _PALETTE: 1}
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB"}
_POINTS = 72  # in an inch


@dataclass(frozen=True, slots=True)
class PackedPixels:
    """The pixels of a PNG as they lie in it; `palette` is RGB, and empty where there is none."""

    data: bytes
    width: int
    height: int
    channels: int
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
    if not (pixels and width and height) or (colours == _PALETTE and not palette):
        return None
    return PackedPixels(b"".join(pixels), width, height, _CHANNELS[colours], depth, palette)


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
    name = hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()
    if packed := packed_pixels(data):
        return PackedImage(name, packed, data, images, resolution)
    return _raster_image(name, data, images, resolution)


def _raster_image(name: str, data: bytes, images: dict[str, Any], resolution: int) -> Any:
    """Return a picture as WeasyPrint itself would make it."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.images import RasterImage

    options = {**DEFAULT_OPTIONS, "dpi": resolution}
    with Image.open(io.BytesIO(data)) as opened:
        if opened.mode == "P" and "transparency" not in opened.info:
            return RasterImage(opened.convert("RGB"), name, None, None, images, "none", options)
        return RasterImage(opened, name, data, None, images, "none", options)


@dataclass(frozen=True, slots=True)
class PackedImage:
    """A picture with the methods of WeasyPrint's RasterImage; its pixels stay packed."""

    id: str
    packed: PackedPixels
    data: bytes
    images: dict[str, Any]  # WeasyPrint's cache
    resolution: int  # dots per inch at most

    def get_intrinsic_size(self, resolution: float, _font_size: object) -> tuple[float, ...]:
        """Return width, height and their ratio, in pixels."""
        width, height = self.packed.width, self.packed.height
        return width / resolution, height / resolution, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Draw into a page's stream, with no more pixels than paper shows."""
        across, down = abs(width * stream.ctm[0][0]), abs(height * stream.ctm[1][1])  # points
        if not across or not down:
            return
        dpi = max(self.packed.width / across, self.packed.height / down) * _POINTS
        ratio = self.resolution / dpi if dpi > self.resolution else 1
        name = stream.add_image(self, False, ratio)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:
        """Return the picture as an object of the PDF."""
        import pydyf

        if dpi_ratio != 1:
            fewer = _raster_image(self.id, self.data, self.images, self.resolution)
            return fewer.get_x_object(interpolate, dpi_ratio)
        packed = self.packed
        entries = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": packed.width,
            "Height": packed.height,
            "ColorSpace": _SPACES.get(packed.channels),
            "BitsPerComponent": packed.depth,
            "Filter": "/FlateDecode",
        }
        parameters = {"Predictor": 15, "Columns": packed.width}
        if packed.palette:
            last, colours = len(packed.palette) // 3 - 1, packed.palette.hex().encode()
            entries["ColorSpace"] = b"[/Indexed /DeviceRGB %d <%s>]" % (last, colours)
            parameters["BitsPerComponent"] = packed.depth
        elif packed.channels != 1:
            parameters["Colors"] = packed.channels
        entries["DecodeParms"] = pydyf.Dictionary(parameters)
        return pydyf.Stream([packed.data], pydyf.Dictionary(entries))
