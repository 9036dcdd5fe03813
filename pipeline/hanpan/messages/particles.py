"""Korean particles: 을 or 를, 이 or 가, by the sound of what is before them."""

from __future__ import annotations

import re
import unicodedata

# behind a consonant and behind a vowel, as a table of messages writes both: 을(를)
PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "으로(로)": ("으로", "로"),
    "이나(나)": ("이나", "나"),
    "이고(고)": ("이고", "고"),
    "이어야(여야)": ("이어야", "여야"),
    "이라는(라는)": ("이라는", "라는"),
}
_PARTICLE = re.compile("|".join(map(re.escape, PARTICLES)))
_SYLLABLES = range(0xAC00, 0xD7A4)
_L = 8  # ㄹ, the one final consonant that 로 follows as if it were a vowel
_SILENT = frozenset("\"'`’”)]}>」』》*_~.,!?…/")  # signs that are not read
_DIGITS = {"0": 21, "1": _L, "3": 16, "6": 1, "7": _L, "8": _L}  # 영 일 삼 육 칠 팔
_LETTERS = {"L": _L, "M": 16, "N": 4, "R": _L}  # 엘 엠 엔 알
_NUMBER = re.compile(r"(?<!\d)\d++\Z")
_UNITS = ((4, 4), (3, 4), (2, 1), (1, 17))  # zeros behind 만, 천, 백, 십
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]++\Z")
# endings of files that are read letter by letter
_SPELT = frozenset(
    "md mdx html htm xml yml css js png jpg jpeg svg gif pdf epub txt csv mp id url".split()
)


def with_particles(text: str, before: str = "") -> str:
    """Return a text whose pairs of particles are those that follow what is before them."""

    def chosen(pair: re.Match[str]) -> str:
        return particle(before + text[: pair.start()], pair[0])

    return _PARTICLE.sub(chosen, text)


def particle(before: str, pair: str) -> str:
    """Return the one of a pair that follows a text; both where its sound is not known."""
    final = final_consonant(before)
    if final is None:
        return pair
    after_consonant, after_vowel = PARTICLES[pair]
    if final == _L and after_consonant == "으로":
        return after_vowel
    return after_consonant if final else after_vowel


def final_consonant(text: str) -> int | None:
    """Return the final consonant of a text as it is read: its number in Unicode's Hangul, 0 none.

    None where that is not known: a hanja, a sign, nothing.
    """
    end = len(text)
    while end and text[end - 1] in _SILENT:
        end -= 1
    last = unicodedata.normalize("NFC", text[:end][-8:])[-1:]
    if not last:
        return None
    if ord(last) in _SYLLABLES:
        return (ord(last) - 0xAC00) % 28
    if last.isascii() and last.isdigit():
        return _of_number(_NUMBER.search(text[:end]))
    word = _WORD.search(text[:end][-40:])
    if word:
        return _of_word(word[0])
    if last == "%":
        return 0  # 퍼센트
    return 4 if last in "んン" else 0 if "ぁ" <= last <= "ヺ" else None


def _of_number(number: re.Match[str] | None) -> int:
    digits = number[0] if number else "0"
    zeros = len(digits) - len(digits.rstrip("0"))
    if 0 < zeros < len(digits):
        return next(final for most, final in _UNITS if zeros >= most)
    return _DIGITS.get(digits[-1], 0)


def _of_word(word: str) -> int:
    """Return the final consonant of an English word, as Korean writes its sound."""
    if word.isupper() or len(word) == 1 or word.lower() in _SPELT:
        return _LETTERS.get(word[-1].upper(), 0)
    lower = word.lower()
    if lower.endswith("ng"):
        return 21
    if lower[-1] in "lmn":
        return {"l": _L, "m": 16, "n": 4}[lower[-1]]
    if lower.endswith("le") and lower[-3] not in "aeiou":  # title, example, but not file
        return _L
    if re.search(r"(?:[aeiou]|(?<![aeiou])oo|ou)[tpk]\Z|ck\Z", lower):  # git, map, book, check
        return 19
    if re.search(r"[aeiou](?:le|me|ne)\Z", lower):  # file, name, line
        return {"l": _L, "m": 16, "n": 4}[lower[-2]]
    return 0
