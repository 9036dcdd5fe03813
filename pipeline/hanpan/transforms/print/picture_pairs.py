"""Pairs: two portrait pictures one after the other, as of a telephone's screen, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from hanpan import tree
from hanpan.tree import Element

PAIR = "picture-pair"  # class of the block that holds two
_TALL = 1.3  # of its width is at least the height of a portrait picture
_LEAST = 200  # pixels of its width


def pair_portraits(root: Element, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Put portrait pictures that follow each other into pairs; idempotent.

    `sizes` are those of pictures, in pixels, by their addresses. A picture is a block of its own
    then, with its caption if it has one; those whose widths the author gave stay as they are.
    """
    for paragraph in list(root.iterchildren("p")):
        _part(paragraph, sizes)
    block = next(root.iterchildren(), None)
    while block is not None:
        following = block.getnext()
        if _is_portrait(block, sizes) and _is_portrait(following, sizes) and _is_next(block):
            assert following is not None
            pair = etree.Element("div", {"class": PAIR})
            block.addprevious(pair)
            after = following.tail
            pair.extend((block, following))
            block.tail = following.tail = None
            pair.tail = after
            following = pair.getnext()
        block = following


def _part(paragraph: Element, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Give each of two portrait pictures that are all of a paragraph one of its own."""
    images = list(paragraph.iter("img"))
    if len(images) != 2 or tree.text_of(paragraph).strip() or paragraph.get("id"):
        return
    pieces = [child for child in paragraph if child.tag != "br"]
    if len(pieces) != 2 or not all(_is_tall(image, sizes) for image in images):
        return
    second = etree.Element("p")
    paragraph.addnext(second)
    second.tail, paragraph.tail = paragraph.tail, None
    for line_break in list(paragraph.iterchildren("br")):
        tree.remove(line_break)
    second.append(pieces[1])
    pieces[0].tail = pieces[1].tail = None
    for image in images:
        tree.add_class(image, "alone")


def _is_next(block: Element) -> bool:
    return not (block.tail or "").strip()


def _is_portrait(block: Element | None, sizes: Mapping[str, tuple[int, int]]) -> bool:
    """Tell whether a block is a portrait picture, perhaps with a caption."""
    if block is None or block.tag not in ("p", "figure"):
        return False
    images = list(block.iter("img"))
    if len(images) != 1 or not _is_tall(images[0], sizes):
        return False
    return block.tag == "figure" or not tree.text_of(block).strip()


def _is_tall(image: Element, sizes: Mapping[str, tuple[int, int]]) -> bool:
    width, height = sizes.get(image.get("src") or "", (0, 0))
    return width >= _LEAST and height >= _TALL * width and "width" not in (image.get("style") or "")
