"""Outline: a book as a build plans it, with hashes for documents; a worker opens it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass

from hanpan.books.book import Book, Chapter, Part, make_book
from hanpan.document import Document
from hanpan.files import Files, sha256
from hanpan.library.pages import PagePlan
from hanpan.plan.posts import PlannedPost
from hanpan.problems import BuildError, Problem
from hanpan.site import Publication
from hanpan.site.books import BookPlan
from hanpan.source.slugs import slug_of

OUTLINE = "outline:"  # the key under which a trace keeps everything but the chapters' documents

OF_SITE, BY_CHOICE = "book", "choice"  # how the keys of books begin in traces


def is_book(key: str) -> bool:
    """Tell whether a trace's key is a book's, and not a post's path."""
    return key.partition(":")[0] in (OF_SITE, BY_CHOICE)


@dataclass(frozen=True, slots=True)
class PlannedChapter:
    """A chapter of an outline: the path of its post, its address, the hash of its document."""

    source: str
    address: str
    document: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A planned book; `parts` are titles and chapters in order."""

    plan: BookPlan
    parts: tuple[tuple[str, tuple[PlannedChapter, ...]], ...]

    def reads(self) -> dict[str, str]:
        """Return the book's dependencies by key, as a trace remembers them.

        The outline comes first: while it is the same, the chapters are the same.
        """
        order = [[title, [(e.source, e.address) for e in part]] for title, part in self.parts]
        outline = json.dumps([dataclasses.asdict(self.plan), order], ensure_ascii=False)
        chapters = [entry for _, part in self.parts for entry in part]
        return {
            OUTLINE: sha256(outline.encode()),
            **{f"chapter:{entry.source}": entry.document for entry in chapters},
        }


@dataclass(frozen=True, slots=True)
class OpenBook:
    """What is made of several posts, all of which have been read; `book` takes a post's place.

    It is a book with an outline, or a page of the site with its plan.
    """

    book: PlannedPost
    outline: Outline | None
    editions: tuple[str, ...]
    page: PagePlan | None = None


def open_book(
    outline: Outline, load: Callable[[str], Document], files: Files
) -> tuple[Book, tuple[Problem, ...]]:
    """Return the book, and the problems of its own pages; `load` loads a document by its hash."""
    parts: list[Part] = []
    number = titled = 0
    for title, entries in outline.parts:
        titled += bool(title)
        chapters = []
        for entry in entries:
            number += 1
            chapters.append(Chapter(number, load(entry.document), entry.address))
        parts.append(Part(titled if title else 0, title, tuple(chapters)))
    problems: list[Problem] = []
    settings = outline.plan.settings
    front = tuple(_read_page(path, files, problems) for path in settings.front)
    back = tuple(_read_page(path, files, problems) for path in settings.back)
    return make_book(outline.plan, tuple(parts), front, back, files), tuple(problems)


def _read_page(path: str, files: Files, problems: list[Problem]) -> Document:
    """Read a preface or another page of the book itself; it needs no date."""
    from hanpan.reading import read  # heavy: loaded by workers only

    try:
        reading = read(path, slug_of(path, files.settings(Publication).languages), files)
    except OSError as error:
        message = f"the page `{path}` of the book cannot be read: {error}"
        raise BuildError(
            Problem("book-page", "error", message, path, None, "Correct its path in site.toml.")
        ) from None
    problems += [problem for problem in reading.problems if problem.rule != "date-missing"]
    return reading.document
