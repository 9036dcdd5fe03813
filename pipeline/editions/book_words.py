"""The words that a book says of itself, in its language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookWords:
    """What a reader sees beside the text; {} is filled in."""

    cover: str
    contents: str
    part: str
    index: str
    colophon: str
    author: str
    publisher: str
    licence: str
    written: str
    edition: str
    original: str
    made: str
    page: str


_KOREAN = BookWords(
    cover="표지",
    contents="차례",
    part="제{}부",
    index="찾아보기",
    colophon="판권",
    author="지은이",
    publisher="펴낸곳",
    licence="이용 조건",
    written="글 쓴 때",
    edition="이 판의 날짜",
    original="처음 실린 곳",
    made="글 {}편을 한판(hanpan)으로 묶었다.",
    page="{}쪽",
)
_ENGLISH = BookWords(
    cover="Cover",
    contents="Contents",
    part="Part {}",
    index="Index",
    colophon="Colophon",
    author="Author",
    publisher="Publisher",
    licence="Licence",
    written="Written",
    edition="This edition",
    original="First published at",
    made="Made of {} posts with hanpan.",
    page="p. {}",
)


def book_words(lang: str) -> BookWords:
    """Return the words for a language (BCP 47): Korean, else English."""
    return _KOREAN if lang.startswith("ko") else _ENGLISH
