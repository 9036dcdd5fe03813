"""The page's pictures: data URIs with a size, so that the page stands alone and does not jump."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from hanpan.assets.images import DIAGRAM, asset_bytes, web_picture
from hanpan.document import Asset, Document
from hanpan.files import Files
from hanpan.media_types import data_uri
from hanpan.transforms.select import drop
from hanpan.tree import Element, parse_xml, replace

COVER = (1200, 630)  # pixels: what crawlers ask of og:image, and the hero's shape
_LOSS = 0.35  # of a teaser's area: if the crop would take more, it is shown whole
_SMALLEST = 600  # pixels: a narrower teaser is not blown up to the measure
_LENGTH = re.compile(r"\s*+(\d++(?>(?:\.\d++)?))\s*+(?>(px|%)?)\s*+\Z")


@dataclass(frozen=True, slots=True)
class Hero:
    """The teaser as the page shows it; `whole` means that it is not cropped."""

    src: str
    width: int
    height: int
    whole: bool
    alt: str = ""  # it decorates: the title beside it says what the post is about


def hero(document: Document, files: Files) -> Hero | None:
    """Return the teaser as the page shows it; None where there is none, or it is out of reach.

    No cover is drawn in its place: it would say the title that stands above it once more.
    """
    if not document.teaser:
        return None
    asset = document.asset(document.teaser)
    return Hero(_asset_uri(asset, files), asset.width, asset.height, is_odd(asset))


def inline_diagrams(root: Element, document: Document, files: Files) -> None:
    """Put each diagram into the page as SVG: its words are in the page's fonts, and can be found.

    One with styles of its own stays a picture: they would be the whole page's.
    """
    for img in list(root.iter("img")):
        source = img.get("src") or ""
        if not source.startswith("asset:"):
            continue
        asset = document.asset(source)
        if not asset.source.startswith(f"{DIAGRAM}:"):
            continue
        svg = web_picture(asset_bytes(asset, files), asset.media_type)[0].decode()
        if "<style" in svg:
            continue
        drawing = parse_xml(svg)[0]
        for element in drawing.iter(etree.Element):
            element.tag = etree.QName(element).localname  # a page knows SVG by its elements
        etree.cleanup_namespaces(drawing)
        drawing.set("role", "img")
        drawing.set("aria-label", img.get("alt") or "")
        replace(img, drawing)


def embed_pictures(root: Element, document: Document, files: Files) -> None:
    """Give each `<img src="asset:ID">` below `root` its picture, its size and lazy loading."""
    for img in root.iter("img"):
        source = img.get("src") or ""
        if source.startswith("asset:"):
            asset = document.asset(source)
            img.set("src", _asset_uri(asset, files))
            size_picture(img, asset)
        describe(img)
        img.set("loading", "lazy")
        img.set("decoding", "async")


def describe(img: Element) -> None:
    """Give a picture its `alt`; an empty one says that it decorates, and wants no role (ARIA)."""
    if not img.get("alt"):
        img.set("alt", "")
        drop(img, "role")


def _asset_uri(asset: Asset, files: Files) -> str:
    return data_uri(*web_picture(asset_bytes(asset, files), asset.media_type))


def is_odd(asset: Asset) -> bool:
    """Tell whether the hero's crop would spoil a picture: of another shape, or small."""
    if not asset.width or not asset.height:
        return True
    shape, wanted = asset.width / asset.height, COVER[0] / COVER[1]
    return asset.width < _SMALLEST or 1 - min(shape, wanted) / max(shape, wanted) > _LOSS


def size_picture(img: Element, asset: Asset) -> None:
    """Set width and height in pixels; an author's percentage becomes a style, as HTML wants it.

    The height follows from the picture's own shape: authors' heights distort.
    """
    length = _LENGTH.match(str(img.attrib.pop("width", "")))
    img.attrib.pop("height", "")
    if not asset.width or not asset.height:
        return
    width = asset.width
    if length and float(length[1]) > 0:
        if length[2] == "%":
            style = (img.get("style") or "").rstrip("; ")
            declaration = f"width: {min(float(length[1]), 100):g}%"
            img.set("style", f"{style}; {declaration}" if style else declaration)
        else:
            width = round(min(float(length[1]), 4000)) or 1
    img.set("width", str(width))
    img.set("height", str(max(1, round(width * asset.height / asset.width))))
