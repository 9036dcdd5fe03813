"""Authors' own styles, as far as print can follow them: no floats, no heights."""

from __future__ import annotations

import re

from hanpan.tree import Element

_REFUSED = ("height:", "max-height:", "float:", "white-space:")  # what breaks a printed page
_LENGTH = re.compile(r"\s*+(\d++(?>(?:\.\d++)?))\s*+(?>(px|%)?)\s*+;?+\s*+\Z")
_FULL = 100_000.0  # pixels: wider is a mistake
_NUMBERS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def keep_printable_styles(root: Element) -> None:
    """Keep of `style`, and of a list's `start`, `type` and `value`, what print can follow."""
    for element in root.iter("*"):
        style = element.get("style")
        if style is not None:
            parts = (part.strip() for part in style.split(";"))
            _set(element, [part for part in parts if part and not part.startswith(_REFUSED)])
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
    """Make the author's `width` of a picture a style, unless it is the picture's own (pixels).

    It comes first: an attribute gives way to a style (HTML Standard, 15.2).
    """
    width = _LENGTH.match(image.get("width") or "")
    for name in ("width", "height"):
        image.attrib.pop(name, "")
    if width and float(width[1]) < _FULL and (width[2] == "%" or float(width[1]) != natural):
        unit = width[2] or "px"
        if float(width[1]) > 0:
            style = image.get("style") or ""
            image.set("style", f"width:{float(width[1]):g}{unit};{style}".rstrip(";"))


def _set(element: Element, parts: list[str]) -> None:
    if parts:
        element.set("style", ";".join(parts))
    else:
        del element.attrib["style"]


def _add(element: Element, declaration: str) -> None:
    style = element.get("style")
    element.set("style", f"{style};{declaration}" if style else declaration)
