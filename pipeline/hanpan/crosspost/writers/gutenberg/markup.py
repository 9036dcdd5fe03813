"""What blocks are made of: comments around markup, and text without the styles that themes have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from html import escape

from hanpan import tree
from hanpan.tree import Element

_PLAIN_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "ins", "kbd", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
    "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip


def wrap(name: str, html: str, attributes: Mapping[str, object] | None = None) -> str:
    """Return a block: its markup between comments that name it and its attributes."""
    settings = (
        f" {json.dumps(attributes, ensure_ascii=False, separators=(',', ':'))}"
        if attributes
        else ""
    )
    return f"<!-- wp:{name}{settings} -->\n{html}\n<!-- /wp:{name} -->"


def bare(element: Element) -> str:
    """Return the contents of an element without the styles that themes have."""
    copy = deepcopy(element)
    for inner in copy.iter():
        if inner is copy or inner.tag in ("span", "mark"):
            continue
        if "vertical-align" not in (inner.get("style") or ""):  # of a formula in a line
            inner.attrib.pop("style", "")
    return tree.inner_html(copy).strip()


def is_only_inline(element: Element) -> bool:
    """Tell whether all that is in an element can stand in a block's text."""
    return all(inner.tag in _PLAIN_INLINE for inner in element.iterdescendants())


def attribute(text: str) -> str:
    """Return text for an attribute in double quotes."""
    # `<` as well: WordPress takes the comment of a block for one even within quotes
    return escape(text, quote=False).replace('"', "&quot;")


def anchor(element: Element) -> str:
    """Return the attribute `id` of a block's outer element, "" where it has none."""
    name = element.get("id")
    return f' id="{attribute(name)}"' if name else ""
