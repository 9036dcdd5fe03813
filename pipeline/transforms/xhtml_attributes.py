"""Attributes: what each element may have, and presentational attributes as styles."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.transforms.inline_style import kept_style
from pipeline.transforms.inline_svg import is_foreign
from pipeline.tree import Element

OPS = "http://www.idpf.org/2007/ops"
_GLOBAL = frozenset(("id", "class", "title", "style", f"{{{OPS}}}type", "data-lang"))
_OWN: dict[str, str] = {
    "a": "href hreflang",
    "img": "src alt width height",
    "ol": "start type reversed",
    "col": "span",
    "colgroup": "span",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "time": "datetime",
    "details": "open",
    "data": "value",
}
# attribute -> the values that HTML allows
_VALUES: dict[str, str] = {
    "width": r"\d{1,5}",
    "height": r"\d{1,5}",
    "start": r"-?\d{1,6}",
    "value": r"-?\d{1,6}",
    "type": r"[1aAiI]",
    "span": r"[1-9]\d{0,2}",
    "colspan": r"[1-9]\d{0,2}",
    "rowspan": r"\d{1,4}",
    "scope": r"col|row|colgroup|rowgroup",
    "dir": r"ltr|rtl|auto",
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "hreflang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "datetime": r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?",
    "aria-label": r"(?s).+",
    "aria-hidden": r"true|false",
}
# the roles that this project gives, and where ARIA in HTML allows them; authors' roles go
_ROLES = {
    "doc-noteref": "a",
    "doc-backlink": "a",
    "doc-endnotes": "section",
    "doc-footnote": "aside",
    "img": "span div",
    "note": "div aside p",
}
_SIZES = {"1": 0.7, "2": 0.8, "3": 1, "4": 1.15, "5": 1.4, "6": 1.8, "7": 2.2}  # <font size>, em


def sound_attributes(root: Element) -> None:
    """Keep what HTML allows, turn `align`, `bgcolor`, `color` and the like into styles."""
    for element in root.iter(etree.Element):
        if element is root or is_foreign(element):
            continue
        look = _presentation(element)
        if element.tag == "a" and element.get("name") and not element.get("id"):
            element.set("id", element.get("name", ""))  # how targets were written before HTML 5
        own = _OWN.get(str(element.tag), "").split()
        for name, value in list(element.attrib.items()):
            if not _is_sound(str(name), str(value), own):
                del element.attrib[name]
        if element.tag not in _ROLES.get(element.get("role", ""), "").split():
            element.attrib.pop("role", "")
        _set_style(element, f"{look}; {element.get('style', '')}")
        _required(element)


def _is_sound(name: str, value: str, own: list[str]) -> bool:
    if name == "role":
        return value in _ROLES
    if name in ("dir", "lang", "aria-label", "aria-hidden"):
        return re.fullmatch(_VALUES[name], value) is not None
    if name in _GLOBAL:
        return bool(value.strip())
    if name not in own:
        return False
    return name not in _VALUES or re.fullmatch(_VALUES[name], value) is not None


def _set_style(element: Element, text: str) -> None:
    style = kept_style(text)
    if style:
        element.set("style", style)
    else:
        element.attrib.pop("style", "")


def _presentation(element: Element) -> str:
    """Return the declarations that presentational attributes stand for (HTML Standard, 15.3)."""
    looks = []
    tag, get = element.tag, element.get
    align = (get("align") or "").lower()
    if tag in ("img", "table"):
        if align in ("left", "right"):
            looks.append(f"float: {align}")
    elif align:
        looks.append(f"text-align: {'center' if align == 'middle' else align}")
    looks += [
        f"{name}: {value}"
        for name, value in (
            ("vertical-align", get("valign")),
            ("background-color", get("bgcolor")),
            ("color", get("color")),
            ("white-space", "nowrap" if get("nowrap") is not None else None),
            ("clear", "both" if get("clear") in ("all", "both") else get("clear")),
        )
        if value
    ]
    width = get("width") or ""
    if tag != "hr" and width.endswith("%"):
        looks.append(f"width: {width}")
    size = get("size") or ""
    if size in _SIZES and tag == "span":
        looks.append(f"font-size: {_SIZES[size]}em")
    return "; ".join(looks)


def _required(element: Element) -> None:
    """Give an element what it cannot be without; `name` of old anchors is their id."""
    if element.tag == "img" and element.get("alt") is None:
        element.set("alt", "")
    if element.tag == "a" and element.get("href") is None:
        element.attrib.pop("hreflang", "")
    if element.tag == "bdo" and element.get("dir") is None:
        element.set("dir", "auto")
    if element.tag == "time" and element.get("datetime") is None:
        element.tag = "span"
    if element.tag == "details":
        element.set("open", "")
