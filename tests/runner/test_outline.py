"""Outlines: what a book depends on, key by key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hanpan.runner.outline import OUTLINE, Outline, PlannedChapter, is_book
from hanpan.site.books import BookPlan, BookSettings

ONE, TWO = PlannedChapter("posts/1.md", "/1/", "h1"), PlannedChapter("posts/2.md", "/2/", "h2")
BOOK = Outline(BookPlan(BookSettings(name="책")), (("하나", (ONE,)), ("둘", (TWO,))))


def test_a_chapters_document_has_a_key_of_its_own() -> None:
    reads = BOOK.reads()
    assert list(reads) == [OUTLINE, "chapter:posts/1.md", "chapter:posts/2.md"]
    edited = replace(BOOK, parts=(BOOK.parts[0], ("둘", (replace(TWO, document="new"),))))
    assert {key for key in reads if edited.reads()[key] != reads[key]} == {"chapter:posts/2.md"}


@pytest.mark.parametrize(
    "other",
    [
        replace(BOOK, parts=BOOK.parts[::-1]),
        replace(BOOK, parts=(("하나", (ONE, TWO)),)),
        replace(BOOK, parts=(("다른 제목", (ONE,)), ("둘", (TWO,)))),
        replace(BOOK, parts=(("하나", (replace(ONE, address="/moved/"),)), ("둘", (TWO,)))),
        replace(BOOK, plan=BookPlan(BookSettings(name="책", author="다른 이"))),
    ],
    ids=["order", "parts", "titles", "addresses", "settings"],
)
def test_all_else_is_the_outline(other: Outline) -> None:
    assert other.reads()[OUTLINE] != BOOK.reads()[OUTLINE]


def test_a_books_key_is_told_from_a_posts() -> None:
    assert is_book("book:..:책") and is_book("choice:..:여행")
    assert not is_book("../posts/book.md") and not is_book("book/posts/a.md")
