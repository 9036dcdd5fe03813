"""The pictures of a printed document, by the addresses under which the engine asks for them."""

from __future__ import annotations

import math

from lxml import etree

from hanpan import tree
from hanpan.assets.covers.cover import draw_ground
from hanpan.assets.images import asset_bytes, print_picture
from hanpan.assets.pictures.edges import has_light_edges
from hanpan.assets.pictures.given_width import given_width
from hanpan.document import Asset, Document
from hanpan.editions.pdf.engine import RESOLUTION, SCHEME, Picture
from hanpan.editions.pdf.page import TALLEST, PrintedPage
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import JPEG, SVG
from hanpan.problems import BuildError, PlacedProblem, Problem
from hanpan.transforms.element_numbers import number_elements, number_of
from hanpan.transforms.print.author_styles import set_picture_width
from hanpan.transforms.theme_pictures import drop_dark_pictures
from hanpan.tree import Element

GROUND_SIZE = (1440, 720)  # pixels: wider than any title block; what is too much is cut off
WIDE = 240  # pixels: a picture that stands on its own, also where text is around it
_INCH = 25.4  # mm
_FEWEST_DOTS = 200  # per inch: what print shops ask for at least (issue 18)
_LONGEST_NAME = 80  # characters of a picture's address in a message


def body_pictures(
    root: Element, document: Document, files: Files, page: PrintedPage, mark: str = ""
) -> dict[str, Picture]:
    """Give each picture below `root` an address for the engine, and return the pictures by address.

    `mark` is part of the addresses of drawings, which belong to this document alone. Raises
    BuildError for a picture that the document does not have.
    """
    pictures: dict[str, Picture] = {}
    widest: dict[Asset, int] = {}  # pixels, of all places that show the picture
    images: dict[Asset, list[Element]] = {}
    for image in root.iter("img"):
        if image.get("data-missing") is not None:
            continue
        name = image.get("src") or ""
        if not name.startswith("asset:"):
            raise _unknown(document, name)
        try:
            asset = document.asset(name)
        except StopIteration:
            raise _unknown(document, name) from None
        image.set("src", f"{SCHEME}{asset.id}")
        set_picture_width(image, asset.width)
        widest[asset] = max(widest.get(asset, 0), _pixels(image, asset, page))
        images.setdefault(asset, []).append(image)
        if asset.width >= WIDE and "width:" not in (image.get("style") or ""):
            tree.add_class(image, "wide")
        if _is_alone(image):
            tree.add_class(image, "alone")
        _describe(image, document.meta.lang)
    for asset, width in widest.items():
        data = asset_bytes(asset, files)
        printed = print_picture(data, asset.media_type, width)
        pictures[f"{SCHEME}{asset.id}"] = Picture(*printed)
        if asset.width >= WIDE and asset.media_type != SVG and has_light_edges(data):
            for image in images[asset]:
                tree.add_class(image, "keyline")
    pictures.update(_inline_svg(root, document.meta.lang, mark))
    return pictures


def coarse_pictures(root: Element, document: Document, page: PrintedPage) -> list[PlacedProblem]:
    """Return what is to be said of pictures that look coarse in print: the coarsest, told once.

    `root` is the document's body, which is changed. The engine handles narrower places, so a
    picture may have more dots.
    """
    number_elements(root)
    drop_dark_pictures(root)
    coarse: list[tuple[int, Element, Asset]] = []
    for image in root.iter("img"):
        if image.get("data-missing") is not None:
            continue
        asset = document.asset(image.get("src") or "")
        if asset.media_type != SVG and asset.width:
            set_picture_width(image, asset.width)
            dots = asset.width * RESOLUTION // _pixels(image, asset, page)
            coarse.append((dots, image, asset))
    coarse = [one for one in coarse if one[0] < _FEWEST_DOTS]
    if not coarse:
        return []
    dots, image, asset = min(coarse, key=lambda one: one[0])
    name = (image.get("data-src") or asset.source.partition(":")[2])[-_LONGEST_NAME:]
    count = f"{len(coarse)} {'picture has' if len(coarse) == 1 else 'pictures have'}"
    message = f"{count} fewer than {_FEWEST_DOTS} dots per inch in print: `{name}` has {dots}"
    remedy = "Take pictures with more pixels, or give them a `width` that is smaller."
    problem = Problem("pdf-resolution", "warning", message, document.source, None, remedy)
    return [PlacedProblem(problem, number_of(image))]


def _pixels(image: Element, asset: Asset, page: PrintedPage) -> int:
    """Return how many pixels of width paper can show of a picture where it stands.

    The engine handles places that are narrower than the page: table cells, lists.
    """
    inches = page.text_width / _INCH
    if asset.width and asset.height:
        inches = min(inches, page.text_height * TALLEST / _INCH * asset.width / asset.height)
    given = given_width(image.get("style") or "")
    if given:
        length, unit = given
        inches = min(inches, inches * length / 100 if unit == "%" else length / 96)
    elif asset.width:
        inches = min(inches, asset.width / 96)
    return max(1, math.floor(inches * RESOLUTION))


def teaser_picture(document: Document, files: Files, page: PrintedPage) -> Picture | None:
    """Return the picture of the first page: the teaser, a ground drawn in its place, or none."""
    if document.teaser:
        asset = document.asset(document.teaser)
        width = math.floor(page.text_width / _INCH * RESOLUTION)
        return Picture(*print_picture(asset_bytes(asset, files), asset.media_type, width))
    if document.teaser_missing:
        return Picture(draw_ground(document.meta, files, GROUND_SIZE), JPEG)
    return None


def _inline_svg(root: Element, lang: str, mark: str) -> dict[str, Picture]:
    """Make each inline `<svg>` a picture: tagged as it is, it fails PDF/UA-1 (7.3-1)."""
    pictures: dict[str, Picture] = {}
    for drawing in list(root.iter("svg", "{http://www.w3.org/2000/svg}svg")):
        if any(True for _ in drawing.iterancestors("svg", "{http://www.w3.org/2000/svg}svg")):
            continue
        data = etree.tostring(drawing, encoding="unicode", with_tail=False).encode()
        address = f"{SCHEME}drawing-{mark}{len(pictures)}"
        pictures[address] = Picture(*print_picture(data, SVG))
        titles = [tree.text_of(title) for title in drawing.iter("{*}title")]
        alt = drawing.get("aria-label") or next(iter(titles), "")
        image = etree.Element("img", {"src": address, "alt": " ".join(alt.split())})
        _describe(image, lang)
        tree.replace(drawing, image)
    return pictures


def _is_alone(image: Element) -> bool:
    """Tell whether a paragraph holds only this picture, perhaps within a link."""
    holder = image.getparent()
    while holder is not None and holder.tag in ("a", "span"):
        holder = holder.getparent()
    if holder is None or holder.tag not in ("p", "figure", "div"):
        return False
    return not tree.text_of(holder).strip() and len(list(holder.iter("img"))) == 1


def _describe(image: Element, lang: str) -> None:
    """Give a picture an alternative text where it has none: PDF/UA-1 requires one (7.3)."""
    if image.get("role") == "presentation":
        return  # no figure: patches/elements.py
    if not (image.get("alt") or "").strip():
        image.set("alt", Labels(lang).picture)


def _unknown(document: Document, name: str) -> BuildError:
    return BuildError(
        Problem(
            "pdf-picture",
            "error",
            f"pdf: the document has no picture `{name[:100]}`",
            document.source,
            None,
            "Name a picture of the site, or one on the web.",
        )
    )
