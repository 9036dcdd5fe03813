"""Metadata of an EPUB: what the package document says of the book, and the words readers see."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hanpan.document import Document, Meta

Entry = tuple[str, str, dict[str, str]]  # Dublin Core name or "meta", text, attributes


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader sees beside the post's own text, in one language."""

    contents: str
    cover: str
    begin: str
    landmarks: str
    formula: str
    updated: str
    minutes: str
    source: str
    summary: str  # the accessibility summary
    pages: str  # the list of the pages of the PDF
    pictures: str  # ... and what it says of pictures without a text
    callouts: dict[str, str]
    dates: str  # for str.format with year, month, day

    def date(self, day: datetime.date) -> str:
        """Return a date as readers write it."""
        return self.dates.format(year=day.year, month=day.month, day=day.day)


_KOREAN = Words(
    contents="목차",
    cover="표지",
    begin="본문",
    landmarks="둘러보기",
    formula="수식",
    updated="고침",
    minutes="읽는 데 {}분",
    source="원문",
    summary="제목 단계와 목차로 짜인 한 편의 글입니다.",
    pages="쪽 목록",
    pictures="설명이 없는 그림이 있습니다.",
    callouts={"note": "참고", "tip": "팁", "warning": "주의", "danger": "위험"},
    dates="{year}년 {month}월 {day}일",
)
_ENGLISH = Words(
    contents="Contents",
    cover="Cover",
    begin="Text",
    landmarks="Landmarks",
    formula="Formula",
    updated="updated",
    minutes="{} min read",
    source="Source",
    summary="One post, structured by headings and a table of contents.",
    pages="Pages",
    pictures="Some pictures have no description.",
    callouts={"note": "Note", "tip": "Tip", "warning": "Warning", "danger": "Danger"},
    dates="{year:04}-{month:02}-{day:02}",
)


def with_sound_lang(document: Document) -> Document:
    """Return the document with a language tag that BCP 47 allows: real sites have `-KR`."""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", document.meta.lang):
        return document
    return replace(document, meta=replace(document.meta, lang="ko"))


def words_of(lang: str) -> Words:
    """Return the words for a language (BCP 47): Korean, else English."""
    return _KOREAN if lang.lower().startswith("ko") else _ENGLISH


def identifier(document: Document) -> str:
    """Return the book's identifier: the same for each build of one post (RFC 9562, version 5)."""
    name = document.meta.canonical_url or f"hanpan:{document.slug}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def entries(meta: Meta, author: str, publisher: str) -> Iterator[Entry]:
    """Yield the Dublin Core elements (EPUB 3.3, 5.5.3) beside identifier, title and language."""
    if author:
        yield "creator", author, {"id": "creator"}
        yield "meta", "aut", {"refines": "#creator", "property": "role", "scheme": "marc:relators"}
    if publisher:
        yield "publisher", publisher, {}
    yield "date", meta.published_at.isoformat(timespec="seconds"), {}
    if meta.excerpt:
        yield "description", meta.excerpt, {}
    for subject in dict.fromkeys((*meta.categories, *meta.tags)):
        if subject.strip():
            yield "subject", subject, {}
    if meta.canonical_url:
        yield "source", meta.canonical_url, {}
    yield "meta", "", {"name": "cover", "content": "cover-image"}
