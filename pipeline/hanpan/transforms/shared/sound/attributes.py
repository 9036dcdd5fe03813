"""Attributes: what each element may have, and presentational attributes as styles."""

from __future__ import annotations

import re

from hanpan.transforms.select import attributes as attributes_of
from hanpan.transforms.select import html_elements
from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.sound.styles import safe_style
from hanpan.tree import Element, add_class, classes, unwrap

_GLOBAL = frozenset("id class title style role lang dir aria-label aria-hidden".split())
# of code blocks, of task boxes, of cards of embeds, and of notes until they are numbered
_OURS = frozenset(
    {
        "data-title",
        "data-lines",
        "data-numbers",
        "data-checked",
        "data-embed",
        "data-shape",
        "data-note",
        "data-zoom",
    }
)
_OWN: dict[str, str] = {
    "a": "href target",
    "img": "src alt width height",
    "ol": "start type reversed",
    "li": "value",
    "col": "span",
    "colgroup": "span",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "time": "datetime",
    "details": "open",
}
_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
# attribute -> the values that HTML allows, here and in XHTML
_VALUES: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})\Z", re.DOTALL)
    for name, pattern in {
        "start": r"-?\d{1,6}",
        "value": r"-?\d{1,6}",
        "type": r"[1aAiI]",
        "span": r"[1-9]\d{0,2}",
        "colspan": r"[1-9]\d{0,2}",
        "rowspan": r"\d{1,4}",
        "scope": r"col|row|colgroup|rowgroup",
        "dir": r"ltr|rtl|auto",
        "lang": _LANGUAGE,
        "datetime": r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?",
        "aria-label": r".*\S.*",
        "aria-hidden": r"true|false",
        "id": r".*\S.*",
        "title": r".*\S.*",
    }.items()
}
# the roles that this project and pandoc give, where ARIA in HTML allows them; authors' roles go
_ROLES = {
    "doc-noteref": ("a",),
    "doc-backlink": ("a",),
    "doc-endnotes": ("section",),
    "img": ("span",),
}
_RUNS = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_FALLBACK = re.compile(r"\s*this\.onerror\s*=\s*null\s*;\s*this\.src(?:set)?\s*=")
_NOISE = frozenset({"uri", "email", "emoji", "math", "inline", "display"})  # pandoc's own classes
_SIDES = ("left", "center", "right")
# the first mark of a list, as its `type` -> how CSS Counter Styles 3 and W3C's Ready-made Counter
# Styles call the series; prose.css has those that engines lack
_MARKS = {
    "가": "hangul",
    "ㄱ": "hangul-consonant",
    "일": "korean-hangul-formal",
    "一": "korean-hanja-informal",
    "壹": "korean-hanja-formal",
    "①": "circled-decimal",
    "㉮": "circled-korean-syllable",
    "㉠": "circled-korean-consonant",
}
_FONT_SIZES = {"1": 0.7, "2": 0.8, "3": 1, "4": 1.15, "5": 1.4, "6": 1.8, "7": 2.2}  # em


def attributes(root: Element, context: Context) -> None:
    """Keep what HTML allows and a post may have; `align`, `bgcolor` and the like become styles.

    A span that is left without attributes goes, for it says nothing.
    """
    for element in html_elements(root):
        look = _presentation(element)
        if element.tag == "a" and element.get("name") and not element.get("id"):
            element.set("id", element.get("name", ""))  # how targets were written before HTML 5
        own = _OWN.get(str(element.tag), "").split()
        for name, value in attributes_of(element):
            if not _is_sound(element, name, value, own):
                del element.attrib[name]
                if name != "href" or "uri" not in classes(element):  # `data://` in a sentence
                    _record_unsafe(name, value, context)
        _set(element, "style", safe_style(f"{look}; {element.get('style', '')}"))
        kept = (name for name in (element.get("class") or "").split() if name not in _NOISE)
        _set(element, "class", " ".join(kept))
        _require(element)
    for span in list(root.iter("span")):
        if not span.attrib:
            unwrap(span)


def _is_sound(element: Element, name: str, value: str, own: list[str]) -> bool:
    if name == "role":
        return element.tag in _ROLES.get(value, ())
    if name == "aria-label" and element.tag != "a" and element.get("role") not in _ROLES:
        return False
    if name == "href" and _RUNS.match(value):
        return False
    if name not in _GLOBAL and name not in _OURS and name not in own:
        return False
    return name not in _VALUES or bool(_VALUES[name].match(value))


def _record_unsafe(name: str, value: str, context: Context) -> None:
    """Record what could have run something."""
    if name == "onerror" and _FALLBACK.match(value):
        return  # Tistory's editor adds it to pictures; where one is missing, that is reported
    if name.startswith("on"):
        context.leave_out(f"{name} handler", f"{name}=")
    elif name == "href" and _RUNS.match(value):
        context.leave_out("link that runs a script", value[:20])


def _set(element: Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
    else:
        element.attrib.pop(name, "")


def _presentation(element: Element) -> str:
    """Return the declarations that presentational attributes stand for (HTML Standard, 15.3).

    A picture's side is a class: stylesheets let text flow around it only where there is room.
    """
    tag = element.tag

    def get(name: str) -> str | None:
        value = element.get(name)
        if value is None and tag in ("div", "span"):
            value = element.get(f"data-{name}")  # so pandoc writes what HTML 5 does not know
        return value

    looks = {
        "vertical-align": get("valign"),
        "background-color": get("bgcolor"),
        "color": get("color"),
        "clear": "both" if get("clear") in ("all", "both") else get("clear"),
    }
    align = (get("align") or "").strip().lower().replace("middle", "center")
    if align in _SIDES and tag == "img":
        add_class(element, f"align-{align}")
    elif align in _SIDES and tag != "table":
        looks["text-align"] = align
    if tag == "ol":
        looks["list-style-type"] = _MARKS.get((get("type") or "").strip().rstrip(".)"))
    if tag not in ("img", "hr") and (get("width") or "").endswith("%"):
        looks["width"] = get("width")
    size = get("size") or ""
    if tag == "span" and size in _FONT_SIZES:  # once `<font size>`
        looks["font-size"] = f"{_FONT_SIZES[size]}em"
    return "; ".join(f"{name}: {value}" for name, value in looks.items() if value)


def _require(element: Element) -> None:
    """Give an element what it cannot be without, or another name."""
    if element.tag == "bdo" and element.get("dir") is None:
        element.set("dir", "auto")
    elif element.tag == "time" and element.get("datetime") is None:
        element.tag = "span"
