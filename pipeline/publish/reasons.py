"""Reasons: why a server says no, in its own words, from whatever shape of JSON it says them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_MESSAGES = ("message", "error_description", "error", "detail", "reason", "title")
_FIELDS = ("property", "field", "location", "path", "code")
_LONGEST = 300  # characters of one reason
_MOST = 5


def reasons_of(data: Any, content: bytes) -> list[str]:
    """Return the reasons in an error's body, each with the field it is about; [] for none.

    Known shapes: WordPress (`message`, `data.params`), Ghost (`errors[].message, context,
    property`), Forem (`error`), GraphQL (`errors[].message, extensions`), Google (`error.errors`),
    Rails (`errors: {field: [reason]}`). What is no JSON gives its first words.
    """
    found = list(_walked(data, "")) if isinstance(data, dict | list) else []
    if not found and data is None:
        text = re.sub(rb"<[^<>]*>", b" ", content[:20_000]).decode("utf-8", "replace")
        found = [" ".join(text.split())]
    short = (text[:_LONGEST] for text in found if text)
    return list(dict.fromkeys(short))[:_MOST]


def _walked(value: Any, field: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{field}: {value}" if field else value
    elif isinstance(value, list):
        for item in value:
            yield from _walked(item, field)
    elif isinstance(value, dict):
        yield from _of_object(value, field)


def _of_object(value: dict[str, Any], field: str) -> Iterator[str]:
    named = next((str(value[key]) for key in _FIELDS[:-1] if isinstance(value.get(key), str)), "")
    said = [value[key] for key in _MESSAGES if isinstance(value.get(key), str)]
    if said:
        context = value.get("context")
        text = f"{said[0]} ({context})" if isinstance(context, str) and context else said[0]
        yield from _walked(text, named or field)
    for key in ("error", "errors", "params", "details", "data", "extensions", "input"):
        inner = value.get(key)
        if isinstance(inner, dict) and not _has_reason(inner):
            for name, item in inner.items():  # {field: reason}
                if key in ("errors", "params", "input") or isinstance(item, dict):
                    yield from _walked(item, name if key != "data" else field)
        elif isinstance(inner, dict | list):
            yield from _walked(inner, field)


def _has_reason(value: dict[str, Any]) -> bool:
    return any(isinstance(value.get(key), str) for key in _MESSAGES)
