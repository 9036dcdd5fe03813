"""Filters of text: its letters, blanks and parts."""

from __future__ import annotations

import re
from collections.abc import Callable

from liquid.exceptions import FilterArgumentError

from hanpan.source.liquid.ruby import to_s
from hanpan.source.liquid.values import (
    LENGTH_LIMIT,
    LIST_LIMIT,
    Markdown,
    integer_of,
    is_nothing,
)

_CJK = (
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f\U00020000-\U0003134f"
)
_CJK_SIGN = re.compile(f"[{_CJK}]")
_OTHER_WORD = re.compile(rf"[^{_CJK}\s]+")
_BLANKS = " \t\n\v\f\r\0"  # what Ruby's strip takes


def on_text(change: Callable[[str], str]) -> Callable[[object], str]:
    """Return a filter that gives `change` its value as text."""
    return lambda value: change(to_s(value))


def _kept(value: object, text: str) -> str:
    """Return changed text; what is made of Markdown is Markdown."""
    return Markdown(text) if isinstance(value, Markdown) else text


def append(value: object, more: object) -> str:
    return _kept(value, to_s(value) + to_s(more))


def prepend(value: object, more: object) -> str:
    return _kept(value, to_s(more) + to_s(value))


def capitalize(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


def newline_to_br(text: str) -> str:
    return re.sub(r"\r?\n", "<br />\n", text)


def replace(value: object, old: object, new: object = "") -> str:
    """Return text with every `old` as `new`."""
    text, old, new = to_s(value), to_s(old), to_s(new)
    times = text.count(old) if old else len(text) + 1
    if len(text) + times * len(new) > LENGTH_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    return _kept(value, text.replace(old, new))


def replace_first(value: object, old: object, new: object = "") -> str:
    return _kept(value, to_s(value).replace(to_s(old), to_s(new), 1))


def replace_last(value: object, old: object, new: object = "") -> str:
    before, mark, after = to_s(value).rpartition(to_s(old)) if to_s(old) else (to_s(value), "", "")
    is_there = mark or not to_s(old)
    return _kept(value, f"{before}{to_s(new)}{after}" if is_there else to_s(value))


def remove(value: object, old: object) -> str:
    return replace(value, old, "")


def remove_first(value: object, old: object) -> str:
    return replace_first(value, old, "")


def remove_last(value: object, old: object) -> str:
    return replace_last(value, old, "")


def cut(value: object, start: object, length: object = None) -> object:
    """Return a part of a text or a list: Liquid's slice."""
    own = list(value) if isinstance(value, (list, tuple, range)) else to_s(value)
    at, size = integer_of(start), 1 if is_nothing(length) else integer_of(length)
    at = at + len(own) if at < 0 else at
    return own[at : at + size] if 0 <= at <= len(own) and size >= 0 else own[:0]


def truncate(value: object, length: object = 50, ending: object = "...") -> object:
    if is_nothing(value):
        return None
    text, end, most = to_s(value), to_s(ending), integer_of(length, 50)
    return text[: max(0, most - len(end))] + end if len(text) > most else text


def truncatewords(value: object, words: object = 15, ending: object = "...") -> object:
    """Return the first words; blanks between them are one where some are left out."""
    if is_nothing(value):
        return None
    text, most = to_s(value), max(1, integer_of(words, 15))
    listed = text.split(maxsplit=most)
    return " ".join(listed[:most]) + to_s(ending) if len(listed) > most else text


def split(value: object, mark: object = "") -> list[str]:
    """Return the parts of a text between marks, as Ruby does: empty ones at the end go."""
    text, between = to_s(value), to_s(mark)
    if (text.count(between) if between else len(text)) > LIST_LIMIT:
        raise FilterArgumentError("the result would be too long", token=None)
    if not between:
        return list(text)
    parts = text.split(None if between == " " else between)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def strip(text: str) -> str:
    return text.strip(_BLANKS)


def lstrip(text: str) -> str:
    return text.lstrip(_BLANKS)


def rstrip(text: str) -> str:
    return text.rstrip(_BLANKS)


def number_of_words(value: object, mode: object = None) -> int:
    """Return how many words a text has; by mode, each sign of Chinese, Japanese, Korean is one."""
    text = to_s(value)
    signs = len(_CJK_SIGN.findall(text)) if mode in ("cjk", "auto") else 0
    if mode == "cjk" or signs:
        return signs + len(_OTHER_WORD.findall(text))
    return len(text.split())


TEXT_FILTERS: dict[str, Callable[..., object]] = {
    "append": append,
    "prepend": prepend,
    "capitalize": on_text(capitalize),
    "downcase": on_text(str.lower),
    "upcase": on_text(str.upper),
    "newline_to_br": on_text(newline_to_br),
    "strip_newlines": on_text(lambda text: re.sub(r"\r?\n", "", text)),
    "normalize_whitespace": on_text(lambda text: " ".join(text.split())),
    "squish": on_text(lambda text: " ".join(text.split())),
    "strip": on_text(strip),
    "lstrip": on_text(lstrip),
    "rstrip": on_text(rstrip),
    "replace": replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "slice": cut,
    "split": split,
    "truncate": truncate,
    "truncatewords": truncatewords,
    "number_of_words": number_of_words,
}
