"""Metadata of an EPUB: what the package document says of the book."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from hanpan.document import Document, Meta

MetadataEntry = tuple[str, str, dict[str, str]]  # Dublin Core name or "meta", text, attributes


def identifier(document: Document) -> str:
    """Return the book's identifier: the same for each build of one post (RFC 9562, version 5)."""
    name = document.meta.canonical_url or f"hanpan:{document.slug}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def entries(meta: Meta, author: str, publisher: str) -> Iterator[MetadataEntry]:
    """Yield the Dublin Core elements (EPUB 3.3, 5.5.3) beside identifier, title and language."""
    if author:
        yield "creator", author, {"id": "creator"}
        yield "meta", "aut", {"refines": "#creator", "property": "role", "scheme": "marc:relators"}
    if publisher:
        yield "publisher", publisher, {}
    if meta.published_at:
        yield "date", meta.published_at.isoformat(timespec="seconds"), {}
    if meta.excerpt:
        yield "description", meta.excerpt, {}
    for subject in dict.fromkeys((*meta.categories, *meta.tags)):
        if subject.strip():
            yield "subject", subject, {}
    if meta.canonical_url:
        yield "source", meta.canonical_url, {}
    yield "meta", "", {"name": "cover", "content": "cover-image"}
