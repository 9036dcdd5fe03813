"""Forms of pictures: what editors, themes and scripts say of a file, its size, side and theme.

Typora's `zoom`, `![](a.png =100x)` of many editors, `<picture>`, Chirpy's `w`, `.left`, `.w-50`,
`.light` and `.dark`, Minimal Mistakes' `figure.half`, lazy loaders' `data-src`: as HTML says it.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise
from urllib.parse import unquote

from hanpan import tree
from hanpan.transforms.select import drop
from hanpan.transforms.shared.context import Context
from hanpan.transforms.theme_pictures import DARK, LIGHT
from hanpan.tree import Element

ZOOM = "data-zoom"  # the share of its own size in which a picture is shown, in percent
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url")
_SIZE = re.compile(r"(\d{1,5}%?)?x(\d{1,5})?")
_NAMED_SIZE = re.compile(r"\|\s*+(\d{1,5})(?:x(\d{1,5}))?\s*\Z")  # `![말|300x200](a.png)`
_SCHEME = re.compile(r"prefers-color-scheme\s*:\s*(light|dark)")
_ZOOMED = re.compile(r"(?:^|;)\s*+zoom\s*+:\s*+(\d{1,3}(?:\.\d{1,4})?)(%?)", re.IGNORECASE)
_WIDTH_CLASS = re.compile(r"w-(25|50|75|100)\Z")
_SIDES = {"left": "align-left", "right": "align-right"}
_ROWS = {"half": 47.5, "third": 31.5}  # percent of a line that each picture of a figure takes
_ONLY = re.compile(r"#(?:gh-(light|dark)-mode-only|only-(light|dark))\Z")


def picture_forms(root: Element, context: Context) -> None:
    """Say a picture's file, size, side and theme by its attributes."""
    for picture in list(root.iter("picture")):
        _pair_themes(picture)
    images = list(root.iter("img"))
    for image in images:
        _find_source(image)
        _take_size(image)
        _take_classes(image)
    for figure in root.iter("figure"):
        share = next((_ROWS[name] for name in tree.classes(figure) if name in _ROWS), 0.0)
        for image in figure.iter("img") if share else ():
            _add_style(image, f"width: {share:g}%")
    for image, following in pairwise(images):
        themes = (_theme(image), _theme(following))
        if themes in (("light", "dark"), ("dark", "light")):
            tree.add_class(image, LIGHT if themes[0] == "light" else DARK)
            tree.add_class(following, LIGHT if themes[1] == "light" else DARK)


def _pair_themes(picture: Element) -> None:
    """Make of a `<picture>` whose sources are for light and dark pages two pictures, a pair."""
    image = next(picture.iter("img"), None)
    sources: dict[str, str] = {}
    for source in picture.iter("source"):
        scheme = _SCHEME.search(source.get("media") or "")
        address = (source.get("srcset") or source.get("src") or "").split(",")[0].split()
        if scheme and address:
            sources.setdefault(scheme[1], address[0])
    parent = image.getparent() if image is not None else None
    if image is None or parent is None or not sources:
        return
    shown = image.get("src") or ""
    light, dark = sources.get("light", shown), sources.get("dark", shown)
    image.set("src", light)
    if light and dark and light != dark:
        other = deepcopy(image)
        other.tail = None
        other.set("src", dark)
        if other.get("id"):
            del other.attrib["id"]
        tree.add_class(image, "light")
        tree.add_class(other, "dark")
        parent.insert(parent.index(image) + 1, other)
        other.tail, image.tail = image.tail, None


def _find_source(image: Element) -> None:
    """Take a lazy loader's address where `src` has none, or a stand-in."""
    source = (image.get("src") or "").strip()
    lazy = next((image.get(name, "").strip() for name in _LAZY if image.get(name)), "")
    if lazy and (not source or source.startswith("data:") or "placeholder" in source.lower()):
        image.set("src", lazy)
    elif not source and image.get("srcset"):
        image.set("src", (image.get("srcset") or "").split(",")[0].split()[0:1][0])


def _take_size(image: Element) -> None:
    """Read `a.png =100x50`, `w` and `h`, and `zoom`."""
    source = image.get("src") or ""
    address, _, behind = source.rstrip().rpartition("=")
    size = _SIZE.fullmatch(behind)
    if size and (size[1] or size[2]) and address.endswith((" ", "%20")):
        image.set("src", address.rstrip().removesuffix("%20").rstrip())
        for name, value in (("width", size[1]), ("height", size[2])):
            if value and not image.get(name):
                image.set(name, value)
    named = _NAMED_SIZE.search(image.get("alt") or "")
    if named and not (image.get("width") or image.get("height")):
        image.set("alt", (image.get("alt") or "")[: named.start()].rstrip())
        for name, value in (("width", named[1]), ("height", named[2])):
            if value:
                image.set(name, value)
    for short, name in (("w", "width"), ("h", "height")):
        value = drop(image, short) or drop(image, f"data-{short}")
        if value and not image.get(name):
            image.set(name, value)
    zoom = _ZOOMED.search(image.get("style") or "")
    drop(image, ZOOM)
    if zoom:
        percent = float(zoom[1]) * (1 if zoom[2] else 100)
        if 0 < percent < 1000:
            image.set(ZOOM, f"{percent:g}")


def _take_classes(image: Element) -> None:
    for name in tree.classes(image):
        width = _WIDTH_CLASS.match(name)
        if width and "width" not in (image.get("style") or ""):
            _add_style(image, f"width: {width[1]}%")
        if name in _SIDES:
            tree.add_class(image, _SIDES[name])


def _theme(image: Element) -> str:
    """Return the theme for which a picture is made: light, dark, or ""."""
    only = _ONLY.search(unquote(image.get("src") or ""))
    if only:
        return str(only[1] or only[2])
    names = tree.classes(image)
    return next((name for name in ("light", "dark") if name in names), "")


def _add_style(image: Element, declaration: str) -> None:
    style = (image.get("style") or "").strip().rstrip(";")
    image.set("style", f"{style}; {declaration}".removeprefix("; "))
