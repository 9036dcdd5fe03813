"""Elements of HTML in MDX: JSX's names of attributes -> HTML's."""

from __future__ import annotations

import html
import re

from hanpan.source.mdx.jsx import Tag, style_of

_RENAMED = {"className": "class", "htmlFor": "for", "srcSet": "srcset", "colSpan": "colspan",
    "rowSpan": "rowspan", "allowFullScreen": "allowfullscreen", "tabIndex": "tabindex"}  # fmt: skip
_VOID = frozenset("area br col hr img input link meta source track wbr".split())


def html_of(tag: Tag, written: str) -> str:
    """Return an element of HTML with its attributes as HTML writes them."""
    if tag.is_closing:
        return f"</{tag.name}>"
    shown = []
    for key, value in tag.attributes.items():
        if key == "style" and value is None:
            value = style_of(written.partition("style")[2])
        if value is None or re.match(r"on[A-Z]|dangerously", key):
            continue
        name = _RENAMED.get(key, key)
        shown.append(f' {name}="{html.escape(value)}"')
    closing = "" if not tag.is_whole or tag.name in _VOID else f"</{tag.name}>"
    return f"<{tag.name}{''.join(shown)}>{closing}"
