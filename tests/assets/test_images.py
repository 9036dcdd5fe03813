"""Pictures: what bytes hold, and what becomes of them for the web and for paper."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageFile

from hanpan.assets.images import (
    decode_data_uri,
    identify,
    narrow_picture,
    plain_picture,
    print_picture,
    still_picture,
    web_picture,
)
from hanpan.assets.pictures.bounds import NotAPicture

GPS = 0x8825


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **more: object
) -> bytes:
    image = Image.new(mode, size, (200, 30, 30, 128)[: len(mode)] if len(mode) > 1 else 90)
    for x in range(0, size[0], 3):
        image.putpixel((x, x % size[1]), (0, 0, 255, 255)[: len(mode)] if len(mode) > 1 else 0)
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def turned_with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(GPS)[1] = "N"
    return picture("JPEG", exif=exif)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
    ],
)
def test_kinds(kind: str, media_type: str) -> None:
    found = identify(picture(kind))
    assert (found.media_type, found.width, found.height) == (media_type, 40, 20)
    assert not found.animated


def telephone_photo() -> bytes:
    """Return an MPO: a JPEG with GPS, and another one behind it."""
    exif = Image.Exif()
    exif[0x010E] = "a place"
    exif.get_ifd(GPS)[1] = "N"
    return picture("MPO", exif=exif, save_all=True, append_images=[Image.new("RGB", (40, 20))])


@pytest.mark.parametrize("change", [web_picture, print_picture, still_picture, plain_picture])
def test_a_telephones_photo_is_the_jpeg_that_it_begins_with(
    change: Callable[[bytes, str], tuple[bytes, str]],
) -> None:
    data = telephone_photo()
    assert data.count(b"\xff\xd8\xff") == 2 and b"Exif" in data and opened(data).format == "MPO"
    found = identify(data)
    assert (found.media_type, found.animated) == ("image/jpeg", False)
    made, media_type = change(data, found.media_type)
    assert b"Exif" not in made and made.count(b"\xff\xd8\xff") <= 1
    shown = opened(made)
    assert shown.format in ("JPEG", "WEBP") and shown.size == (40, 20)
    assert Image.MIME[shown.format] == media_type
    if change is plain_picture:
        first = Image.open(io.BytesIO(data), formats=["JPEG"]).convert("RGB")
        assert shown.convert("RGB").tobytes() == first.tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_pixels_and_loses_what_follows_it(progressive: bool) -> None:
    noise = Image.effect_noise((200, 150), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95, progressive=progressive, restart_marker_blocks=3)
    made, _ = plain_picture(out.getvalue() + b"trailer Exif \xff\xd9", "image/jpeg")
    assert b"trailer" not in made
    assert opened(made).tobytes() == opened(out.getvalue()).tobytes()


def test_size_is_after_orientation() -> None:
    found = identify(turned_with_gps())
    assert (found.width, found.height) == (20, 40)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


TURNED = Image.Exif()
TURNED[0x0112] = 6
XMP = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
RAW_PROFILE = b"\nexif\n%8d\n%s\n" % (len(TURNED.tobytes()), TURNED.tobytes().hex().encode())


@pytest.mark.parametrize("is_behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize(
    "said",
    [
        chunk(b"eXIf", TURNED.tobytes().removeprefix(b"Exif\0\0")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(RAW_PROFILE)),
        chunk(b"tEXt", b"exif\0" + TURNED.tobytes()),
    ],
    ids=["exif", "xmp", "raw-profile", "text"],
)
def test_a_png_is_turned_wherever_it_says_so(said: bytes, is_behind: bool) -> None:
    plain = picture("PNG")
    at = plain.index(b"IEND" if is_behind else b"IDAT") - 4
    found = identify(plain[:at] + said + plain[at:])
    assert (found.width, found.height) == (20, 40)


def test_animation_is_seen_and_kept() -> None:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 100, 200)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert identify(out.getvalue()).animated
    assert web_picture(out.getvalue(), "image/gif") == (out.getvalue(), "image/gif")
    assert print_picture(out.getvalue(), "image/gif")[1] == "image/png"


def bomb() -> bytes:
    """Return a PNG of a few bytes that says it is 60,000 by 60,000."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><p>404", "web page"),
        (b"%PDF-1.7 and so on", "not a picture"),
        (picture("JPEG", (400, 400))[:-900], "cut off"),
        (picture("PNG", (400, 400))[:-60], "cut off"),
        (bomb(), "million pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "SVG"),
    ],
)
def test_what_is_no_picture(data: bytes, reason: str) -> None:
    with pytest.raises(NotAPicture, match=reason):
        identify(data)


