"""Filters: those of Jekyll that Liquid itself has not, and those that need a limit.

What each does is said in Jekyll's manual, "Liquid Filters". None asks the clock or rolls dice: the
same post gives the same text.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

from liquid.exceptions import FilterArgumentError
from liquid.stringify import to_liquid_string
from liquid.undefined import Undefined

from hanpan.source.characters import plain_characters
from hanpan.source.front_matter.plain import plain
from hanpan.source.liquid.dates import DATE_FILTERS
from hanpan.source.liquid.marks import BREAK, SITE

LENGTH_LIMIT = 4_000_000  # characters that one filter may make
NUMBER_LIMIT = 4_096  # bits
_BLOCK = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|>|\||```|~~~|<(?:p|div|ul|ol|table|pre)\b)")
_NOT_PRETTY = re.compile(r"[^\w._~!$&'()+,;=@]+")


class Markdown(str):
    """Text that is to be read as Markdown: pandoc reads it where it ends up."""

    __slots__ = ()


def text_of(value: object) -> str:
    """Return a value as Liquid writes it."""
    if isinstance(value, Undefined):
        return ""
    if isinstance(value, (dict, list)):
        return jsonify(value) if isinstance(value, dict) else to_liquid_string(value, False)
    return to_liquid_string(value, False)


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


def jsonify(value: object) -> str:
    """Return a value as JSON. Raises ValueError where it would be too long."""
    budget = [100_000]

    def simple(item: object, depth: int = 0) -> Any:
        budget[0] -= 1
        if budget[0] < 0 or depth > 20:
            raise ValueError("too much for JSON")
        if isinstance(item, Mapping) and not isinstance(item, Undefined):
            return {str(key): simple(inner, depth + 1) for key, inner in item.items()}
        if isinstance(item, (list, tuple)):
            return [simple(inner, depth + 1) for inner in item]
        if item is None or isinstance(item, (bool, int, float, str)):
            return item
        return text_of(item)

    return json.dumps(simple(value), ensure_ascii=False)


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


def join(value: object, between: object = " ") -> str:
    """Return the items of a list as one text."""
    items, mark = [text_of(item) for item in _list(value)], text_of(between)
    if sum(map(len, items)) + len(mark) * len(items) > LENGTH_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    return mark.join(items)


def times(value: object, factor: object) -> object:
    """Return a product; of whole numbers that grow without end, 0."""
    one, two = _number(value), _number(factor)
    if isinstance(one, int) and isinstance(two, int):
        return one * two if one.bit_length() + two.bit_length() < NUMBER_LIMIT else 0
    return one * two


def to_integer(value: object) -> int:
    return int(_number(value))


def group_by(value: object, key: object) -> list[dict[str, object]]:
    """Return the items by what they say under `key`."""
    groups: dict[str, list[object]] = {}
    for item in _list(value):
        groups.setdefault(text_of(_property(item, key)), []).append(item)
    return [
        {"name": name, "items": members, "size": len(members)} for name, members in groups.items()
    ]


def where(value: object, key: object, wanted: object = None) -> list[object]:
    """Return the items that say `wanted` under `key`, or whose list there holds it."""
    items = []
    for item in _list(value):
        own = _property(item, key)
        alike = text_of(own) == text_of(wanted) if not isinstance(own, list) else wanted in own
        if alike or (wanted is None and own):
            items.append(item)
    return items


def sort(value: object, key: object = None, _nils: object = None) -> list[object]:
    """Return the items in order of what they say under `key`; numbers before texts."""

    def sort_key(item: object) -> tuple[int, float, str]:
        own = item if key is None else _property(item, key)
        if isinstance(own, (int, float)):
            return 0, float(own), ""
        return 1, 0.0, text_of(own)

    return sorted(_list(value), key=sort_key)


def array_to_sentence(value: object, connector: object = "and") -> str:
    items = [text_of(item) for item in _list(value)]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {text_of(connector)} {items[-1]}"


def number_of_words(value: object, _mode: object = None) -> int:
    return len(text_of(value).split())


def push(value: object, item: object) -> list[object]:
    return [*_list(value), item]


def unshift(value: object, item: object) -> list[object]:
    return [item, *_list(value)]


def _list(value: object) -> list[object]:
    if isinstance(value, (str, Undefined)) or value is None:
        return [value] if isinstance(value, str) and value else []
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, Iterable) else [value]


def _property(item: object, key: object) -> object:
    value: object = item
    for name in text_of(key).split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _number(value: object) -> int | float:
    if isinstance(value, (int, float)):
        return value
    match = re.match(r"\s*-?\d{1,300}(\.\d{1,300})?", text_of(value))
    if not match:
        return 0
    return float(match[0]) if match[1] else int(match[0])


def _on_text(change: Callable[[str], str]) -> Callable[[object], str]:
    return lambda value: change(text_of(value))


FILTERS: dict[str, Callable[..., object]] = {
    "markdownify": markdownify,
    "strip_html": strip_html,
    "relative_url": relative_url,
    "absolute_url": absolute_url,
    "slugify": slugify,
    "jsonify": jsonify,
    "inspect": jsonify,
    "replace": replace,
    "remove": remove,
    "join": join,
    "times": times,
    "to_integer": to_integer,
    "group_by": group_by,
    "where": where,
    "sort": sort,
    "array_to_sentence_string": array_to_sentence,
    "number_of_words": number_of_words,
    "push": push,
    "append_to": push,
    "unshift": unshift,
    "pop": lambda value, count=1: _list(value)[: -int(_number(count)) or None],
    "shift": lambda value, count=1: _list(value)[int(_number(count)) :],
    "sample": lambda value, count=1: next(iter(_list(value)), ""),
    "xml_escape": _on_text(lambda text: html.escape(text, quote=True)),
    "cgi_escape": _on_text(quote_plus),
    "uri_escape": _on_text(lambda text: quote(text, safe="!#$&'()*+,/:;=?@[]~%\x05")),
    "url_decode": _on_text(lambda text: plain_characters(unquote_plus(text))),
    "normalize_whitespace": _on_text(lambda text: " ".join(text.split())),
    "strip_index": _on_text(lambda text: re.sub(r"/index\.html?\Z", "/", text)),
    "smartify": _on_text(str),
    "sassify": lambda value: "",
    "scssify": lambda value: "",
    **DATE_FILTERS,
}
