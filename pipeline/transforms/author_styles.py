"""Authors' own styles, as far as print may follow them: widths and sides, no faces or addresses."""

from __future__ import annotations

import re

from pipeline.tree import Element

# what breaks a printed page, or asks for a font or a file that is not ours
_REFUSED = re.compile(
    r"url\(|^\s*(?:font(?:-family)?|position|z-index|(?:min-|max-)?height|overflow[\w-]*|float"
    r"|transform|line-height|white-space|word-break|page[\w-]*|break[\w-]*|content|src)\s*:",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|%)?\s*;?\s*\Z")
_ALIGNMENTS = ("left", "center", "right")
_FULL = 100_000.0  # pixels: wider is a mistake


_NUMBERS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def mend_styles(root: Element) -> None:
    """Keep of `style`, `align`, and a list's `start`, `type` and `value` what print can follow."""
    for element in root.iter("*"):
        style = element.get("style")
        if style is not None:
            _set(element, [part for part in style.split(";") if not _REFUSED.search(part)])
        align = (element.get("align") or "").lower()
        element.attrib.pop("align", "")
        if align in _ALIGNMENTS and element.tag not in ("img", "table"):
            _add(element, f"text-align:{align}")
        _number(element)


def _number(element: Element) -> None:
    """Make a list's numbers a style, for WeasyPrint follows only styles."""
    if element.tag == "ol":
        start = element.get("start") or ""
        if re.fullmatch(r"-?\d{1,6}", start):
            _add(element, f"counter-reset:list-item {int(start) - 1}")
        if element.get("type") in _NUMBERS:
            _add(element, f"list-style-type:{_NUMBERS[element.get('type') or '']}")
    elif element.tag == "li" and re.fullmatch(r"-?\d{1,6}", element.get("value") or ""):
        _add(element, f"counter-set:list-item {element.get('value')}")


def set_picture_width(image: Element, natural: int) -> None:
    """Make the author's `width` of a picture a style, unless it is the picture's own (pixels)."""
    found = _LENGTH.match(image.get("width") or "")
    for name in ("width", "height"):
        image.attrib.pop(name, "")
    if found and float(found[1]) < _FULL and (found[2] == "%" or float(found[1]) != natural):
        unit = found[2] or "px"
        if float(found[1]) > 0:
            _add(image, f"width:{float(found[1]):g}{unit}")


def _set(element: Element, parts: list[str]) -> None:
    style = ";".join(part.strip() for part in parts if part.strip())
    if style:
        element.set("style", style)
    else:
        del element.attrib["style"]


def _add(element: Element, declaration: str) -> None:
    style = element.get("style")
    element.set("style", f"{style};{declaration}" if style else declaration)
