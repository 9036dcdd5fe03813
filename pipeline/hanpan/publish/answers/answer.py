"""Answer: what a server answered, read so that no secret and no depth leaves it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hanpan.publish.answers.redaction import Redactor

_LARGEST_TEXT = 1_000_000  # bytes
_DEEPEST = 100  # levels of a JSON value: no API has ten, and Python's own limit is near 1,000


@dataclass(frozen=True)
class Answer:
    """What a server answered. `content` is as it came; whatever is read of it has no secrets."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    content: bytes
    redaction: Redactor

    @cached_property
    def data(self) -> Any:
        """Return the JSON value of the answer; None where it is not JSON."""
        return self.redaction.value(parse_json(self.content))

    def text(self, most: int) -> str:
        """Return the first `most` characters of an answer that is no JSON; "" for a huge one."""
        if len(self.content) > _LARGEST_TEXT:  # to cut it first might cut a secret
            return ""
        return self.redaction.text(self.content.decode("utf-8", "replace"))[:most]


def parse_json(content: bytes) -> Any:
    """Return a JSON value; None for what is none, and for one nested deeper than an API's."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return None if is_deep(value) else value


def is_deep(value: Any) -> bool:
    """Tell whether lists and objects are nested deeper than any API's."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [item for outer in level for item in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []
