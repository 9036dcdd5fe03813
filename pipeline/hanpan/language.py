"""Languages: BCP 47 tags in their one form, and which of them are Korean."""

from __future__ import annotations

import re
from typing import Literal

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_SHORTER = {"kor": "ko", "eng": "en"}  # RFC 5646, 2.2.1: the two-letter code where there is one


def canonical_tag(text: str) -> str:
    """Return a tag as RFC 5646 (2.1.1) writes it, "" for what is none: `KO_kr` is `ko-KR`."""
    tag = text.strip().replace("_", "-").lower()
    if not _TAG.fullmatch(tag):
        return ""
    language, *rest = tag.split("-")
    return "-".join([_SHORTER.get(language, language), *(_cased(subtag) for subtag in rest)])


def _cased(subtag: str) -> str:
    """Return a region in capitals and a script with one; all else is in small letters."""
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag


def is_korean(lang: str) -> bool:
    """Tell whether a language tag is Korean, in whatever way it is written."""
    return canonical_tag(lang).partition("-")[0] == "ko"


def label_language(lang: str) -> Literal["ko", "en"]:
    """Return the language in which labels are beside a text: Korean beside Korean, else English."""
    return "ko" if is_korean(lang) else "en"
