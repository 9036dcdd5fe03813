"""Pixels: colours, transparency, and their encoding as bytes."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageCms, ImageStat

_COLOURS = 256  # of a palette
_NEAR = 1.5  # root mean square of the error in a channel, of 255 levels: no eye sees it


def has_alpha(image: Image.Image) -> bool:
    """Tell whether a picture has a channel of transparency, whatever is in it."""
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La")


def is_deep(image: Image.Image) -> bool:
    """Tell whether the greys have more than 8 bits, which WeasyPrint prints as black."""
    return image.mode.startswith(("I", "F"))


def is_transparent(image: Image.Image) -> bool:
    """Tell whether anything of a picture is transparent: screenshots often say so, and are not."""
    if "transparency" in image.info:
        return True
    if not has_alpha(image):
        return False
    low, _ = image.getchannel(image.getbands()[-1]).getextrema()
    return low != 255


def in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB where its colour profile can be read."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        wanted = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, embedded, wanted, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency: dark lines must not end on a dark page."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def narrow(image: Image.Image, width: int, *, is_drawn: bool) -> Image.Image:
    """Return the picture `width` pixels wide, in RGB or RGBA.

    In a drawing Lanczos would put rings around the edges, and with them thousands of colours, which
    pack four times as large.
    """
    height = max(1, round(image.height * width / image.width))
    filtered = Image.Resampling.HAMMING if is_drawn else Image.Resampling.LANCZOS
    return image.resize((width, height), filtered)


def with_palette(image: Image.Image) -> Image.Image:
    """Return the picture with a palette where that cannot be seen, else as it is."""
    if image.mode != "RGB":
        return image
    fewer = image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    error = ImageStat.Stat(ImageChops.difference(fewer.convert("RGB"), image))
    return fewer if max(error.rms) <= _NEAR else image


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture's bytes with no metadata: a bare copy of its pixels is saved."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    if image.mode == "P":
        bare.putpalette(image.getpalette() or [])
    out = io.BytesIO()
    bare.save(out, kind, **options)
    return out.getvalue()
