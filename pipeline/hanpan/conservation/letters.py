"""Letters: text without all that is neither letter nor digit, in one form."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return the letters and digits of a text, compatible forms as one and without case."""
    if text.isascii():
        return _BETWEEN.sub("", text).lower()
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
