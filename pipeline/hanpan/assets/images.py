"""Pictures: what bytes hold, and the forms of them that each kind of edition takes."""

from __future__ import annotations

import base64
import binascii
import contextlib
import math
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from PIL import Image

from hanpan import budget
from hanpan.assets.diagrams import draw
from hanpan.assets.fonts import role_families
from hanpan.assets.pictures.as_given import animation_as_it_is, as_it_is
from hanpan.assets.pictures.bounds import MAX_PIXELS, WEBP_SIDE, NotAPicture
from hanpan.assets.pictures.opening import (
    bare_samples_of,
    is_animated,
    load,
    open_picture,
    orientation,
)
from hanpan.assets.pictures.pixels import (
    encode,
    has_alpha,
    is_transparent,
    narrow,
    on_white,
    with_palette,
)
from hanpan.assets.pictures.svg import (
    NotAnSvg,
    clean_svg,
    embedded_pictures,
    looks_like_svg,
    svg_size,
)
from hanpan.assets.pictures.upright import upright
from hanpan.assets.result_cache import get_or_make
from hanpan.document import Asset
from hanpan.files import Files, sha256
from hanpan.media_types import BMP, GIF, ICO, JPEG, PNG, RASTER, SVG, WEBP

DIAGRAM = "mermaid"  # the kind of an asset that is drawn from its source
_WEB_WIDTH = 1600
_STILL_WIDTH = 2000
_STILL_PIXELS = 5_600_000  # what Apple Books takes (docs/facts.md)
_DRAWN = 1 << 16  # colours: a drawing or a screenshot has fewer, a photograph more
_LIGHT = 40_000  # bytes: what WebP would save of these is not worth its encoding
_HEAVY = 250_000  # bytes: past this, what no eye sees may go
_HUGE = 1_500_000  # bytes: a PNG of a photograph, which JPEG says shorter


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """What the bytes of a picture hold; the size is in CSS pixels, after EXIF orientation."""

    media_type: str
    width: int
    height: int
    animated: bool


def identify(data: bytes) -> PictureInfo:
    """Return what `data` is, having decoded all of it. Raises NotAPicture with the reason."""
    return get_or_make(f"identify {sha256(data)}", lambda: _identify(data))


