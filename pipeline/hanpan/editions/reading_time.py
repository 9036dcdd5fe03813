"""Reading time: how many minutes a post takes, the same in all editions."""

from __future__ import annotations

import re

from hanpan.document import Document

# a reader's pace in a minute; syllables of Korean prose, words of everything else
_SYLLABLES, _LATIN_WORDS = 500, 220
_SYLLABLE = re.compile("[\uac00-\ud7a3\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9_]+")
_MARKUP = re.compile(r"<(math|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


def minutes_to_read(document: Document) -> int:
    """Return how many minutes the body takes, at least one."""
    text = _MARKUP.sub(" ", document.body)
    minutes = len(_SYLLABLE.findall(text)) / _SYLLABLES + len(_WORD.findall(text)) / _LATIN_WORDS
    return max(1, round(minutes))
