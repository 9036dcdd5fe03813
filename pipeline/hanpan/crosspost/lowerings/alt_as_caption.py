"""Meaningful alternative texts as captions: the platform stores none."""

from __future__ import annotations

import re

from lxml import etree

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.tree import Element

_SHORTEST = 10  # characters of an alt that is worth a line
# what cameras and editors write by themselves
_EMPTY = re.compile(
    r"(?:image|img|picture|photo|screen ?shot|untitled|그림|사진|이미지|스크린샷|화면)?"
    r"[\s\d._():-]*\Z"
    r"|.*\.(?:png|jpe?g|gif|webp|svg)\Z",
    re.IGNORECASE | re.DOTALL,
)


def alt_as_caption(root: Element, lowering: Lowering) -> None:
    """Put the alt of each picture in a paragraph of its own below it, unless it has a caption."""
    for paragraph in list(root.iter("p")):
        images = list(paragraph.iter("img"))
        if len(images) != 1 or tree.text_of(paragraph).strip() or _is_captioned(paragraph):
            continue
        alt = " ".join((images[0].get("alt") or "").split())
        if not _says_something(alt) or alt in _around(paragraph):
            continue
        lowering.lose("alt-caption", at=images[0])
        paragraph.tag = "figure"
        etree.SubElement(paragraph, "figcaption").text = alt


def _is_captioned(paragraph: Element) -> bool:
    if "teaser" in tree.classes(paragraph):
        return True
    return any(outer.tag == "figure" for outer in paragraph.iterancestors())


def _says_something(alt: str) -> bool:
    """Tell whether an alt is more than a name: some words, and not a file name."""
    return len(alt.split()) > 1 and len(alt) >= _SHORTEST and not _EMPTY.match(alt)


def _around(paragraph: Element) -> str:
    """Return the text before and after a paragraph, where authors repeat an alt."""
    near = (paragraph.getprevious(), paragraph.getnext())
    return " ".join(tree.text_of(element) for element in near if element is not None)
