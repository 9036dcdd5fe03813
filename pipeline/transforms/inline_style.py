"""Inline styles: the declarations of a `style` attribute that a book can keep."""

from __future__ import annotations

import re

from pipeline.transforms.word_set import word_set

_NUMBER = r"\d{0,4}(?:\.\d+)?"
_RELATIVE = re.compile(rf"{_NUMBER}(?:em|rem|%)\Z")
_COLOUR = re.compile(
    r"(?:#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]{3,20}"
    r"|rgba?\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*(?:,\s*[\d.]{1,5}\s*)?\))\Z"
)
_WORDS = {
    "text-align": "left right center justify start end",
    "font-weight": "normal bold bolder lighter 100 200 300 400 500 600 700 800 900",
    "font-style": "normal italic",
    "text-decoration": "none underline line-through",
    "vertical-align": "top middle bottom baseline sub super",
    "white-space": "normal nowrap pre pre-wrap pre-line",
    "float": "left right none",
    "clear": "left right both none",
    "display": "none block inline inline-block",
    "list-style-type": "none disc circle square decimal lower-alpha upper-alpha",
}
_LENGTHS = word_set("width max-width min-width font-size text-indent")
_COLOURS = word_set("color background-color background")
_SIZES = word_set("xx-small x-small small medium large x-large smaller larger")
# Names of colours that ink and paper have already, or that vanish on the other theme's paper.
_THEME = word_set("black white #000 #fff #000000 #ffffff inherit initial unset transparent none")
_INK = "#1c1e21"  # of tokens.css: what can be read on any marker colour


def kept_style(text: str) -> str:
    """Return the declarations that a reader can honour in any theme and at any size, or "".

    Lengths in pixels, addresses and positions go: readers choose sizes, and there is no page to
    position on. A text colour stays unless it is the theme's own black or white.
    """
    kept: dict[str, str] = {}
    for declaration in re.sub(r"/\*.*?\*/", "", text, flags=re.S).split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower().removesuffix("!important").strip()
        if colon and value and _is_kept(name, value):
            kept["background-color" if name == "background" else name] = value
    if "background-color" in kept and "color" not in kept:
        kept["color"] = _INK
    return "; ".join(f"{name}: {value}" for name, value in kept.items())


def _is_kept(name: str, value: str) -> bool:
    if name in _WORDS:
        return value in _WORDS[name].split()
    if name in _COLOURS:
        return value not in _THEME and bool(_COLOUR.match(value))
    if name in _LENGTHS:
        sized = name == "font-size" and value in _SIZES
        return sized or bool(_RELATIVE.match(value))
    return False
