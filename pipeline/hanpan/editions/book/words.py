"""The words that a book says of itself, in its language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hanpan.books.book import Book


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
    original: str
    made: str
    page: str
    summary: str  # of what readers who do not see find


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
    original="처음 실린 곳",
    made="글 {}편을 한판(hanpan)으로 묶었다.",
    page="{}쪽",
    summary="장마다 제목이 있고 제목 단계와 목차로 짜인 책입니다.",
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
    original="First published at",
    made="Made of {} posts with hanpan.",
    page="p. {}",
    summary="A book in chapters, structured by headings and a table of contents.",
)


def book_words(lang: str) -> BookWords:
    """Return the words for a language (BCP 47): Korean, else English."""
    return _KOREAN if lang.startswith("ko") else _ENGLISH


def colophon_lines(
    book: Book, site: str, day: Callable[[datetime], str]
) -> Iterator[tuple[str, str]]:
    """Yield what a colophon says: names, "" for none, and texts; `site` is the blog's address."""
    words, said = book_words(book.lang), book.plan.settings
    first, last = day(book.published), day(book.modified)
    lines = (
        (words.author, book.author),
        (words.publisher, book.publisher),
        (words.written, first if first == last else f"{first} – {last}"),
        ("ISBN", said.isbn),
        (words.original, site),
        (words.licence, said.licence),
        ("", words.made.format(len(book.chapters))),
    )
    yield from ((name, text) for name, text in lines if text)
