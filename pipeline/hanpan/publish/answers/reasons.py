"""Reasons: why a server refuses, in its own words, whatever the shape of its JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from hanpan.publish.answers.answer import Answer

# Most reliable first. The last two may be names of fields as well.
_MESSAGES = ("message", "error_description", "detail", "error", "title", "reason")
_NAMES = ("property", "field", "location", "path")  # of the field that is wrong
_INSIDE = ("error", "errors", "params", "details", "data", "extensions")
_BY_FIELD = ("errors", "params", "details")  # may be {field: reason}
_LONGEST = 300  # characters of one reason
_MOST = 5
_LONGEST_PAGE = 20_000  # characters of a page that are searched for words


def reasons_of(answer: Answer) -> list[str]:
    """Return the reasons in an error's body, each with the field it is about; [] for none.

    Known shapes: WordPress (`message`, `data.params`), Ghost (`errors[].message, context,
    property`), Forem (`error`), GraphQL (`errors[].message`), Google (`error.errors`), Rails
    (`errors: {field: [reason]}`), RFC 9457 (`detail`). Of other content, the first words.
    """
    reasons = list(islice(_walk(answer.data, ""), 100))
    if answer.data is None:
        text = re.sub("<[^<>]*>", " ", answer.text(_LONGEST_PAGE))
        reasons = [" ".join(text.split())]
    # what was put together again may be a secret, and a cut must not leave a part of one
    short = (answer.redaction.text(text)[:_LONGEST] for text in reasons if text)
    return list(dict.fromkeys(short))[:_MOST]


def _walk(value: Any, field: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{field}: {value}" if field else value
    elif isinstance(value, list):
        for item in value:
            yield from _walk(item, field)
    elif isinstance(value, dict):
        yield from _walk_object(value, field)


def _walk_object(value: dict[str, Any], field: str) -> Iterator[str]:
    field = _first(value, _NAMES) or field
    message, context = _first(value, _MESSAGES), value.get("context")
    if message:
        more = f" ({context})" if isinstance(context, str) and context else ""
        yield from _walk(message + more, field)
    for key in _INSIDE:
        inner = value.get(key)
        if isinstance(inner, dict) and key in _BY_FIELD and not _first(inner, _MESSAGES[:4]):
            for name, item in inner.items():
                yield from _walk(item, name)
        elif isinstance(inner, dict | list):
            yield from _walk(inner, field)


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((value[key] for key in keys if isinstance(value.get(key), str)), "")
