"""Authors' inline styles: the few properties that say something about the text, and no others."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL.ImageColor import colormap

_LENGTH = r"(?:0|(?:\d{1,4}(?:\.\d+)?|\.\d+)(?:px|pt|em|rem|ex|ch|%))"
_MARGIN = rf"(?:auto|{_LENGTH})"
_COLOUR = (
    r"(?:#[0-9a-f]{3}|#[0-9a-f]{6}"
    r"|rgba?\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*(?:,\s*(?:0?\.\d{1,4}|[01])\s*)?\)"
    rf"|{'|'.join(sorted(colormap, reverse=True))})"
)
_LINE = rf"(?:none|solid|dashed|dotted|double|thin|medium|thick|{_LENGTH}|{_COLOUR})"
_SIZE = r"(?:xx-small|x-small|small|medium|large|x-large|smaller|larger)"


def _grammar(*rules: tuple[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?:{pattern})\Z") for names, pattern in rules for name in names.split()
    }


# property -> the values that CSS gives it, as far as authors use them
_PROPERTIES = _grammar(
    ("text-align", "left|right|center|justify|start|end"),
    ("vertical-align", "top|middle|bottom|baseline|sub|super"),
    ("font-weight", "normal|bold|bolder|lighter|[1-9]00"),
    ("font-style", "normal|italic"),
    ("text-decoration", "none|underline|line-through"),
    ("white-space", "normal|pre-wrap|pre-line"),
    ("float", "left|right|none"),
    ("clear", "left|right|both|none"),
    (
        "list-style-type",
        "none|disc|circle|square|decimal|(?:lower|upper)-(?:alpha|roman)"
        "|hangul(?:-consonant)?|korean-(?:hangul-formal|hanja-(?:in)?formal)"
        "|circled-(?:decimal|korean-(?:syllable|consonant))",
    ),
    ("color background-color", _COLOUR),
    ("font-size", f"{_LENGTH}|{_SIZE}"),
    ("width height", _MARGIN),
    ("max-width max-height text-indent border-radius", _LENGTH),
    ("margin", rf"{_MARGIN}(?: {_MARGIN}){{0,3}}"),
    ("margin-left margin-right margin-top margin-bottom", _MARGIN),
    ("padding", rf"{_LENGTH}(?: {_LENGTH}){{0,3}}"),
    ("padding-left padding-right padding-top padding-bottom", _LENGTH),
    (
        "border border-left border-right border-top border-bottom",
        rf"{_LINE}(?: {_LINE}){{0,2}}",
    ),
)
# the page's own ink and paper on one theme, which cannot be read on the other
_THEME = frozenset("black white #000 #fff #000000 #ffffff".split())
_COMMENT = re.compile(r"/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)", re.DOTALL)


@lru_cache(maxsize=512)  # a post has few styles, many times
def safe_style(style: str) -> str:
    """Return the declarations of a style attribute that are known, valid and fetch nothing.

    Black and white as such go: they are the theme's.
    """
    if not style.strip("; "):
        return ""
    kept: dict[str, str] = {}
    for declaration in _COMMENT.sub("", style).split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), " ".join(value.lower().split())
        name = "background-color" if name == "background" else name
        value = value.removesuffix("!important").strip()
        if value and name in _PROPERTIES and _PROPERTIES[name].match(value):
            kept[name] = value
    if kept.get("background-color") in _THEME:
        del kept["background-color"]
    if "background-color" not in kept and kept.get("color") in _THEME:
        del kept["color"]
    return "; ".join(f"{name}: {value}" for name, value in kept.items())
