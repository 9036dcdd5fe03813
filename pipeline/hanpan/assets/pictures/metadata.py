"""Pictures without metadata, not encoded again: they must not tell where their author lives."""

from __future__ import annotations

# PNG (Third Edition) chunks that change what is seen; all others are words about the picture
_PNG_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split()
)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# JPEG (ITU-T T.81) markers APP0 (JFIF), APP2 (ICC profile), APP14 (Adobe: how colours are coded)
_JPEG_SHOWN = {0xE0, 0xE2, 0xEE}


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
    """Return a JPEG less its EXIF, XMP, IPTC and comments; b"" where it is not laid out as JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return b""
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xDA:  # start of scan: the rest is the picture
            return b"".join(kept) + data[at : _end_of_jpeg(data, at)]
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        # APP2 also holds MPF, an index of further pictures that would no longer be there
        foreign = marker == 0xE2 and data[at + 4 : at + 15] != b"ICC_PROFILE"
        is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_note or (marker in _JPEG_SHOWN and not foreign):
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b""


def _end_of_jpeg(data: bytes, at: int) -> int:
    """Return where the picture whose scans begin at `at` ends; others may follow, with EXIF."""
    while 0 <= (at := data.find(b"\xff", at)) < len(data) - 1:
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == 0 or 0xD0 <= marker <= 0xD7:  # a stuffed byte, or a restart
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return len(data)


def webp_without_metadata(data: bytes) -> bytes:
    """Return a WebP less its EXIF and XMP; b"" where it is not laid out as WebP.

    RFC 9649, section 2.7: chunks of a tag, a length and data filled up to an even length. What
    stands behind the size that the file says is no part of it.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return b""
    data = data[: 8 + int.from_bytes(data[4:8], "little")]
    kept, at = [], 12
    while at + 8 <= len(data):
        tag, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if tag == b"VP8X" and len(chunk) >= 9:  # the flags that say what was taken out
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        if tag not in (b"EXIF", b"XMP "):
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
