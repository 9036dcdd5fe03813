"""Pictures: what bytes hold, and the forms of them that each kind of edition takes."""

from __future__ import annotations

import base64
import binascii
import io
import math
import struct
import threading
import warnings
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from hanpan.assets.diagrams import draw
from hanpan.assets.fonts import role_families
from hanpan.assets.pictures.metadata import (
    jpeg_without_metadata,
    png_without_metadata,
    webp_without_metadata,
)
from hanpan.assets.pictures.pixels import (
    encode,
    has_alpha,
    in_srgb,
    is_transparent,
    narrow,
    on_white,
    with_palette,
)
from hanpan.assets.pictures.svg import NotAnSvg, clean_svg, looks_like_svg, svg_size
from hanpan.assets.result_cache import get_or_make
from hanpan.document import Asset
from hanpan.files import Files, sha256
from hanpan.media_types import BMP, GIF, JPEG, PNG, RASTER, SVG, WEBP

DIAGRAM = "mermaid"  # the kind of an asset that is drawn from its source
_STILL_WIDTH = 2000
_STILL_PIXELS = 5_600_000  # what Apple Books takes (docs/facts.md)
MAX_PIXELS = 50_000_000  # 200 MB decoded: more is a bomb, not an illustration
_EXIF_ORIENTATION = 0x0112
_DRAWN = 1 << 16  # colours: a drawing or a screenshot has fewer, a photograph more
_HEAVY = 250_000  # bytes: past this, what no eye sees may go
_HUGE = 1_500_000  # bytes: a PNG of a photograph, which JPEG says shorter
_KEPT = 4_000_000  # pixels: of pictures that wait, decoded, for the next edition
_lately = threading.local()  # Pillow's pictures are not for several threads


class NotAPicture(ValueError):
    """The bytes are no picture that can be shown; `reason` completes "the picture ..."."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


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
        except NotAnSvg as error:
            raise NotAPicture(f"is not well-formed SVG: {error}") from None
        return PictureInfo(SVG, width, height, animated=False)
    image = _open(data)
    width, height = image.size
    animated = bool(getattr(image, "is_animated", False))
    media_type = RASTER[image.format or "PNG"]
    # a JPEG decoded at an eighth is read to its end all the same, and much faster
    image.draft("L", (max(1, width // 8), max(1, height // 8)))
    _load(image)
    if _orientation(image) >= 5:  # the four that swap the sides
        width, height = height, width
    return PictureInfo(media_type, width, height, animated)


def _open(data: bytes) -> Image.Image:
    """Open a raster picture, decoded already if it was lately. Raises NotAPicture.

    It is shared: whoever wants it otherwise makes another of it.
    """
    key = sha256(data)
    kept: OrderedDict[str, Image.Image] = _lately.__dict__.setdefault("opened", OrderedDict())
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    image = _open_image(data)
    # a JPEG is decoded in several sizes, an animation has several frames
    if image.format != "JPEG" and not getattr(image, "is_animated", False):
        kept[key] = image
        while kept and sum(one.width * one.height for one in kept.values()) > _KEPT:
            kept.popitem(last=False)
    return image


def _open_image(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=tuple(RASTER))
            if image.format == "MPO":  # a telephone's JPEG with more pictures behind the first
                image = JpegImageFile(io.BytesIO(data))
    except Image.DecompressionBombError:
        raise NotAPicture(f"is larger than {MAX_PIXELS // 1_000_000} million pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise NotAPicture(_what_instead(data)) from None
    if image.width * image.height > MAX_PIXELS:
        raise NotAPicture(
            f"is {image.width} by {image.height}, "
            f"larger than {MAX_PIXELS // 1_000_000} million pixels"
        )
    return image


def _orientation(image: Image.Image) -> int:
    """Return the orientation in EXIF, 1 to 8; 1 if it has none that can be read."""
    try:
        orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, struct.error):
        return 1
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1


def _what_instead(data: bytes) -> str:
    """Say what bytes are that are no picture: mostly an error page."""
    start = data[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "is a web page, not a picture"
    return "is not a picture (PNG, JPEG, GIF, WebP, AVIF and SVG are known)"


def _load(image: Image.Image) -> None:
    """Decode all of an opened picture. Raises NotAPicture."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    try:
        image.load()
    except MemoryError:
        _lately.__dict__.clear()
        raise  # no fault of the picture: bombs are refused by their size
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        _lately.__dict__.clear()  # half of it must not pass for the whole next time
        cut = "truncated" in str(error) or isinstance(error, EOFError)
        raise NotAPicture("is cut off" if cut else f"cannot be decoded: {error}") from None