@pytest.mark.parametrize("kind", ["AVIF", "WEBP", "GIF", "PNG", "JPEG", "BMP"])
def test_whatever_is_damaged_in_a_picture_is_said_of_the_picture(kind: str) -> None:
    """Readers raise what their authors thought of, AVIF's a RuntimeError."""
    out = io.BytesIO()
    Image.effect_noise((24, 24), 90).convert("RGB").save(out, kind)
    data = out.getvalue()
    refused = 0
    for at in range(4, len(data), max(1, len(data) // 60)):
        try:
            identify(data[:at] + b"\xff" * 9 + data[at + 9 :])
        except NotAPicture as error:
            refused += bool(error.reason)
    assert refused or kind == "BMP"  # whose bytes all mean a colour


def test_a_picture_is_cut_off_in_a_worker_that_makes_pdfs_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    with pytest.raises(NotAPicture, match="cut off"):
        identify(picture("JPEG", (401, 400))[:-900])


def test_places_and_cameras_are_left_out() -> None:
    data = turned_with_gps()
    for made, media_type in (
        web_picture(data, "image/jpeg"),
        print_picture(data, "image/jpeg"),
        still_picture(data, "image/jpeg"),
    ):
        image = opened(made)
        assert image.size == (20, 40)
        assert not image.getexif()
        assert Image.MIME[image.format or ""] == media_type


def test_upright_jpeg_is_not_encoded_anew() -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    data = picture("JPEG", exif=exif, comment=b"secret")
    made, media_type = print_picture(data, "image/jpeg")
    assert media_type == "image/jpeg"
    assert not opened(made).getexif()
    assert b"secret" not in made
    assert opened(made).tobytes() == opened(data).tobytes()


def test_png_text_is_left_out() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "secret")
    data = picture("PNG", pnginfo=notes)
    made, _ = print_picture(data, "image/png")
    assert b"secret" in data
    assert b"secret" not in made
    assert opened(made).tobytes() == opened(data).tobytes()


def test_wide_pictures_are_made_smaller() -> None:
    data = picture("PNG", (3000, 300))
    assert opened(web_picture(data, "image/png")[0]).size == (1600, 160)
    assert opened(print_picture(data, "image/png", 1000)[0]).size == (1000, 100)
    assert opened(still_picture(data, "image/png")[0]).size == (2000, 200)


def noise(kind: str, size: tuple[int, int], **more: object) -> bytes:
    """A photograph, as far as packing it goes."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def test_a_narrow_form_is_upright_and_light() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = noise("JPEG", (3000, 2000), exif=exif)
    wide, narrow = web_picture(data, "image/jpeg")[0], narrow_picture(data, "image/jpeg", 800)[0]
    assert opened(wide).size == (1600, 2400)
    assert opened(narrow).size == (800, 1200)
    assert len(narrow) < len(wide) / 2


def test_what_is_light_or_small_has_no_other_form() -> None:
    light = picture("PNG", (1200, 300))
    assert web_picture(light, "image/png") == (light, "image/png")
    assert narrow_picture(light, "image/png", 800) == (light, "image/png")
    small = noise("PNG", (700, 300))
    assert narrow_picture(small, "image/png", 800) == web_picture(small, "image/png")


def test_drawings_lose_nothing_unless_they_are_narrowed() -> None:
    plain = Image.new("RGB", (1500, 1000), "white")
    for at in range(0, 1500, 3):  # many letters' worth of edges, which PNG packs badly
        plain.paste((at % 256, at * 7 % 256, 90), (at, at * 31 % 900, at + 2, at * 31 % 900 + 90))
    out = io.BytesIO()
    plain.save(out, "PNG", compress_level=0)
    web, media_type = web_picture(out.getvalue(), "image/png")
    assert media_type == "image/webp"
    assert opened(web).convert("RGB").tobytes() == plain.tobytes()
    narrow = opened(narrow_picture(out.getvalue(), "image/png", 800)[0])
    assert narrow.size == (800, 533)


def test_no_transparency_on_paper() -> None:
    made, media_type = print_picture(picture("PNG", mode="RGBA"), "image/png")
    assert media_type == "image/png"
    assert opened(made).mode == "RGB"
    assert opened(web_picture(picture("PNG", mode="RGBA"), "image/png")[0]).convert(
        "RGBA"
    ).getpixel((1, 1)) == (200, 30, 30, 128)


def test_same_bytes_each_time() -> None:
    from hanpan.assets import result_cache

    data = picture("PNG", (1700, 60))
    first = web_picture(data, "image/png")
    result_cache._results.clear()
    assert web_picture(data, "image/png") == first


SVG = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}
 onload="x()"><script>y()</script><style>@import url(https://a.kr/z.css); g {{ fill: red }}</style>
<use xlink:href="#a"/><image xlink:href="https://a.kr/p.png"/><text>글 &e;</text></svg>"""


def test_svg_runs_and_fetches_nothing() -> None:
    data = SVG.format(size='viewBox="0 0 30 20"').encode()
    made, media_type = web_picture(data, "image/svg+xml")
    assert media_type == "image/svg+xml"
    for word in (b"x()", b"y()", b"https://a.kr", b"passwd", b"ENTITY"):
        assert word not in made
    assert b"#a" in made
    assert b"<image" not in made  # without an address it would cost the whole PDF
    assert "글".encode() in made
    assert print_picture(data, "image/svg+xml")[0] == made


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ('width="30" height="20px"', 30, 20),
        ('viewBox="0 0 30 20"', 30, 20),
        ('width="60" viewBox="0 0 30 20"', 60, 40),
        ('width="1in" height="10mm"', 96, 38),
        ('width="100%" height="100%" viewBox="0,0,30,20"', 30, 20),
        ("", 300, 150),
    ],
)
def test_svg_size(size: str, width: int, height: int) -> None:
    found = identify(SVG.format(size=size).encode())
    assert (found.media_type, found.width, found.height) == ("image/svg+xml", width, height)


