"""Media types (IANA) of what hanpan reads and writes, and how a file of each ends."""

from __future__ import annotations

import base64

PNG = "image/png"
JPEG = "image/jpeg"
GIF = "image/gif"
WEBP = "image/webp"
AVIF = "image/avif"
BMP = "image/bmp"
TIFF = "image/tiff"
ICO = "image/vnd.microsoft.icon"
SVG = "image/svg+xml"
CSS = "text/css"
JSON = "application/json"
MARKDOWN = "text/markdown"
PDF = "application/pdf"
TTF = "font/ttf"
XHTML = "application/xhtml+xml"
ZIP = "application/zip"

# endings of Markdown files: those of Jekyll's `markdown_ext`, and MDX
MARKDOWN_ENDINGS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")
POST_ENDINGS = (*MARKDOWN_ENDINGS, ".mdx")
HTML_ENDINGS = (".html", ".htm")  # posts of Jekyll and Hexo that are HTML, and exported pages

# Pillow's name of a format that is read -> the media type of its pictures
RASTER = {
    "PNG": PNG,
    "JPEG": JPEG,
    "GIF": GIF,
    "WEBP": WEBP,
    "AVIF": AVIF,
    "BMP": BMP,
    "TIFF": TIFF,
    "ICO": ICO,
}
_ENDINGS = {
    PNG: "png",
    JPEG: "jpg",
    GIF: "gif",
    WEBP: "webp",
    AVIF: "avif",
    BMP: "bmp",
    TIFF: "tiff",
    ICO: "ico",
    SVG: "svg",
}


def ending_of(media_type: str) -> str:
    """Return how the name of a picture's file ends, without the dot."""
    return _ENDINGS.get(media_type, "bin")


def data_uri(data: bytes, media_type: str) -> str:
    """Return a `data:` URI (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
