"""Pictures of our own kinds are in WeasyPrint's cache of images, and draw themselves.

What: objects with the methods of `weasyprint.images.RasterImage` are put into the dictionary that
    the option `cache` takes, by the addresses that the page uses (`editions/pdf/images/`).
Why: WeasyPrint parses an SVG again wherever it is shown, and unpacks each PNG to pack it again: a
    post with 165 formulas took two seconds longer.
Upstream: docs/upstream.md, "PNG pixels are unpacked and packed again"
Known: WeasyPrint 70.0
Delete when: WeasyPrint takes packed PNG pixels into the file as they are, and remembers the paths
    of an SVG.
"""

from __future__ import annotations

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (
    KnownPart(
        WEASYPRINT,
        "weasyprint.images:get_image_from_uri",
        "cache, url_fetcher, options, url, forced_mime_type, context, orientation",
        "44f6b33fa68dfd67",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.images:RasterImage.__init__",
        "self, pillow_image, image_id, image_data, filename, cache, orientation, options",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.images:RasterImage.get_intrinsic_size",
        "self, resolution, font_size",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.images:RasterImage.draw",
        "self, stream, concrete_width, concrete_height, style",
        "cd076950fec5e904",
    ),
    KnownPart(
        WEASYPRINT,
        "weasyprint.images:RasterImage.get_x_object",
        "self, interpolate, dpi_ratio",
        "2452d91703fb26cb",
    ),
)


def install() -> None:
    """Do nothing: the pictures come with each document."""
