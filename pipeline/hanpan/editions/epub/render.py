"""The EPUB edition: a post as a book of one chapter, EPUB 3.3."""

from __future__ import annotations

from hanpan.assets.covers.cover import draw_cover
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered
from hanpan.editions.epub.binder import Binder
from hanpan.editions.epub.metadata import entries, identifier
from hanpan.editions.epub.package import Package, pack
from hanpan.editions.epub.pages import chapter_contents, chapter_pages, opening_breaks
from hanpan.editions.page_starts import POST
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.problems import Problem
from hanpan.site import Epub, Identity

COVER_SIZE = (1600, 2560)  # pixels: what shops ask for
_BESIDE = 2  # the title's level in the contents: a book of one chapter need not be unfolded


def render(document: Document, files: Files) -> Rendered:
    """Return the document's EPUB. Raises BuildError where it cannot be made."""
    binder = Binder(files)
    data = pack(_package(document, files, binder))
    path = f"{document.slug}/{document.slug}.epub"
    problems = (*binder.problems, *report_size(document.source, len(data), files))
    return Rendered((Artifact(path, data),), {"epub": path}, problems, placed=binder.faults)


def _package(document: Document, files: Files, binder: Binder) -> Package:
    """Return all that the post's book is made of."""
    identity = files.settings(Identity)
    meta, author = document.meta, document.meta.author or identity.author
    pictures = binder.pictures(document)
    teaser = pictures.path(document.teaser) if document.teaser else ""
    content = binder.add(document, POST)
    pages = tuple(chapter_pages(document, files, content, author=author, teaser=teaser))
    cover = draw_cover(meta, identity.title, files, COVER_SIZE, pictures.teaser_bytes())
    breaks = (*opening_breaks(content.opens, pages[0].path), *content.breaks)
    return Package(
        identifier=identifier(document),
        title=meta.title,
        lang=meta.lang,
        modified=meta.modified_at,
        metadata=tuple(entries(meta, author, files.settings(Epub).publisher or identity.title)),
        access=binder.access,
        summary=Labels(meta.lang).summary,
        contents=tuple(chapter_contents(document, content, _BESIDE)),
        pages=pages,
        items=binder.items(meta, cover, pages, "epub"),
        breaks=breaks,
    )


def report_size(source: str, size: int, files: Files) -> tuple[Problem, ...]:
    """Report a book of `size` bytes that is larger than the site's limit."""
    most = files.settings(Epub).max_bytes
    if size <= most:
        return ()
    message = (
        f"the EPUB has {size / 1e6:.1f} MB, more than the {most / 1e6:.1f} MB of `epub.max_bytes`"
    )
    remedy = "Use smaller pictures, or raise the limit."
    return (Problem("epub-size", "warning", message, source, None, remedy),)