def test_data_addresses() -> None:
    assert decode_data_uri("data:image/png;base64,aGk=") == b"hi"
    assert decode_data_uri("data:,a%20b") == b"a b"
    with pytest.raises(OSError, match="comma"):
        decode_data_uri("data:image/png;base64")


def test_an_animation_stays_one_on_screen_and_is_its_first_frame_in_print() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    for kind, media_type in (("GIF", "image/gif"), ("WEBP", "image/webp"), ("PNG", "image/png")):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
        web = opened(web_picture(out.getvalue(), media_type)[0])
        assert getattr(web, "n_frames", 1) == 2, kind
        for made in (print_picture, still_picture):
            still = opened(made(out.getvalue(), media_type)[0])
            assert getattr(still, "n_frames", 1) == 1, kind
            red, green, blue = still.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
            assert red > 240 and green < 15 and blue < 15, kind


@pytest.mark.parametrize("animated", [False, True])
def test_webp_loses_its_exif_and_keeps_its_pixels(animated: bool) -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010E] = "secret place"
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if animated else {}
    frames[0].save(out, "WEBP", exif=exif, lossless=True, **more)
    assert b"secret place" in out.getvalue()
    made, media_type = web_picture(out.getvalue(), "image/webp")
    assert media_type == "image/webp" and b"secret place" not in made
    assert not opened(made).getexif()
    assert opened(made).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("size", [(3000, 2400), (1000, 9000)])
def test_still_pictures_are_bounded_in_area(size: tuple[int, int]) -> None:
    made = opened(still_picture(picture("JPEG", size), "image/jpeg")[0])
    assert made.width <= 2000 and made.width * made.height <= 5_600_000
    assert abs(made.width / made.height - size[0] / size[1]) < 0.01


def icon(form: str) -> bytes:
    """Return an icon file with a red and blue picture in two sizes."""
    out = io.BytesIO()
    image = opened(picture(size=(48, 48), mode="RGBA"))
    image.save(out, "ICO", bitmap_format=form, sizes=[(16, 16), (48, 48)])
    return out.getvalue()


@pytest.mark.parametrize("form", ["png", "bmp"])
def test_an_icon_is_its_largest_picture(form: str) -> None:
    found = identify(icon(form))
    assert (found.media_type, found.width, found.height) == ("image/vnd.microsoft.icon", 48, 48)
    for made, kind in (
        still_picture(icon(form), found.media_type),
        print_picture(icon(form), found.media_type),
        plain_picture(icon(form), found.media_type),
    ):
        assert (kind, opened(made).size) == ("image/png", (48, 48))
    made, kind = web_picture(icon(form), found.media_type)
    assert (kind, opened(made).size) == ("image/webp", (48, 48))


def test_an_icon_is_as_small_as_it_says() -> None:
    """The directory has a byte for a side; the picture behind it may say anything."""
    png = icon("png")
    start = png.index(b"\x89PNG", png.index(b"\x89PNG") + 1)
    huge = png[: start + 16] + struct.pack(">II", 60_000, 60_000) + png[start + 24 :]
    bitmap = icon("bmp")
    start = struct.unpack_from("<I", bitmap, 6 + 12)[0]
    tall = bitmap[: start + 4] + struct.pack("<ii", 30_000, 60_000) + bitmap[start + 12 :]
    for data in (huge, tall, b"\0\0\1\0\xff\xff" + b"\0" * 99):
        with pytest.raises(NotAPicture, match="icon"):
            identify(data)
