"""Terms: what a text can be found by, so that a part of a word finds it, in any language.

Korean writes particles onto words and words together: `서버를`, `데이터베이스`. So what is
indexed is not words but their parts: each Hangul syllable, and each two that follow each other; of
other words each three letters. `layouts/site/search.js` makes the same of what is typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 200_000  # characters of a text that are indexed
_RUN = re.compile(
    r"([\uac00-\ud7a3\u3041-\u30ff\u3400-\u9fff]+)|([^\W_\uac00-\ud7a3\u3041-\u30ff\u3400-\u9fff]+[+#]*)"
)


def normal(text: str) -> str:
    """Return a text as it is compared: compatibility forms and cases are one."""
    return unicodedata.normalize("NFKC", text).lower()


def terms_of(text: str) -> list[str]:
    """Return the terms of a text, sorted, each once."""
    return sorted(set(_terms(normal(text[:LONGEST]))))


def _terms(text: str) -> Iterator[str]:
    for syllables, word in _RUN.findall(text):
        if syllables:
            yield from syllables
            yield from map("".join, pairwise(syllables))
        elif len(word) <= 3:
            yield word
        elif len(word) <= 60:  # else it is no word: data, a hash
            yield from (word[start : start + 3] for start in range(len(word) - 2))
