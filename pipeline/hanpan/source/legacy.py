"""Legacy encodings of East Asia and of Cyrillic: which one some bytes are in, where that is sure.

Each knows nearly all pairs of bytes, so what tells is what the letters would be: Hangul, kana, or
the most frequent characters of Chinese, which are a quarter of any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SAMPLE = 40_000  # bytes that are looked at; a letter that is cut at the end is no mistake
_HIGH = re.compile(rb"[\x80-\xff]+")
# a letter of KS X 1001, which is nearly all of what is written: both bytes are above 160
_PAIRS = re.compile(rb"(?:[\xa1-\xfe][\xa1-\xfe])+")
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
_HANGUL = re.compile("[가-힣]")
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_HANJA = re.compile("[\u4e00-\u9fff]")
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之"
)
_CYRILLIC = re.compile("[а-яё]")
_FREQUENT_RUSSIAN = frozenset("оеаин")
_MIXED = re.compile("[A-Za-z][а-яё]|[а-яё][A-Za-z]")
_WORD_CAPITAL = re.compile("[а-яё][А-ЯЁ]")  # within a word: no text has it often


def _is_korean(text: str) -> bool:
    return _share(_HANGUL, text) >= 0.6


def _is_japanese(text: str) -> bool:
    return _share(_KANA, text) >= 0.3 and _share(_HALF_KANA, text) < 0.1


def _is_chinese(text: str, frequent: frozenset[str]) -> bool:
    hanja = _HANJA.findall(text)
    return len(hanja) >= max(8, 0.8 * len(_LETTERS.findall(text))) and sum(
        1 for letter in hanja if letter in frequent
    ) >= 0.12 * len(hanja)


def _is_russian(text: str) -> bool:
    letters = [letter.lower() for letter in _LETTERS.findall(text)]
    frequent = sum(1 for letter in letters if letter in _FREQUENT_RUSSIAN)
    return (
        len(letters) >= 20
        and _share(_CYRILLIC, text) >= 0.75
        and frequent >= 0.33 * len(letters)  # Hebrew has the same bytes for its letters
        and not _MIXED.search(text)
        and len(_WORD_CAPITAL.findall(text)) * 20 < len(letters)
    )


def _share(kind: re.Pattern[str], text: str) -> float:
    """Return which share of the letters beyond ASCII are of a kind."""
    letters = len(_LETTERS.findall(text))
    return len(kind.findall(text)) / letters if letters else 0.0


# in this order: what is Hangul in one is hanja in others, and kana are the surest sign
_ENCODINGS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("cp949", "cp949", _is_korean),
    ("euc_jp", "EUC-JP", _is_japanese),
    ("cp932", "Shift_JIS", _is_japanese),
    ("gb18030", "GB18030", lambda text: _is_chinese(text, _SIMPLIFIED)),
    ("cp950", "Big5", lambda text: _is_chinese(text, _TRADITIONAL)),
    ("johab", "JOHAB", lambda text: _is_korean(text) and len(_HANGUL.findall(text)) >= 8),
    ("cp1251", "Windows-1251", _is_russian),
)


def legacy_encoding(data: bytes) -> tuple[str, str]:
    """Return Python's and the usual name of the encoding of some bytes; "" where none is sure."""
    sample = data[:_SAMPLE]
    for codec, name, is_likely in _ENCODINGS:
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "cp949" and not is_paired(data):
            continue
        if is_likely(sample.decode(codec, "ignore")):
            return codec, name
    return "", ""


def is_paired(data: bytes) -> bool:
    """Tell whether most of the bytes above 127 are in pairs of such, as Korean letters are."""
    high = sum(len(run) for run in _HIGH.findall(data))
    return sum(len(run) for run in _PAIRS.findall(data)) * 2 > high


def is_western(text: str) -> bool:
    """Tell whether a text that was read as Windows-1252 looks like one of Western Europe.

    Its letters are mostly ASCII, and no sign such as `³` is within a word, as in Polish ones.
    """
    others = len(_LETTERS.findall(text))
    ascii_letters = sum(1 for letter in text if letter.isascii() and letter.isalpha())
    return others * 3 <= ascii_letters and not re.search(r"[A-Za-z][¡-©«¬®-³µ¶¸¹»-¿×÷][a-z]", text)
