"""Refusals: what to change where a server says no, and answers that are none of its API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hanpan.publish.client import PublishError, RequestRefused
from hanpan.publish.http import Answer


@contextmanager
def explained(remedies: Mapping[str, str]) -> Iterator[None]:
    """Give a refusal within the block the remedy whose key its message or code holds."""
    try:
        yield
    except RequestRefused as error:
        said = f"{error.problem.message} {error.code}".lower()
        for words, remedy in remedies.items():
            if words.lower() in said:
                message = error.problem.message
                raise type(error)(error.status, message, remedy, data=error.data) from None
        raise


def told(answer: Answer, *path: str | int) -> Any:
    """Return what stands at `path` of an answer's JSON.

    Raises PublishError where nothing does: then it is not the API that answers.
    """
    found = answer.data
    try:
        for step in path:
            found = found[step]
    except (KeyError, IndexError, TypeError):
        found = None
    if found is None:
        name = ".".join(map(str, path)) or "JSON"
        raise PublishError(
            "publish-answer",
            f"the server's answer ({answer.status}) has no {name}: it is not the API that answers",
            "Look at the address that is set, then run the command again.",
        )
    return found
