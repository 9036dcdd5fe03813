"""Bounds: what a picture may be, so that it can be decoded in some time and memory."""

from __future__ import annotations

import math
import struct

from hanpan import budget

MAX_PIXELS = 50_000_000  # 200 MB decoded: more is a bomb, not an illustration
MAX_SIDE = 65_535  # pixels: of a JPEG
WEBP_SIDE = 16_383  # pixels: of a WebP (RFC 9649, section 2.7)
MAX_ICON_SIDE = 1_024  # pixels: the directory of an icon file knows up to 256
MAX_ICONS = 64  # in one file
MAX_SCANS = 100  # of a JPEG: encoders make ten; each is a way through all of its pixels ...
_SCANNED = 1_500_000_000  # ... of which so many may be gone through
_MILLION_TAKES = 0.15  # seconds of the processor that a step may take for a million pixels ...
_BYTES_OF_PIXEL = 0.02  # ... of a picture with as many bytes: in fewer there is nothing to see
_LARGE = 12_000_000  # pixels: a large picture with nothing to see costs all the same, but ...
_BARE_MILLION_TAKES = 0.0033  # ... has only so many seconds for a million of its samples, ...
_BARE_SAMPLES = 12_500_000  # ... and a post so many of them for each second that it may take


class NotAPicture(ValueError):
    """The bytes are no picture that can be shown; `reason` completes "the picture ..."."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check_size(width: float, height: float) -> None:
    """Raise NotAPicture where a picture is larger than any that is meant to be looked at."""
    size = f"is {width:.10g} by {height:.10g} pixels"
    if not (math.isfinite(width) and math.isfinite(height)) or max(width, height) > MAX_SIDE:
        raise NotAPicture(f"{size}; no side may be longer than {MAX_SIDE:,}")


def check_pixels(width: int, height: int) -> None:
    """Raise NotAPicture where a picture has more pixels than memory should hold."""
    check_size(width, height)
    if width * height > MAX_PIXELS:
        raise NotAPicture(
            f"is {width} by {height}, larger than {MAX_PIXELS // 1_000_000} million pixels"
        )


def check_scans(data: bytes, pixels: int) -> None:
    """Raise NotAPicture where a JPEG has more scans than anybody waits for."""
    most = min(MAX_SCANS, _SCANNED // max(pixels, 1))
    if data.count(b"\xff\xda") > most and (scans := _scans(data)) > most:
        raise NotAPicture(f"has {scans:,} scans; a JPEG of its size may have {most}")


def check_icons(data: bytes) -> None:
    """Raise NotAPicture where an icon file holds what is no icon: its directory may say less.

    A file begins with a directory; each icon is a PNG, or a bitmap whose height counts its mask.
    """
    number = int.from_bytes(data[4:6], "little")
    if number > MAX_ICONS:
        raise NotAPicture(f"holds {number:,} icons; a file may have {MAX_ICONS}")
    for at in range(6, min(6 + 16 * number, len(data) - 15), 16):
        (start,) = struct.unpack_from("<I", data, at + 12)
        head = data[start : start + 24].ljust(24, b"\0")
        if head.startswith(b"\x89PNG"):
            sides = struct.unpack_from(">II", head, 16)
        else:
            sides = tuple(abs(side) for side in struct.unpack_from("<ii", head, 4))
        if max(sides) > 2 * MAX_ICON_SIDE:
            raise NotAPicture(f"holds an icon of {sides[0]:,} by {sides[1]:,} pixels")


def _scans(data: bytes) -> int:
    """Return how many scans begin in a JPEG before its end; what is behind it is none of it."""
    scans, at = 0, 2
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        marker = data[at + 1]
        if marker == 0xD9:
            break
        scans += marker == 0xDA
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in (0, 1) or 0xD0 <= marker <= 0xD8:  # they stand alone
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return scans


def bare_samples(size: int, pixels: int, channels: int) -> int:
    """Return the samples of a large picture of `size` bytes with nothing to see, 0 of others."""
    is_bare = pixels > _LARGE and size < _BYTES_OF_PIXEL * pixels
    return pixels * channels if is_bare else 0


def bare_samples_of_post(seconds: float) -> float:
    """Return how many bare samples a post may show that has so many seconds; 0 is no limit."""
    return _BARE_SAMPLES * seconds if seconds else math.inf


def allow_time(data: bytes, digest: str, pixels: int, channels: int) -> None:
    """Give the step that looks at a picture the time that it takes, once."""
    if len(data) >= _BYTES_OF_PIXEL * pixels:
        budget.allow(_MILLION_TAKES * pixels / 1_000_000, digest)
    elif samples := bare_samples(len(data), pixels, channels):
        budget.allow(_BARE_MILLION_TAKES * samples / 1_000_000, digest)
