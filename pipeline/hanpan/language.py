"""Languages: BCP 47 tags in their one form, which of them are Korean, and what letters tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Cjk = Literal["ja", "hans", "hant"]  # whose forms hanja have: Japan's, simplified, traditional

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_TRADITIONAL = frozenset(("Hant", "TW", "HK", "MO"))
# a mark that only lengthens (U+30FC) or a middle dot stands in Korean text as well
_KANA = re.compile(
    "[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d]"
)
_CJK = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMA = "\uff0c"  # as wide as a letter: Japanese and Korean have others
_EVERYDAY = frozenset("們很麼")  # plural, "very", "what": in KS X 1001, and in no Korean text
_FREQUENT = b"\xc6\x7e"  # the last of Big5's 5,401 frequent letters
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


def cjk_of(lang: str) -> Cjk | None:
    """Return whose forms of hanja a language tag asks for; None for all but Japanese and Chinese.

    Chinese without a script subtag is that of the region (CLDR, likelySubtags): traditional in
    Taiwan, Hong Kong and Macau.
    """
    language, *rest = canonical_tag(lang).split("-")
    if language == "ja":
        return "ja"
    if language not in ("zh", "cmn", "yue", "wuu", "lzh"):
        return None
    if "Hans" in rest:
        return "hans"
    return "hant" if language in ("yue", "lzh") or _TRADITIONAL.intersection(rest) else "hans"


def guessed_language(text: str) -> str:
    """Return the language that letters give away: "ja" for kana, "zh-Hans" for simplified ones.

    "zh-Hant" for traditional letters beside what only Chinese has: its comma, or its everyday
    words. That tells nothing beside Hangul, which callers look for. "" where letters do not tell:
    hanja alone may be of any language, and Korean is the default.
    """
    if _KANA.search(text):
        return "ja"
    letters = set(_HAN.findall(text))
    if any(map(_is_simplified, letters)):
        return "zh-Hans"
    is_chinese = _COMMA in text or any(map(_is_everyday_chinese, letters))
    return "zh-Hant" if is_chinese and any(map(_is_traditional, letters)) else ""


def letters_of_cjk(text: str) -> int:
    """Return how many letters of Japanese or Chinese a text has."""
    return len(_CJK.findall(text))


@lru_cache(maxsize=4096)
def _is_simplified(letter: str) -> bool:
    """Tell whether only mainland China writes a letter.

    That is: GB 2312 has it, and neither Big5 nor JIS X 0208 nor KS X 1001.
    """
    return _encodes(letter, "gb2312") and not any(
        _encodes(letter, other) for other in ("big5", "shift_jis", "euc_kr")
    )


@lru_cache(maxsize=4096)
def _is_everyday_chinese(letter: str) -> bool:
    """Tell whether a letter is frequent in Chinese, and not used in Japan or Korea.

    That is: Big5 has it among its frequent ones, and neither JIS X 0208 nor KS X 1001 has it.
    """
    if letter in _EVERYDAY:
        return True
    is_frequent = _encodes(letter, "big5") and letter.encode("big5") <= _FREQUENT
    return is_frequent and not any(_encodes(letter, other) for other in ("shift_jis", "euc_kr"))


@lru_cache(maxsize=4096)
def _is_traditional(letter: str) -> bool:
    """Tell whether a letter is written in Taiwan, and not in mainland China."""
    return _encodes(letter, "big5") and not _encodes(letter, "gb2312")


def _encodes(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
