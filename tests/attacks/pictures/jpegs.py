"""Hostile JPEGs: thousands of scans of all blocks, endless segments, sizes that lie."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator

from PIL import Image

_LONGEST_RUN = 32_767  # blocks that one code can pass


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def _packed(codes: Iterable[tuple[int, int]]) -> bytes:
    """Return codes of so many bits as the data of a scan."""
    value, count, out = 0, 0, bytearray()
    for code, length in codes:
        value, count = (value << length) | code, count + length
        while count >= 8:
            _append(out, (value >> (count - 8)) & 255)
            count -= 8
            value &= (1 << count) - 1
    if count:
        _append(out, ((value << (8 - count)) | ((1 << (8 - count)) - 1)) & 255)
    return bytes(out)


def _append(out: bytearray, byte: int) -> None:
    out += bytes([byte, 0] if byte == 255 else [byte])


def jpeg_of_scans(scans: int, side: int, *, extra: bytes = b"") -> bytes:
    """Return a progressive JPEG in which each scan of a few bytes passes all blocks."""
    blocks = (side // 8) ** 2
    table = segment(0xDB, b"\0" + bytes([1] * 64))
    frame = segment(0xC2, struct.pack(">BHHB", 8, side // 8 * 8, side // 8 * 8, 1) + b"\x01\x11\0")
    dc = segment(0xC4, b"\0" + bytes([1] + [0] * 15) + b"\0")  # one code: no difference
    ac = segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\xe0")  # one code: a run of blocks
    first = segment(0xDA, b"\x01\x01\0\0\0\0") + _packed((0, 1) for _ in range(blocks))
    scan = segment(0xDA, b"\x01\x01\0\x01\x3f\0") + _packed(_runs(blocks))
    return b"\xff\xd8" + extra + table + frame + dc + ac + first + scan * scans + b"\xff\xd9"


def _runs(blocks: int) -> Iterator[tuple[int, int]]:
    while blocks >= 1 << 14:
        run = min(blocks, _LONGEST_RUN)
        yield 0, 1
        yield run - (1 << 14), 14
        blocks -= run


def jpeg(width: int, height: int, *extra: bytes, progressive: bool = False) -> bytes:
    """Return an ordinary JPEG, with segments of `extra` in front."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG", progressive=progressive)
    return b"\xff\xd8" + b"".join(extra) + out.getvalue()[2:]


def _profiles() -> list[bytes]:
    parts = (b"ICC_PROFILE\0" + bytes([n % 256, 255]) + bytes(60_000) for n in range(255))
    return [segment(0xE2, part) for part in parts]


_EXIF = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff" * 60_000)
# a directory that leads to itself
_LOOP = segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08")
PICTURES: dict[str, Callable[[], bytes]] = {
    "scans.jpg": lambda: jpeg_of_scans(3000, 7000),
    "scans-small.jpg": lambda: jpeg_of_scans(20_000, 600),
    "scans-exif.jpg": lambda: jpeg_of_scans(1500, 7000, extra=_LOOP),
    "tall.jpg": lambda: jpeg(1200, 20_000),
    "very-wide.jpg": lambda: jpeg(65_500, 600, progressive=True),
    "exif.jpg": lambda: jpeg(9, 9, *[_EXIF] * 200),
    "exif-loop.jpg": lambda: jpeg(9, 9, _LOOP),
    "profiles.jpg": lambda: jpeg(9, 9, *_profiles()),
    "comments.jpg": lambda: jpeg(9, 9, *[segment(0xFE, b"a")] * 300_000),
    "starts.jpg": lambda: jpeg(9, 9)[:-2] + b"\xff\xd8" * 9,
    "lying.jpg": lambda: jpeg(9, 9).replace(b"\0\x09\0\x09", b"\xff\xdc\xff\xdc", 1),
    "cut.jpg": lambda: jpeg(3000, 3000)[:-40_000],
}
