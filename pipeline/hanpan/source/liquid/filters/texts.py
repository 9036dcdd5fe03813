"""Filters of text: Markdown, HTML, addresses, slugs."""

from __future__ import annotations

import re
import unicodedata

from liquid.exceptions import FilterArgumentError

from hanpan.source.front_matter.plain import plain
from hanpan.source.liquid.filters.values import LENGTH_LIMIT, Markdown, text_of
from hanpan.source.liquid.marks import BREAK, SITE

_BLOCK = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~|<(?:p|div|ul|ol|table|pre)\b)")


def markdownify(value: object) -> str:
    """Return Markdown as it stands: within a line, or apart from what is around it."""
    text = text_of(value).strip("\n \t")
    if "\n" in text or _BLOCK.match(text):
        lines = BREAK.join(line.rstrip() for line in text.split("\n"))
        return Markdown(f"{BREAK}{BREAK}{lines}{BREAK}{BREAK}")
    return Markdown(text)


def strip_html(value: object) -> str:
    """Return text without tags; of Markdown, without its marks."""
    if isinstance(value, Markdown):
        return plain(value.replace(BREAK, "\n"))
    text, kept, at = text_of(value), [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return re.sub(r"<[^<>]*+>", "", "".join((*kept, text[at:])))


def relative_url(value: object) -> str:
    """Return the path of a page or picture below the site's address."""
    path = text_of(value)
    if path.startswith(SITE) or re.match(r"[a-z][a-z0-9+.-]*:|//", path, re.IGNORECASE):
        return path
    return path if path.startswith("/") else f"/{path}"


def absolute_url(value: object) -> str:
    """Return the whole address of a page or picture of the site."""
    path = relative_url(value)
    return f"{SITE}{path}" if path.startswith("/") and not path.startswith("//") else path


def slugify(value: object, mode: object = "default") -> str:
    """Return text as part of an address; Hangul stays."""
    text = unicodedata.normalize("NFC", text_of(value))
    if mode == "none":
        return text
    if mode == "raw":
        return re.sub(r"\s+", "-", text).strip("-").lower()
    pattern = r"[^\w._~!$&'()+,;=@]+|_" if mode == "pretty" else r"[\W_]+"
    return re.sub(pattern, "-", text).strip("-").lower()


def replace(value: object, old: object, new: object = "") -> str:
    """Return text with every `old` as `new`."""
    text, old, new = text_of(value), text_of(old), text_of(new)
    times = text.count(old) if old else len(text) + 1
    if len(text) + times * len(new) > LENGTH_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    replaced = text.replace(old, new)
    return Markdown(replaced) if isinstance(value, Markdown) else replaced


def remove(value: object, old: object) -> str:
    """Return text without `old`."""
    return replace(value, old, "")


def number_of_words(value: object, _mode: object = None) -> int:
    return len(text_of(value).split())
