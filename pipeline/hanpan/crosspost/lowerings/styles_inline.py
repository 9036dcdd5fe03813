"""Styles on the elements themselves: other platforms do not have our stylesheets."""

from __future__ import annotations

import re
from functools import lru_cache

import css_inline

from hanpan import tree
from hanpan.crosspost.lowering import Lowering
from hanpan.transforms.element_numbers import NUMBER
from hanpan.tree import Element

STYLESHEET = "styles/inline.css"
_RGB = re.compile(r"rgba?\(\s*+(\d++)[\s,]++(\d++)[\s,]++(\d++)[^)]*+(\))?")
# properties of our own page, or that no platform keeps
_NEVER = frozenset(("position", "float", "z-index", "animation", "transition", "filter"))
_KEPT = frozenset((
    "href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "start", "type",
    "value", "reversed", "datetime", "cite", "id", "style", "class", "open", "lang", "align",
))  # fmt: skip


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)


@lru_cache(maxsize=8)  # platforms without differences of their own share it
def _inline_css(html: str, css: str) -> str:
    return _inliner().inline_fragment(html, css)


def styles_inline(root: Element, lowering: Lowering) -> None:
    """Move layouts/styles/inline.css into style attributes; drop unused classes."""
    css = lowering.files.layout(STYLESHEET).decode("utf-8")
    styled = tree.parse(_inline_css(tree.inner_html(root), css))
    for element in list(styled.iter()):
        _plain(element, lowering)
    root.text, root[:] = styled.text, list(styled)


def _plain(element: Element, lowering: Lowering) -> None:
    """Keep only the attributes, classes and properties that the platform keeps."""
    for name in list(element.attrib):
        if name not in _KEPT and name != NUMBER:
            del element.attrib[name]
    kept = [n for n in tree.classes(element) if lowering.platform.body.keeps_class(n)]
    if kept:
        element.set("class", " ".join(kept))
    else:
        element.attrib.pop("class", "")
    style = _style(element.get("style") or "", lowering.platform.body.without_properties)
    if style:
        element.set("style", style)
    else:
        element.attrib.pop("style", "")
    if element.tag == "span" and not element.attrib and element.getparent() is not None:
        tree.unwrap(element)
        return
    allowed = lowering.platform.body.tags
    if allowed and element.tag not in allowed and element.getparent() is not None:
        lowering.lose("tag-dropped", str(element.tag), at=element)
        tree.unwrap(element)


@lru_cache(maxsize=1024)  # a post has few styles, many times
def _style(style: str, without: tuple[str, ...]) -> str:
    """Return a style attribute with hex colours and without the properties named."""
    kept = []
    for declaration in _RGB.sub(_hex, style).split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if not colon or name in without or name in _NEVER or name.startswith("-"):
            continue
        if re.search(r"(?:hsla?|url|expression|color-mix|oklch)\(", value, re.IGNORECASE):
            continue
        kept.append(f"{name}: {value}")
    return "; ".join(kept)


def _hex(match: re.Match[str]) -> str:
    if not match[4]:  # nothing closes it
        return match[0]
    return "#" + "".join(f"{min(int(match[n]), 255):02x}" for n in (1, 2, 3))
