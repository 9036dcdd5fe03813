"""Refusals: what to change when a server refuses, and answers that are not its API's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hanpan.publish.answers.answer import Answer
from hanpan.publish.client import BadAnswer, RequestRefused


@contextmanager
def explain_refusals(remedies: Mapping[str, str]) -> Iterator[None]:
    """Give a refusal within the block the remedy whose key is in its message or code."""
    try:
        yield
    except RequestRefused as error:
        reason = f"{error.problem.message} {error.code}".lower()
        for words, remedy in remedies.items():
            if words.lower() in reason:
                message = error.problem.message
                raise type(error)(error.status, message, remedy, data=error.data) from None
        raise


def value_at(answer: Answer, *path: str | int) -> Any:
    """Return the value at `path` in an answer's JSON.

    Raises BadAnswer where there is none: then it is not the API that answers.
    """
    value = answer.data
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        value = None
    if value is None:
        name = ".".join(map(str, path)) or "JSON"
        raise BadAnswer(f"{answer.status}, without {name}")
    return value
