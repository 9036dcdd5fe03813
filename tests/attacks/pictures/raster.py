"""Hostile raster pictures: small files that cost much to decode, lie about themselves, or go on."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

K, M = 1_000, 1_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PASSES = (  # of Adam7: where each begins and how far its pixels are apart
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zeros(size: int) -> bytes:
    """Return zlib data that inflates to `size` zeros: one packed block, as often as needed."""
    block = zlib.compressobj(9, wbits=-15)
    packed = block.compress(bytes(1 << 20)) + block.flush(zlib.Z_FULL_FLUSH)
    rest = zlib.compressobj(9, wbits=-15)
    last = rest.compress(bytes(size % (1 << 20))) + rest.flush()
    checksum = struct.pack(">I", size % 65_521 << 16 | 1)  # Adler-32 of zeros
    return b"\x78\xda" + packed * (size >> 20) + last + checksum


def _header(width: int, height: int, depth: int, colour: int, interlace: int = 0) -> bytes:
    values = (width, height, depth, colour, 0, 0, interlace)
    return _SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", *values))


def png(width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """Return a black PNG of any size, a thousandth of its pixels long."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = 1 + (width * channels * depth + 7) // 8
    palette = chunk(b"PLTE", b"\0\0\0\xff\xff\xff") if colour == 3 else b""
    body = chunk(b"IDAT", zeros(row * height)) + chunk(b"IEND", b"")
    return _header(width, height, depth, colour) + b"".join(extra) + palette + body


