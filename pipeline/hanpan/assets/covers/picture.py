"""The picture on a cover: read, and brought to the shape that the cover has room for."""

from __future__ import annotations

import io

from PIL import Image, ImageFile, ImageFilter, ImageOps, ImageStat

from hanpan.assets.colours import WHITE, Colour


def open_picture(data: bytes) -> Image.Image | None:
    """Return the picture upright and in RGB on white, or None where Pillow cannot read it."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    try:
        with Image.open(io.BytesIO(data)) as opened:
            # A teaser of the full size is decoded at a half or a quarter: JPEG only.
            opened.draft("RGB", (1600, 1600))
            upright = ImageOps.exif_transpose(opened)
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                drawn = upright.convert("RGBA")
                flat = Image.new("RGB", drawn.size, WHITE)
                flat.paste(drawn, (0, 0), drawn)
                return flat
            return upright.convert("RGB")
    except MemoryError:
        raise
    except Exception:  # readers of damaged bytes raise what their authors thought of
        return None


def fit_picture(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture at `size`: photographs are cropped, drawings and screenshots shown whole.

    A drawing is known by its edge: one colour nearly all the way around.
    """
    edge = _edge_colour(picture)
    if edge is None and _loss(picture.size, size) <= 0.5:
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    if edge is None:
        sheet = ImageOps.fit(picture, size).filter(ImageFilter.GaussianBlur(size[0] / 24))
    else:
        sheet = Image.new("RGB", size, edge)
    inner = ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    sheet.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
    return sheet


def _loss(have: tuple[int, int], want: tuple[int, int]) -> float:
    """Return which share of a picture a crop from one shape to another cuts away."""
    ratio = (have[0] / have[1]) / (want[0] / want[1])
    return 1 - min(ratio, 1 / ratio)


def _edge_colour(picture: Image.Image) -> Colour | None:
    """Return the colour around the picture, or None where it is not one colour."""
    small = picture.resize((64, 64), Image.Resampling.BOX)
    inside = Image.new("L", (64, 64), 255)
    inside.paste(0, (2, 2, 62, 62))
    around = ImageStat.Stat(small, inside)
    if max(around.stddev) > 14:
        return None
    red, green, blue = (round(value) for value in around.median)
    return red, green, blue
