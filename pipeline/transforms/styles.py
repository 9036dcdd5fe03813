"""Authors' inline styles: the few properties that say something about the text, and no others."""

from __future__ import annotations

import re

_PROPERTIES = frozenset(
    """color background-color width height max-width max-height text-align vertical-align
    font-weight font-style font-size text-decoration text-indent white-space float clear
    margin margin-left margin-right margin-top margin-bottom padding border border-radius
    list-style-type""".split()
)
_UNSAFE = re.compile(r"url\(|expression|@import|[\\<>{}]|/\*|!important", re.IGNORECASE)


def safe_style(style: str) -> str:
    """Return the declarations of a style attribute that are known and fetch nothing."""
    kept = []
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and value and name in _PROPERTIES and not _UNSAFE.search(value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept)
