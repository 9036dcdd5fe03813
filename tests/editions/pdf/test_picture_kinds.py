"""PNG of every colour type and depth has its own grey on paper (PNG, section 11.2.2; issue 14)."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pypdf

from tests.support.every_edition import printed

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = bytes(level for grey in range(0, 256, 17) for level in (grey, grey, grey))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(colours: int, depth: int, grey: int, more: bytes = b"") -> bytes:
    """Return a PNG of 16 by 16 pixels; `grey`, 0 to 255, is one that the kind can say."""
    level = grey // 17 if colours == 3 else grey * (2**depth - 1) // 255
    levels = [level] * _CHANNELS[colours]
    if colours > 3:
        levels[-1] = 2**depth - 1
    bits = "".join(f"{one:0{depth}b}" for one in levels * 16)
    row = b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    head = struct.pack(">IIBBBBB", 16, 16, depth, colours, 0, 0, 0)
    palette = _chunk(b"PLTE", _PALETTE[: 3 * 2**depth]) if colours == 3 else b""
    chunks = _chunk(b"IHDR", head) + palette + more + _chunk(b"IDAT", zlib.compress(row * 16))
    return b"\x89PNG\r\n\x1a\n" + chunks + _chunk(b"IEND", b"")


KINDS = {
    "gray 2": (png(0, 2, 85), 85),
    "gray 4": (png(0, 4, 51), 51),
    "gray 8": (png(0, 8, 100), 100),
    "gray 16": (png(0, 16, 110), 110),
    "gray 16, one level transparent": (
        png(0, 16, 120, _chunk(b"tRNS", struct.pack(">H", 5))),
        120,
    ),
    "colours 8": (png(2, 8, 130), 130),
    "colours 16": (png(2, 16, 140), 140),
    "palette 1": (png(3, 1, 17), 17),
    "palette 4": (png(3, 4, 153), 153),
    "palette 8": (png(3, 8, 170), 170),
    "gray and alpha 8": (png(4, 8, 180), 180),
    "gray and alpha 16": (png(4, 16, 190), 190),
    "colours and alpha 8": (png(6, 8, 200), 200),
    "colours and alpha 16": (png(6, 16, 210), 210),
}


def test_every_kind_of_png_is_printed(tmp_path: Path) -> None:
    pictures = {f"posts/{at}.png": data for at, (data, _) in enumerate(KINDS.values())}
    markdown = "\n\n".join(f"![그림 {at}]({at}.png)" for at in range(len(KINDS)))
    _, made = printed(tmp_path, markdown, editions=["pdf"], files=pictures)
    drawn = [
        item.image.convert("RGB").getpixel((8, 8))
        for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
        for item in page.images
        if item.image
    ]
    assert sorted(pixel[0] for pixel in drawn if isinstance(pixel, tuple)) == sorted(
        grey for _, grey in KINDS.values()
    )
