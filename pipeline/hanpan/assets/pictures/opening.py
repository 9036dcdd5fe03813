"""Opening: raster pictures as Pillow reads them, within bounds.

Readers of damaged bytes raise what their authors thought of: AVIF's a RuntimeError, others a
KeyError or struct.error. Whatever it is, it is the picture's fault.
"""

from __future__ import annotations

import io
import logging
import threading
import warnings
from collections import OrderedDict

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from hanpan.assets.pictures.bounds import (
    MAX_PIXELS,
    NotAPicture,
    allow_time,
    bare_samples,
    check_icons,
    check_pixels,
    check_scans,
)
from hanpan.assets.pictures.pixels import has_alpha
from hanpan.files import sha256
from hanpan.media_types import RASTER

_EXIF_ORIENTATION = 0x0112
_PNG_METADATA = (b"eXIf", b"exif\0", b"Raw profile type exif", b"XML:com.adobe.xmp")
_HEIC = frozenset((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"))
_ICON = b"\0\0\1\0"
_KEPT = 4_000_000  # pixels: of pictures that wait, decoded, for the next edition
logging.getLogger("PIL").addHandler(logging.NullHandler())  # else Python prints what it logs
_lately = threading.local()  # Pillow's pictures are not for several threads


def open_picture(data: bytes) -> Image.Image:
    """Open a raster picture, decoded already if it was lately. Raises NotAPicture.

    It is shared: whoever wants it otherwise makes another of it.
    """
    key = sha256(data)
    kept: OrderedDict[str, Image.Image] = _lately.__dict__.setdefault("opened", OrderedDict())
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    image = _open(data)
    allow_time(data, key, image.width * image.height, _channels(image))
    # a JPEG is decoded in several sizes, an animation has several frames
    if image.format != "JPEG" and not is_animated(image):
        kept[key] = image
        while kept and sum(one.width * one.height for one in kept.values()) > _KEPT:
            kept.popitem(last=False)
    return image


def _open(data: bytes) -> Image.Image:
    if data.startswith(_ICON):
        check_icons(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=tuple(RASTER))
            if image.format == "MPO":  # a telephone's JPEG with more pictures behind the first
                image = JpegImageFile(io.BytesIO(data))
    except Image.DecompressionBombError:
        raise NotAPicture(f"is larger than {MAX_PIXELS // 1_000_000} million pixels") from None
    except MemoryError:
        raise
    except Exception:
        raise NotAPicture(_what_instead(data)) from None
    check_pixels(image.width, image.height)
    if image.format == "JPEG":
        check_scans(data, image.width * image.height)
    return image


def bare_samples_of(data: bytes) -> int:
    """Return the samples of a large raster picture with nothing to see, by its head; 0 of others.

    They cost what others cost, and a post of a few kilobytes can show any number of them.
    """
    if not bare_samples(len(data), MAX_PIXELS, 1):
        return 0
    try:
        image = _open(data)
    except NotAPicture:
        return 0
    return bare_samples(len(data), image.width * image.height, _channels(image))


def _channels(image: Image.Image) -> int:
    """Return the bytes of a pixel when all is decoded: colours of a palette are looked up."""
    return {"1": 1, "L": 1, "LA": 2}.get(image.mode, 4 if has_alpha(image) else 3)


def orientation(image: Image.Image, data: bytes) -> int:
    """Return the orientation that a picture opened from `data` has in EXIF or XMP, 1 to 8.

    1 if it has none that can be read.
    """
    # Pillow decodes all of a PNG to look behind its pixels, too.
    if image.format == "PNG" and not any(keyword in data for keyword in _PNG_METADATA):
        return 1
    try:
        turned = image.getexif().get(_EXIF_ORIENTATION, 1)
    except MemoryError:
        raise
    except Exception:
        return 1
    return turned if isinstance(turned, int) and 1 <= turned <= 8 else 1


def is_animated(image: Image.Image) -> bool:
    """Tell whether a picture has several frames, as far as they can be read."""
    try:
        return bool(getattr(image, "is_animated", False))
    except MemoryError:
        raise
    except Exception:
        return False


def _what_instead(data: bytes) -> str:
    """Say what bytes are that are no picture: mostly an error page."""
    start = data[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "is a web page, not a picture"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "is HEIC, which browsers do not show: save it as JPEG or PNG"
    return "is not a picture (PNG, JPEG, GIF, WebP, AVIF, ICO and SVG are known)"


def load(image: Image.Image) -> None:
    """Decode all of an opened picture. Raises NotAPicture."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    try:
        image.load()
    except MemoryError:
        _lately.__dict__.clear()
        raise  # no fault of the picture: bombs are refused by their size
    except Exception as error:
        _lately.__dict__.clear()  # half of it must not pass for the whole next time
        cut = "truncated" in str(error) or isinstance(error, EOFError)
        raise NotAPicture("is cut off" if cut else f"cannot be decoded: {error}") from None
