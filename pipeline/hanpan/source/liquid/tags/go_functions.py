"""Functions of Go templates that shortcodes of plain HTML use, by name."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from hanpan.source.front_matter.hugo import sanitized

_LONGEST = 10_000  # characters of a text that is split


class Markup(str):
    """Text that is HTML or Markdown already."""

    __slots__ = ()


def text_of(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def is_true(value: object) -> bool:
    return bool(value) and value != 0


def _printf(form: object, *values: object) -> str:
    if not re.fullmatch(r"(?:[^%]|%[svd%])*", str(form)):
        raise ValueError(form)
    return re.sub("%[vd]", "%s", str(form)) % tuple(map(text_of, values))


def _split(value: object, sign: object) -> list[object]:
    return [*text_of(value)[:_LONGEST].split(text_of(sign))]


def _default(default: object, value: object = None) -> object:
    return value if is_true(value) else default


def _index(value: object, key: object) -> object:
    if isinstance(value, Mapping):
        return value.get(str(key), "")
    if isinstance(value, list) and isinstance(key, int):
        return value[key] if 0 <= key < len(value) else ""
    raise ValueError(key)


def _dict(*values: object) -> dict[str, object]:
    if len(values) % 2:
        raise ValueError(values)
    return dict(zip(map(text_of, values[::2]), values[1::2], strict=True))


def _kept(value: object, text: str) -> str:
    return Markup(text) if isinstance(value, Markup) else text


def _as_markup(*values: object) -> Markup:
    return Markup(text_of(values[-1]))


def _same(*values: object) -> object:
    return values[-1]


Function = Callable[..., object]
FUNCTIONS: dict[str, Function] = {
    "dict": _dict,
    "markdownify": _as_markup,
    "safeHTML": _as_markup,
    "safe.HTML": _as_markup,
    "htmlUnescape": lambda value: Markup(html.unescape(text_of(value))),
    ".Page.RenderString": _as_markup,
    "safeURL": _same,
    "safeCSS": _same,
    "safeHTMLAttr": _as_markup,
    "relURL": _same,
    "relLangURL": _same,
    "absURL": _same,
    "htmlEscape": text_of,
    "string": text_of,
    "lower": lambda value: text_of(value).lower(),
    "strings.ToLower": lambda value: text_of(value).lower(),
    "upper": lambda value: text_of(value).upper(),
    "strings.ToUpper": lambda value: text_of(value).upper(),
    "humanize": lambda value: text_of(value).replace("-", " ").capitalize(),
    "urlize": lambda value: sanitized(text_of(value)).lower(),
    "anchorize": lambda value: sanitized(text_of(value)).lower(),
    "plainify": lambda value: re.sub(r"<[^<>]*>", "", text_of(value)),
    "trim": lambda value, signs: _kept(value, text_of(value).strip(text_of(signs))),
    "strings.TrimSpace": lambda value: _kept(value, text_of(value).strip()),
    "chomp": lambda value: _kept(value, text_of(value).rstrip("\n")),
    "replace": lambda value, old, new: text_of(value).replace(text_of(old), text_of(new)),
    "split": lambda value, sign: _split(value, sign),
    "strings.Split": lambda value, sign: _split(value, sign),
    "slice": lambda *values: list(values),
    "delimit": lambda values, sign: text_of(sign).join(map(text_of, values)),
    "printf": _printf,
    "print": lambda *values: "".join(map(text_of, values)),
    "default": _default,
    "index": _index,
    "isset": lambda value, key: _index(value, key) != "",
    "len": len,
    "eq": lambda value, *others: any(text_of(value) == text_of(other) for other in others),
    "ne": lambda one, other: text_of(one) != text_of(other),
    "not": lambda value: not is_true(value),
    "and": lambda *values: next((v for v in values if not is_true(v)), values[-1]),
    "or": lambda *values: next((v for v in values if is_true(v)), values[-1]),
    "hasPrefix": lambda value, start: text_of(value).startswith(text_of(start)),
    "strings.HasPrefix": lambda value, start: text_of(value).startswith(text_of(start)),
    "cond": lambda condition, one, other: one if is_true(condition) else other,
}
