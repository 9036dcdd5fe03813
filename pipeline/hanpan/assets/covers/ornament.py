"""Ornament: the word of a title that a drawn cover shows large, whole and behind the title.

It is the first word that says what the post is about: no number, no article, nothing in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hanpan.assets.lettering import clusters

LONGEST = 14  # letters: a longer word would be no larger than the title
_BRACKETED = re.compile(r"[\[(【（<][^\[\](){}【】（）<>]{0,80}[\])】）>]")
_NUMBER = re.compile(r"[#.,:/\-–~\d]+[가-힣]{0,2}\Z")  # 5.7, 2021년, 1004번, 7일차
_BEHIND = "+#"  # what a name may end with: C++, C#
# what is attached to a Latin word in Korean: Docker로, SQL에서
_PARTICLES = re.compile(
    r"([A-Za-z0-9+#.]*[A-Za-z0-9+#])"
    r"(?:으?로|을|를|은|는|이|가|의|와|과|에|에서|에게|도|만|이?란|까지|부터)\Z"
)
# ... and to a Korean one, where nothing else ends so
_KOREAN_PARTICLES = (("을", 3), ("를", 3), ("에서", 4), ("으로", 4), ("까지", 4), ("부터", 4))
_SMALL = frozenset(
    "a about an and are as at by can day do does for from getting guide how i in into"
    " introducing introduction is it learn learning my no not of on or our part started step"
    " that the this til to understanding using vs we week what when where which who why with"
    " without you your"
    " 가장 관한 그 그리고 나 나만의 나의 내 내가 너무 누구나 다시 대한 대해 더 두 두번째 또는"
    " 매우 무엇 무엇을 및 새 새로운 세 아주 어떤 어떻게 언제 없는 없이 여러 오늘 오늘은"
    " 오늘의 왜 우리 우리는 우리의 위한 위해 이 이런 있는 잘 저 저는 정말 제 제가 좋은 지금"
    " 첫 첫번째 하나 하는 한 할 혼자".split()
)


def ornament_word(title: str, otherwise: str = "") -> str:
    """Return the first word of a title that says something, else one of `otherwise`, else ""."""
    texts = (_BRACKETED.sub(" ", title), title, otherwise)
    return next((word for text in texts for word in _telling_words(text)), "")


def _telling_words(text: str) -> Iterator[str]:
    for written in text.split():
        word = _bare(written)
        if not word or _NUMBER.match(word) or word.casefold() in _SMALL:
            continue
        if len(clusters(word)) <= LONGEST:
            yield word


def _bare(written: str) -> str:
    """Return a word without the signs around it, and without its particle where that is sure."""
    parts = clusters(written)
    while parts and not _is_letter(parts[0]):
        parts.pop(0)
    while parts and not (_is_letter(parts[-1]) or parts[-1] in _BEHIND):
        parts.pop()
    if any(not _is_letter(part) and not part.isascii() for part in parts):
        return ""  # with an emoji, an arrow: no word
    word = "".join(parts)
    if match := _PARTICLES.match(word):
        return match[1]
    for particle, least in _KOREAN_PARTICLES:
        if word.endswith(particle) and len(word) >= least:
            return word.removesuffix(particle)
    return word


def _is_letter(cluster: str) -> bool:
    """Tell whether a cluster is a letter or a digit, with its marks; keycaps are emoji."""
    return unicodedata.category(cluster[0])[0] in "LMN" and "\ufe0f" not in cluster
