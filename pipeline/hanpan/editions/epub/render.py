"""The EPUB edition: a post as a book of one chapter, EPUB 3.3."""

from __future__ import annotations

from hanpan.assets.cover import draw_cover
from hanpan.document import Document
from hanpan.editions import Artifact, Rendered
from hanpan.editions.epub.access import accessibility
from hanpan.editions.epub.chapter import chapter
from hanpan.editions.epub.fonts import embedded_fonts
from hanpan.editions.epub.metadata import entries, identifier
from hanpan.editions.epub.package import Package, pack
from hanpan.editions.epub.pages import chapter_contents, chapter_pages, cover_page, opening_breaks
from hanpan.editions.epub.parts import COVER_PICTURE, STYLE, ManifestItem
from hanpan.editions.epub.pictures import Pictures
from hanpan.editions.page_starts import POST
from hanpan.editions.templates import list_marks, styles
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.media_types import CSS, JPEG
from hanpan.problems import Problem
from hanpan.site import Epub, Identity

COVER_SIZE = (
    1600,
    2560,
)  # pixels: what shops ask for
_BESIDE = 2  # the title's level in the contents: a book of one chapter need not be unfolded


def render(document: Document, files: Files) -> Rendered:
    """Return the document's EPUB. Raises BuildError where it cannot be made."""
    data = pack(_package(document, files))
    path = f"{document.slug}/{document.slug}.epub"
    problems = too_large(document.source, len(data), files)
    return Rendered((Artifact(path, data),), {"epub": path}, problems)


def _package(document: Document, files: Files) -> Package:
    """Return all that the post's book is made of."""
    identity, settings = files.settings(Identity), files.settings(Epub)
    meta, labels = document.meta, Labels(document.meta.lang)
    pictures = Pictures(document, files)
    teaser = pictures.path(document.teaser) if document.teaser else ""
    content = chapter(document, pictures, files, POST)
    author = meta.author or identity.author
    pages = tuple(chapter_pages(document, files, content, author=author, teaser=teaser))
    fonts = embedded_fonts(pages, content.code, files, body=settings.embed_fonts)
    css = fonts.css + styles(files, "epub", *list_marks(document.body))
    cover = draw_cover(meta, identity.title, files, COVER_SIZE, pictures.teaser_bytes())
    items = (
        cover_page(meta, files),
        ManifestItem("style", STYLE, CSS, css.encode()),
        ManifestItem("cover-image", COVER_PICTURE, JPEG, cover, ("cover-image",)),
        *pictures.items(),
        *content.formulas,
        *fonts.items,
    )
    breaks = (*opening_breaks(content.opens, pages[0].path), *content.breaks)
    return Package(
        identifier=identifier(document),
        title=meta.title,
        lang=meta.lang,
        modified=meta.modified_at,
        metadata=(
            *entries(meta, author, settings.publisher or identity.title),
            *accessibility(content.access, labels, items, breaks, meta.title, labels.summary),
        ),
        labels=labels,
        contents=tuple(chapter_contents(document, content, _BESIDE)),
        pages=pages,
        items=items,
        breaks=breaks,
    )


def too_large(source: str, size: int, files: Files) -> tuple[Problem, ...]:
    """Report a book of `size` bytes that is larger than the site's limit."""
    most = files.settings(Epub).max_bytes
    if size <= most:
        return ()
    message = (
        f"the EPUB has {size / 1e6:.1f} MB, more than the {most / 1e6:.1f} MB of `epub.max_bytes`"
    )
    remedy = "Use smaller pictures, or raise the limit."
    return (Problem("epub-size", "warning", message, source, None, remedy),)
