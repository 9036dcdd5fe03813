"""Pictures that are kept as they are say what is seen, and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hanpan.assets.pictures.metadata import jpeg_without_metadata, webp_without_metadata
from tests.attacks.pictures.jpegs import segment

NOTE = b"37.5665N126.9780E"


def saved(kind: str, **options: object) -> bytes:
    """Return a picture of two colours."""
    image = Image.new("RGB", (40, 20), "#c03030")
    image.paste("#204080", (0, 0, 13, 13))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(data: bytes) -> list[bytes]:
    """Return the pixels of each frame."""
    frames = []
    with Image.open(io.BytesIO(data)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(image.convert("RGB").tobytes())
    return frames


def riff(tag: bytes, data: bytes) -> bytes:
    return tag + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


JPEG = saved("JPEG", progressive=True)
SCAN = JPEG.rindex(b"\xff\xda")  # the last of several
THUMBNAIL = b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x03" + (NOTE + b"!")  # two by three pixels
JPEGS = {
    "a comment between scans": JPEG[:SCAN] + segment(0xFE, NOTE) + JPEG[SCAN:],
    "EXIF between scans": JPEG[:SCAN] + segment(0xE1, b"Exif\0\0" + NOTE) + JPEG[SCAN:],
    "a marker of no meaning": JPEG[:2] + segment(0xF5, NOTE) + JPEG[2:],
    "a reserved marker": JPEG[:2] + segment(0x42, NOTE) + JPEG[2:],
    "an extension of JFIF": JPEG[:20] + segment(0xE0, b"JFXX\0\x10" + NOTE) + JPEG[20:],
    "a thumbnail": JPEG[:2] + segment(0xE0, THUMBNAIL) + JPEG[20:],
    "more of Adobe": JPEG[:20] + segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + NOTE) + JPEG[20:],
    "behind the end": JPEG + NOTE,
}


@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_says_what_is_seen(name: str) -> None:
    data = JPEGS[name]
    clean = jpeg_without_metadata(data)
    assert NOTE in data and NOTE not in clean
    assert pixels(clean) == pixels(JPEG)
    assert jpeg_without_metadata(clean) == clean


def test_a_jpeg_without_notes_stays_as_it_is() -> None:
    for options in ({}, {"progressive": True}, {"restart_marker_rows": 1}, {"quality": 5}):
        data = saved("JPEG", **options)
        assert jpeg_without_metadata(data) == data
    assert jpeg_without_metadata(JPEG[: SCAN + 20]) == JPEG[: SCAN + 20]  # cut off in a scan
    for at in (20, SCAN):  # between segments: no layout of JPEG
        assert jpeg_without_metadata(JPEG[:at] + b"\0" + JPEG[at:]) == b""


MOVING = saved("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 20), "#30c030")])
FRAME = MOVING.index(b"ANMF")
LENGTH = int.from_bytes(MOVING[FRAME + 4 : FRAME + 8], "little")
INSIDE = MOVING[FRAME + 8 : FRAME + 8 + LENGTH] + riff(b"ABCD", NOTE)
FRAMES = MOVING[8:FRAME] + riff(b"ANMF", INSIDE) + MOVING[FRAME + 8 + LENGTH :]
WEBPS = {
    "a chunk of no meaning": riff(b"RIFF", saved("WEBP")[8:] + riff(b"EXIG", NOTE)),
    "EXIF": riff(b"RIFF", saved("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0" + NOTE)[8:]),
    "a chunk within a frame": riff(b"RIFF", FRAMES),
}


@pytest.mark.parametrize("name", WEBPS)
def test_a_webp_says_what_is_seen(name: str) -> None:
    data = WEBPS[name]
    clean = webp_without_metadata(data)
    assert NOTE in data and NOTE not in clean
    assert pixels(clean) == pixels(data)
    assert webp_without_metadata(clean) == clean


def test_a_webp_without_notes_stays_as_it_is() -> None:
    for data in (saved("WEBP"), saved("WEBP", lossless=True), MOVING):
        assert webp_without_metadata(data) == data