def asset_bytes(asset: Asset, files: Files) -> bytes:
    """Return the original bytes of a document's picture. Raises OSError."""
    kind, _, place = asset.source.partition(":")
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


def web_picture(data: bytes, media_type: str, max_width: int = 1600) -> tuple[bytes, str]:
    """Return a picture for browsers, and its media type: turned upright, without EXIF or GPS.

    WebP where that is smaller. Animations stay as they are; SVG is cleaned.
    """
    return get_or_make(
        f"web {max_width} {media_type} {sha256(data)}", lambda: _web(data, media_type, max_width)
    )


def _web(data: bytes, media_type: str, max_width: int) -> tuple[bytes, str]:
    if media_type == SVG:
        return clean_svg(data), SVG
    source = _open(data)
    if media_type == GIF or getattr(source, "is_animated", False):
        return _animation(source, data), media_type
    plain = _as_it_is(source, data, max_width)
    image = _upright(source, max_width)
    choices = [(plain, media_type)] if plain else []
    webp = _draw(image) if media_type == PNG else b""
    webp = webp or encode(image, "WEBP", quality=84, method=2)
    choices += [(webp, WEBP)]
    return min(choices, key=lambda choice: len(choice[0]))


def _draw(image: Image.Image) -> bytes:
    """Return a drawing as lossless WebP; b"" for a photograph that was saved as PNG."""
    if image.getcolors(_DRAWN) is None:
        return b""
    webp = encode(image, "WEBP", lossless=True, quality=20, method=1)
    return webp if len(webp) <= _HEAVY else b""


def _animation(image: Image.Image, data: bytes) -> bytes:
    """Return an animation as it is, less its metadata."""
    if image.format == "WEBP":
        return webp_without_metadata(data) or data
    return (png_without_metadata(data) or data) if image.format == "PNG" else data


def plain_picture(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return a picture as its author gave it, less its metadata, and its media type.

    Encoded again only if it is rotated, or cannot be shown without its metadata.
    """
    if media_type == SVG:
        return clean_svg(data), SVG
    source = _open(data)
    if media_type == GIF or getattr(source, "is_animated", False):
        return _animation(source, data), media_type
    plain = _as_it_is(source, data, source.width)
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
    source = _open(data)
    wide, high = source.size if _orientation(source) < 5 else source.size[::-1]
    # what comes of the bounds, for editions with other bounds often want the same
    width = min(max_width, wide, math.isqrt(max_pixels * wide // high) or 1)
    key = f"still {width} {for_paper} {media_type} {sha256(data)}"
    return get_or_make(key, lambda: _first_frame(source, data, media_type, width, for_paper))


def _first_frame(
    source: Image.Image, data: bytes, media_type: str, width: int, for_paper: bool
) -> tuple[bytes, str]:
    plain = b"" if getattr(source, "is_animated", False) else _as_it_is(source, data, width)
    will_do = media_type in (PNG, JPEG) and not (for_paper and has_alpha(source))
    if plain and will_do and not is_transparent(source):
        return plain, media_type
    image = on_white(_upright(source, width))
    if media_type in (PNG, GIF, BMP):
        image = with_palette(image) if source.mode == "P" else image
        png = encode(image, "PNG", compress_level=6)
        if len(png) < _HUGE:
            return png, PNG
    return encode(image, "JPEG", quality=88, optimize=True), JPEG


def _as_it_is(image: Image.Image, data: bytes, max_width: int) -> bytes:
    """Return the picture's own bytes less its metadata, or b"" where they will not do."""
    if _orientation(image) != 1:
        return b""
    if image.width > max_width or image.mode == "CMYK":
        return b""
    if image.format == "JPEG":
        return jpeg_without_metadata(data)
    if image.format == "PNG":
        return png_without_metadata(data)
    if image.format == "WEBP" and not image.info.get("icc_profile"):
        return webp_without_metadata(data)
    return b""


def _upright(image: Image.Image, max_width: int) -> Image.Image:
    """Return the picture turned as EXIF says, in sRGB, 8 bits, at most `max_width` wide."""
    _load(image)
    has_palette = image.mode == "P"
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        # 16-bit greys: Pillow's own conversion clips at 255 instead of scaling
        image = image.point(lambda value: value / 256) if image.mode.startswith("I;16") else image
        image = image.convert("L")
    image = in_srgb(image)
    image = image.convert("RGBA" if is_transparent(image) else "RGB")
    if image.width > max_width:
        image = narrow(image, max_width, has_palette=has_palette)
    return image
