"""Letters: text without all that is neither letter nor digit, in one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BETWEEN = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return the letters and digits of a text, compatible forms as one and without case."""
    return "".join(map(_letters_of_line, text.split("\n")))


@lru_cache(maxsize=8192)  # a document's lines are in all its editions
def _letters_of_line(line: str) -> str:
    if line.isascii():
        return _BETWEEN.sub("", line).lower()
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", line)).lower()
