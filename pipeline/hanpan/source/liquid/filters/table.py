"""FILTERS: those of Jekyll that Liquid itself has not, and those that need a limit.

Jekyll's manual, "Liquid Filters", says what each does. None asks the clock or rolls dice: the same
post gives the same text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus, unquote_plus

from hanpan.source.characters import plain_characters
from hanpan.source.liquid.filters.dates import DATE_FILTERS
from hanpan.source.liquid.filters.lists import (
    array_to_sentence,
    group_by,
    join,
    push,
    sort,
    split,
    times,
    to_integer,
    uniq,
    unshift,
    where,
)
from hanpan.source.liquid.filters.texts import (
    absolute_url,
    markdownify,
    number_of_words,
    relative_url,
    remove,
    replace,
    slugify,
    strip_html,
)
from hanpan.source.liquid.filters.values import jsonify, list_of, number_of, text_of


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
    "uniq": uniq,
    "split": split,
    "array_to_sentence_string": array_to_sentence,
    "number_of_words": number_of_words,
    "push": push,
    "append_to": push,
    "unshift": unshift,
    "pop": lambda value, count=1: list_of(value)[: -int(number_of(count)) or None],
    "shift": lambda value, count=1: list_of(value)[int(number_of(count)) :],
    "sample": lambda value, count=1: next(iter(list_of(value)), ""),
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
