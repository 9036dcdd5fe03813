"""Settings of books: [[book]], [[book.part]] and [book.pdf] in site.toml."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

from hanpan.problems import Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """Which posts, and in which order: those that meet every condition, all where there is none.

    `posts` are paths below the site's root, or patterns with * and ?.
    """

    posts: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # any of them
    tags: tuple[str, ...] = ()  # any of them
    series: str = ""
    since: str = ""  # the first day, ISO 8601
    until: str = ""  # the last day
    order: str = ""  # "": as `posts` lists them, a series by `series_order`, else by date


@dataclass(frozen=True, slots=True)
class PartSettings(Choice):
    """[[book.part]]: chapters below a title; chosen among what the book chooses."""

    title: str = ""


@dataclass(frozen=True, slots=True)
class BookSettings(Choice):
    """[[book]]: a book made of posts."""

    name: str = ""  # of its folder in out/books/
    title: str = ""  # "": the site's
    subtitle: str = ""
    author: str = ""  # "": the site's
    publisher: str = ""  # "": that of [epub], else the site's title
    isbn: str = ""
    uuid: str = ""  # "": made of the site's address and the name
    cover: str = ""  # a picture's path below the site's root; "": drawn
    lang: str = ""  # "": the site's
    description: str = ""
    licence: str = ""
    numbering: str = "none"
    part_by: str = "none"
    front: tuple[str, ...] = ()  # Markdown files below the site's root
    back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A book's settings: [[book]] with the tables below it."""

    settings: BookSettings
    parts: tuple[PartSettings, ...] = ()
    pdf: tuple[tuple[str, str | bool], ...] = ()  # the book's own settings of [pdf]


ORDERS = ("", "date", "newest", "title")
CHOICES = {
    "book.order": ORDERS,
    "book.part.order": ORDERS,
    "book.numbering": ("none", "1", "제1장"),
    "book.part_by": ("none", "year", "category"),
}
_IN_NAME = re.compile(r"[^\s#?\[\]%:/\\\"'<>|*]+")


def wrong_book_value(name: str, value: str) -> Problem | None:
    """Return what is wrong with a text in [[book]] under `name`, such as `book.isbn`."""
    key = name.rpartition(".")[2]
    if key in ("since", "until") and value and not _is_day(value):
        message, remedy = f"`{value}` is not a date", "Write it as 2021-10-07."
    elif name == "book.isbn" and value and not isbn_of(value):
        message, remedy = (
            f"`{value}` is not a valid ISBN",
            "Check its digits: the last one is their check digit.",
        )
    elif name == "book.uuid" and value and not _is_uuid(value):
        message, remedy = f"`{value}` is not a UUID", "Remove it: a stable one is generated."
    elif name == "book.name" and not (_IN_NAME.fullmatch(value) and value.strip(".")):
        message = f"`{value}` cannot be a folder's name"
        remedy = "Use letters, digits and hyphens, without spaces."
    else:
        return None
    return Problem("book-setting", "error", message, remedy=remedy)


def isbn_of(text: str) -> str:
    """Return an ISBN-13 or ISBN-10 as digits alone (ISO 2108), "" where its check fails."""
    digits = re.sub(r"[\s-]|^ISBN", "", text.upper())
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits))
        return digits if total % 10 == 0 else ""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        total = sum(value * (10 - at) for at, value in enumerate(values))
        return digits if total % 11 == 0 else ""
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower().removeprefix("urn:uuid:")
    except ValueError:
        return False
