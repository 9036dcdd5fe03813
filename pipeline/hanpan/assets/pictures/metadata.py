"""Pictures without metadata, not encoded again: they must not tell where their author lives."""

from __future__ import annotations

# PNG (Third Edition) chunks that change what is seen; all others are words about the picture
_PNG_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split()
)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# JPEG (ITU-T T.81, table B.1) markers of frames, tables and scans; all others are words about it
_JPEG_SHOWN = frozenset(range(0xC0, 0xD0)) - {0xC8} | frozenset(range(0xDA, 0xE0))
_JPEG_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length, outside of scans
# WebP (RFC 9649, section 2.7) chunks; a frame of an animation has the first three within it
_WEBP_SHOWN = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"VP8X", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_FRAME = 24  # bytes of a frame's chunk before those within it


def png_without_metadata(data: bytes) -> bytes:
    """Return a PNG less its EXIF, text and time chunks; b"" where it is not laid out as PNG."""
    if not data.startswith(_PNG_SIGNATURE):
        return b""
    kept, at = [_PNG_SIGNATURE], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind in _PNG_SHOWN:
            kept.append(data[at : at + 12 + length])
        if kind == b"IEND":
            return b"".join(kept)
        at += 12 + length
    return b""


def jpeg_without_metadata(data: bytes) -> bytes:
    """Return a JPEG less its EXIF, XMP, IPTC and comments; b"" where it is not laid out as JPEG.

    What stands behind its end, such as the further pictures of a telephone, is no part of it.
    """
    if not data.startswith(b"\xff\xd8"):
        return b""
    kept, at, has_scan = [b"\xff\xd8"], 2, False
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xD9:
        marker = data[at + 1]
        if marker == 0xFF or marker in _JPEG_ALONE:
            at += 1 if marker == 0xFF else 2  # a fill byte
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        kept.append(_shown_of_segment(marker, data[at:end]))
        if marker == 0xDA:
            has_scan, at = True, end
            end = _end_of_scan(data, at)
            kept.append(data[at:end])
        at = end
    if at < len(data) and data[at] != 0xFF:
        return b""
    return b"".join([*kept, data[at : at + 2]]) if has_scan else b""


def _shown_of_segment(marker: int, segment: bytes) -> bytes:
    """Return what a segment of a JPEG adds to how it looks."""
    if marker in _JPEG_SHOWN:
        return segment
    name = segment[4:16]
    if marker == 0xE0 and name.startswith(b"JFIF\0"):  # without its thumbnail
        return segment if len(segment) <= 18 else b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0"
    if marker == 0xEE and name.startswith(b"Adobe"):  # how colours are coded
        return segment if len(segment) <= 16 else b"\xff\xee\0\x0e" + name
    # APP2 also holds MPF, an index of further pictures that would no longer be there
    return segment if marker == 0xE2 and name.startswith(b"ICC_PROFILE") else b""


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the marker is that follows the data of a scan."""
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == 0 or 0xD0 <= marker <= 0xD7:  # a stuffed byte, or a restart
            at += 2
        else:
            return at
    return len(data)


def webp_without_metadata(data: bytes) -> bytes:
    """Return a WebP less its EXIF, XMP and unknown chunks; b"" where it is not laid out as WebP.

    What stands behind the size that the file says is no part of it.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return b""
    body = b"WEBP" + _shown_chunks(data[12 : 8 + int.from_bytes(data[4:8], "little")])
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _shown_chunks(data: bytes) -> bytes:
    """Return the chunks of a WebP, or of a frame within, that change what is seen.

    A chunk is a tag, a length, and data filled up to an even length.
    """
    kept, at = [], 0
    while at + 8 <= len(data):
        tag, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if tag == b"VP8X" and len(chunk) >= 9:  # the flags that say what was taken out
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        elif tag == b"ANMF":
            inside = chunk[8:_WEBP_FRAME] + _shown_chunks(chunk[_WEBP_FRAME : 8 + length])
            chunk = tag + len(inside).to_bytes(4, "little") + inside
        if tag in _WEBP_SHOWN:
            kept.append(chunk)
        at = end
    return b"".join(kept)
