"""Book: documents in parts and order, with what is printed of the book itself. Frozen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hanpan.document import Document, Meta
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.language import is_korean
from hanpan.site import Epub, Identity
from hanpan.site.books import BookPlan


@dataclass(frozen=True, slots=True)
class Chapter:
    """A post in a book; `number` counts from 1 through all parts."""

    number: int
    document: Document
    address: str  # where the site shows the post, "" if unknown

    @property
    def id(self) -> str:
        """Return the id of the chapter's title, with which all its other ids begin."""
        return f"c{self.number}"


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters below a title, "" where they are in no part; `number` counts those with titles."""

    number: int
    title: str
    chapters: tuple[Chapter, ...]

    @property
    def id(self) -> str:
        """Return the id of the part's title."""
        return f"part-{self.number}"


@dataclass(frozen=True, slots=True)
class Book:
    """A book as its editions render it."""

    plan: BookPlan
    parts: tuple[Part, ...]
    front: tuple[Document, ...]
    back: tuple[Document, ...]
    title: str
    author: str
    publisher: str
    lang: str  # BCP 47
    identifier: str  # urn:isbn: or urn:uuid:

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters of all parts."""
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    @property
    def has_parts(self) -> bool:
        """Tell whether the parts have titles."""
        return any(part.title for part in self.parts)

    @property
    def begins(self) -> str:
        """Return the id of the title that the text begins with."""
        return self.parts[0].id if self.parts[0].title else self.chapters[0].id

    @property
    def is_korean(self) -> bool:
        """Tell whether the book's own words are Korean."""
        return is_korean(self.lang)

    @property
    def published(self) -> datetime | None:
        """Return when the first of its posts was published; None where none has a date."""
        metas = (chapter.document.meta for chapter in self.chapters)
        return min((meta.published_at for meta in metas if meta.published_at), default=None)

    @property
    def modified(self) -> datetime | None:
        """Return when the last of its posts was changed: the book's date, never today's."""
        metas = [chapter.document.meta for chapter in self.chapters]
        moments = (moment for meta in metas for moment in (meta.modified_at, meta.published_at))
        return max((moment for moment in moments if moment), default=None)

    @property
    def meta(self) -> Meta:
        """Return the metadata that a book shares with posts, for covers."""
        return Meta(
            title=self.title,
            date=self.published.isoformat() if self.published else "",
            modified=self.modified.isoformat() if self.modified else "",
            lang=self.lang,
            excerpt=self.plan.settings.description,
            author=self.author,
        )

    def label(self, chapter: Chapter) -> str:
        """Return the label that numbers a chapter, "" if chapters have none."""
        if self.plan.settings.numbering == "none":
            return ""
        if self.plan.settings.numbering == "1":
            return f"{chapter.number}"
        return Labels(self.lang).chapter.format(chapter.number)

    def tags(self) -> Iterator[tuple[str, tuple[Chapter, ...]]]:
        """Yield each tag, in the order of an index, with its chapters."""
        by_key: dict[str, tuple[str, dict[int, Chapter]]] = {}
        for chapter in self.chapters:
            for tag in chapter.document.meta.tags:
                by_key.setdefault(tag.casefold(), (tag, {}))[1][chapter.number] = chapter
        for key in sorted(by_key):
            tag, chapters = by_key[key]
            yield tag, tuple(chapters.values())


def make_book(
    plan: BookPlan,
    parts: tuple[Part, ...],
    front: tuple[Document, ...],
    back: tuple[Document, ...],
    files: Files,
) -> Book:
    """Return a book; settings that it lacks are taken from the site."""
    identity, settings = files.settings(Identity), plan.settings
    return Book(
        plan=plan,
        parts=parts,
        front=front,
        back=back,
        title=settings.title or identity.title or settings.name,
        author=settings.author or identity.author,
        publisher=settings.publisher or files.settings(Epub).publisher or identity.title,
        lang=settings.lang or identity.lang,
        identifier=_identifier(plan, identity),
    )


def _identifier(plan: BookPlan, identity: Identity) -> str:
    """Return the ISBN, or a UUID that is the same in every build (RFC 9562, version 5)."""
    settings = plan.settings
    if settings.isbn:
        return f"urn:isbn:{settings.isbn.upper().removeprefix('ISBN').strip().replace(' ', '-')}"
    if settings.uuid:
        return f"urn:uuid:{settings.uuid.lower().removeprefix('urn:uuid:')}"
    name = f"{identity.url or 'hanpan:'}#book/{settings.name}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