def interlaced(width: int, height: int) -> bytes:
    """Return an Adam7 PNG of zeros."""
    size = 0
    for x, y, across, down in _PASSES:
        wide, high = max(0, -(-(width - x) // across)), max(0, -(-(height - y) // down))
        size += (wide + 1) * high if wide else 0
    head = _header(width, height, 8, 0, interlace=1)
    return head + chunk(b"IDAT", zeros(size)) + chunk(b"IEND", b"")


def apng(frames: int, width: int, height: int) -> bytes:
    """Return an animated PNG of many whole frames."""
    body = zeros((width + 1) * height)
    parts = [_header(width, height, 8, 0), chunk(b"acTL", struct.pack(">II", frames, 0))]
    number = 0
    for frame in range(frames):
        control = struct.pack(">IIIIIHHBB", number, width, height, 0, 0, 1, 10, 1, 1)
        parts.append(chunk(b"fcTL", control))
        number += 1
        if not frame:
            parts.append(chunk(b"IDAT", body))
            continue
        parts.append(chunk(b"fdAT", struct.pack(">I", number) + body))
        number += 1
    return b"".join([*parts, chunk(b"IEND", b"")])


def gif(frames: int, width: int, height: int, *, whole: bool = False) -> bytes:
    """Return a GIF whose frames are one pixel of a large canvas, or (`whole`) all of it."""
    size = struct.pack("<HHBBB", width, height, 0x80, 0, 0)
    head = b"GIF89a" + size + b"\0\0\0\xff\xff\xff"
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    control = b"\x21\xf9\x04" + struct.pack("<BHB", 0b1000, 1, 0) + b"\0"  # restore background
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    if whole:
        out = io.BytesIO()
        Image.new("P", (width, height)).save(out, "GIF")
        frame = out.getvalue()[out.getvalue().index(b"\x2c") : -1]
    return head + loop + (control + frame) * frames + b"\x3b"


def encoded(width: int, height: int, kind: str, **options: object) -> bytes:
    """Return a white picture in a format of Pillow's."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind, **options)
    return out.getvalue()


def webp(frames: int, width: int, height: int) -> bytes:
    """Return an animated WebP whose frames are two pixels wide on a large canvas."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "WEBP", lossless=True)

    def short(number: int) -> bytes:
        return struct.pack("<I", number)[:3]

    def riff(tag: bytes, data: bytes) -> bytes:
        return tag + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    canvas = riff(b"VP8X", b"\x02\0\0\0" + short(width - 1) + short(height - 1))
    place = short(0) + short(0) + short(1) + short(1) + short(10) + b"\x02"
    frame = riff(b"ANMF", place + out.getvalue()[12:])
    data = b"WEBP" + canvas + riff(b"ANIM", bytes(6)) + frame * frames
    return b"RIFF" + struct.pack("<I", len(data)) + data


def bmp(width: int, height: int) -> bytes:
    """Return the head of a BMP that claims to be large."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 12, 0, 0, 54) + head + bytes(12)


def _directory(width: int, height: int, compression: int, following: int) -> bytes:
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression),
        (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 64),
    ]  # fmt: skip
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return struct.pack("<H", len(tags)) + body + struct.pack("<I", following)


def tiff(width: int, height: int, compression: int = 1) -> bytes:
    """Return a TIFF whose head lies."""
    return b"II*\0" + struct.pack("<I", 80) + bytes(72) + _directory(width, height, compression, 0)


def tiff_of_pages(pages: int) -> bytes:
    """Return a TIFF with very many directories, of which the last leads to the first."""
    size = len(_directory(2, 2, 1, 0))
    body = b"".join(_directory(2, 2, 1, 16 + size * ((page + 1) % pages)) for page in range(pages))
    return b"II*\0" + struct.pack("<I", 16) + b"\xff" * 8 + body


_TEXT = b"a\0\0"  # a key, and how what follows is packed
_LYING = png(9, 9)[:16] + b"\x7f\xff\xff\xff" * 2 + png(9, 9)[24:]
PICTURES: dict[str, Callable[[], bytes]] = {  # by file name
    "strip.png": lambda: png(49 * M, 1),
    "pole.png": lambda: png(1, 49 * M),
    "two-rows.png": lambda: png(24 * M, 2, colour=6),
    "tall.png": lambda: png(1200, 20_000, colour=2),
    "wide.png": lambda: png(20_000, 1200, colour=2),
    "very-wide.png": lambda: png(60_000, 700),
    "webp-limit.png": lambda: png(16_384, 900, colour=6),
    "large.png": lambda: png(7000, 7100, colour=2),
    "sixteen-bits.png": lambda: png(7000, 7000, depth=16),
    "one-bit.png": lambda: png(7000, 7000, depth=1, colour=3),
    "interlaced.png": lambda: interlaced(7000, 7000),
    "frames.png": lambda: apng(10_000, 300, 300),
    "large-frames.png": lambda: apng(200, 7000, 7000),
    "text.png": lambda: png(9, 9, chunk(b"zTXt", _TEXT + zeros(900 * M))),
    "texts.png": lambda: png(9, 9, *[chunk(b"zTXt", _TEXT + zeros(900 * K))] * 5000),
    "unicode.png": lambda: png(9, 9, chunk(b"iTXt", b"a\0\1\0\0\0" + zeros(900 * M))),
    "profile.png": lambda: png(9, 9, chunk(b"iCCP", _TEXT + zeros(900 * M))),
    "chunks.png": lambda: png(9, 9, *[chunk(b"tEXt", b"a\0b")] * 400_000),
    "lying.png": lambda: _LYING,
    "no-end.png": lambda: png(9, 9)[:-12] + chunk(b"IDAT", b"") * 100_000,
    "pixels.gif": lambda: gif(10_000, 6000, 6000),
    "frames.gif": lambda: gif(60, 7000, 7000, whole=True),
    "no-end.gif": lambda: b"GIF89a\xff\xff\xff\xff\0\0\0" + b"\x21\xfe\x01a\0" * 200_000,
    "frames.webp": lambda: webp(10_000, 7000, 7000),
    "canvas.webp": lambda: b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + b"\xff" * 6,
    "large.bmp": lambda: bmp(7000, 7000),
    "lying.bmp": lambda: bmp(2**31 - 1, 2**31 - 1),
    "negative.bmp": lambda: bmp(-7000, -(2**31)),
    "large.tif": lambda: tiff(7000, 7000),
    "lying.tif": lambda: tiff(2**32 - 1, 2**32 - 1),
    "lzw.tif": lambda: tiff(7000, 7000, compression=5),
    "pages.tif": lambda: tiff_of_pages(30_000),
    "lying.avif": lambda: (
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0\0\0\x40meta" + b"\xff" * 200
    ),
    "lying.ico": lambda: b"\0\0\1\0\xff\xff" + b"\xff" * 9999,
    "page.png": lambda: b"<html><script>alert(1)</script></html>",
    "program.png": lambda: b"\x7fELF" + bytes(100),
    "postscript.png": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9999 9999\n{} loop\n",
    "nothing.png": lambda: b"",
    "zeros.png": lambda: bytes(5 * M),
}  # fmt: skip