def _identify(data: bytes) -> PictureInfo:
    if not data:
        raise NotAPicture("is empty")
    if looks_like_svg(data):
        try:
            width, height = svg_size(data)
            _check_embedded(data)
        except NotAnSvg as error:
            raise NotAPicture(f"is not well-formed SVG: {error}") from None
        return PictureInfo(SVG, width, height, animated=False)
    image = open_picture(data)
    width, height = image.size
    animated = is_animated(image)
    media_type = RASTER[image.format or "PNG"]
    # a JPEG decoded at an eighth is read to its end all the same, and much faster
    image.draft("L", (max(1, width // 8), max(1, height // 8)))
    load(image)
    if orientation(image, data) >= 5:  # the four that swap the sides
        width, height = height, width
    return PictureInfo(media_type, width, height, animated)


def bare_samples(data: bytes) -> int:
    """Return the samples of large pictures with nothing to see, also within an SVG."""
    if not looks_like_svg(data):
        return bare_samples_of(data)
    samples = 0
    with contextlib.suppress(NotAnSvg):  # as `identify` says
        for uri in embedded_pictures(data):
            with contextlib.suppress(OSError):  # nobody draws it
                samples += bare_samples_of(decode_data_uri(uri))
    return samples


def _check_embedded(svg: bytes) -> None:
    """Raise NotAPicture where the pictures within an SVG are more than one may be."""
    pixels = 0
    for uri in embedded_pictures(svg):
        try:
            picture = identify(decode_data_uri(uri))
        except (OSError, NotAPicture):
            continue  # nobody draws it
        pixels += picture.width * picture.height
        if pixels > MAX_PIXELS:
            raise NotAPicture(f"has pictures of more than {MAX_PIXELS:,} pixels in it")


def asset_bytes(asset: Asset, files: Files) -> bytes:
    """Return the original bytes of a document's picture. Raises OSError."""
    kind, _, place = asset.source.partition(":")
    budget.at(f"the picture {asset.source[:100]}" if kind in ("file", "remote") else "a picture")
    if kind == "file":
        return files.read(place)
    if kind == "remote":
        return files.fetch(place).data
    if kind == DIAGRAM:
        return draw(place, role_families(files)["body"])
    return decode_data_uri(asset.source)


def decode_data_uri(uri: str) -> bytes:
    """Return what a `data:` URI holds (RFC 2397). Raises OSError where it cannot be read."""
    head, comma, body = uri.partition(",")
    if not comma:
        raise OSError("the data: address has no comma")
    if not head.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(unquote_to_bytes(body) + b"==", validate=False)
    except (binascii.Error, ValueError) as error:
        raise OSError(f"the data: address is not Base64: {error}") from None


def web_picture(data: bytes, media_type: str, max_width: int = _WEB_WIDTH) -> tuple[bytes, str]:
    """Return a picture for browsers, and its media type: turned upright, without EXIF or GPS.

    WebP where that is smaller. Animations stay as they are, and what is light; SVG is cleaned.
    """
    return get_or_make(
        f"web {max_width} {media_type} {sha256(data)}", lambda: _web(data, media_type, max_width)
    )


def narrow_picture(data: bytes, media_type: str, width: int) -> tuple[bytes, str]:
    """Return a picture `width` pixels wide as WebP, for small screens, and its media type.

    As `web_picture` has it where it is not wider, is light already, or must stay as it is.
    """
    source = None if media_type in (SVG, GIF) else open_picture(data)
    if source is None or is_animated(source) or source.width <= width or len(data) <= _LIGHT:
        return web_picture(data, media_type)
    return get_or_make(f"narrow {width} {sha256(data)}", lambda: _narrow(data, media_type, width))


def _narrow(data: bytes, media_type: str, width: int) -> tuple[bytes, str]:
    image = _pixels(data, max(width, _WEB_WIDTH), media_type)
    if image.width > width:
        image = narrow(image, width, is_drawn=True)
    if max(image.size) > WEBP_SIDE:
        return _beyond_webp(image, "")
    return encode(image, "WEBP", quality=80, method=1), WEBP


def _web(data: bytes, media_type: str, max_width: int) -> tuple[bytes, str]:
    if media_type == SVG:
        return clean_svg(data), SVG
    source = open_picture(data)
    if media_type == GIF or is_animated(source):
        return _animation_or_frame(source, data, media_type)
    plain = as_it_is(source, data, max_width)
    if plain and len(plain) <= _LIGHT:
        return plain, media_type
    image = _pixels(data, max_width, media_type)
    choices = [(plain, media_type)] if plain else []
    if max(image.size) > WEBP_SIDE:
        choices += [_beyond_webp(image, media_type)]
    else:  # one that was narrowed has blurred edges: without loss it would be thrice as large
        choices += [_as_webp(image, is_drawn=media_type == PNG and max_width >= source.width)]
    return min(choices, key=lambda choice: len(choice[0]))


@lru_cache(maxsize=1)  # the narrow form is made of the wide one
def _pixels(data: bytes, max_width: int, media_type: str) -> Image.Image:
    """Return a picture as the web has it: a large JPEG is decoded at a half or a fourth."""
    source = open_picture(data)
    wide, high = source.size
    if wide > max_width and high > max_width:
        source.draft(None, (max_width, max_width))
    return upright(source, data, max_width, is_drawn=media_type == PNG)


def _as_webp(image: Image.Image, *, is_drawn: bool) -> tuple[bytes, str]:
    webp = _draw(image) if is_drawn else b""
    return webp or encode(image, "WEBP", quality=84, method=2), WEBP


def _beyond_webp(image: Image.Image, media_type: str) -> tuple[bytes, str]:
    """Return a picture that is longer than a WebP may be, such as a screenshot of a whole page."""
    is_drawn = media_type == PNG and image.getcolors(_DRAWN) is not None
    if is_drawn or image.mode == "RGBA":
        return encode(image, "PNG", compress_level=6), PNG
    return encode(image, "JPEG", quality=84, optimize=True), JPEG


def _draw(image: Image.Image) -> bytes:
    """Return a drawing as lossless WebP; b"" for a photograph that was saved as PNG."""
    if image.getcolors(_DRAWN) is None:
        return b""
    webp = encode(image, "WEBP", lossless=True, quality=20, method=1)
    return webp if len(webp) <= _HEAVY else b""


def _animation_or_frame(source: Image.Image, data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return an animation less its metadata; its first frame where it is damaged without them."""
    clean = animation_as_it_is(source, data)
    try:
        if clean != data:
            load(open_picture(clean))
    except NotAPicture:
        return _first_frame(source, data, media_type, source.width, for_paper=False)
    return clean, media_type


def plain_picture(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return a picture as its author gave it, less its metadata, and its media type.

    Encoded again only if it is rotated, or cannot be shown without its metadata.
    """
    if media_type == SVG:
        return clean_svg(data), SVG
    source = open_picture(data)
    if media_type == GIF or is_animated(source):
        return _animation_or_frame(source, data, media_type)
    plain = as_it_is(source, data, source.width)
    if plain:
        return plain, media_type
    return _still(data, media_type, max(source.size), MAX_PIXELS, for_paper=True)


def print_picture(data: bytes, media_type: str, max_width: int = 1600) -> tuple[bytes, str]:
    """Return a picture for paper as PNG or JPEG (SVG stays), upright, on white, without EXIF.

    Of an animation it is the first frame. It has no alpha channel, which PDF keeps apart.
    """
    return _still(data, media_type, max_width, MAX_PIXELS, for_paper=True)


def still_picture(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return a picture that reading systems and platforms take: PNG or JPEG, or cleaned SVG.

    As for print, but at most 2000 pixels wide and bounded in its area; as it is, where it can be.
    """
    return _still(data, media_type, _STILL_WIDTH, _STILL_PIXELS, for_paper=False)


def _still(
    data: bytes, media_type: str, max_width: int, max_pixels: int, *, for_paper: bool
) -> tuple[bytes, str]:
    if media_type == SVG:
        return clean_svg(data), SVG
    source = open_picture(data)
    wide, high = source.size if orientation(source, data) < 5 else source.size[::-1]
    # what comes of the bounds, for editions with other bounds often want the same
    width = min(max_width, wide, math.isqrt(max_pixels * wide // high) or 1)
    key = f"still {width} {for_paper} {media_type} {sha256(data)}"
    return get_or_make(key, lambda: _first_frame(source, data, media_type, width, for_paper))


def _first_frame(
    source: Image.Image, data: bytes, media_type: str, width: int, for_paper: bool
) -> tuple[bytes, str]:
    plain = b"" if is_animated(source) else as_it_is(source, data, width)
    will_do = media_type in (PNG, JPEG) and not (for_paper and has_alpha(source))
    if plain and will_do and not is_transparent(source):
        return plain, media_type
    image = on_white(upright(source, data, width))
    if media_type in (PNG, GIF, BMP, ICO):
        image = with_palette(image) if source.mode == "P" else image
        png = encode(image, "PNG", compress_level=6)
        if len(png) < _HUGE:
            return png, PNG
    return encode(image, "JPEG", quality=88, optimize=True), JPEG
