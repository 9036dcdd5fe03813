"""The EPUB edition: a post as a book of one chapter, EPUB 3.3."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup

from pipeline.assets.cover import draw_cover
from pipeline.document import Document
from pipeline.editions import Artifact, Rendered
from pipeline.editions.epub_chapter import OPS, Chapter, chapter
from pipeline.editions.epub_fonts import embedded_fonts
from pipeline.editions.epub_metadata import Words, with_sound_lang, words_of
from pipeline.editions.epub_package import Package, pack
from pipeline.editions.epub_parts import COVER_PAGE, COVER_PICTURE, POST_PAGE, START, STYLE, Item
from pipeline.editions.epub_pictures import Pictures
from pipeline.editions.layout import fill, list_marks, styles
from pipeline.editions.reading_time import minutes_to_read
from pipeline.files import Files
from pipeline.site import Epub, Identity
from pipeline.transforms.namespaces import XLINK

COVER_SIZE = (1600, 2560)  # pixels: what shops ask for (facts on Korean, section 5)
_XML = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_NAMESPACES = {"epub": OPS, "xlink": XLINK}  # beside XHTML, which the templates declare


def render(document: Document, files: Files) -> Rendered:
    """Return the document's EPUB. Raises BuildError where it cannot be made."""
    identity, settings = files.settings(Identity), files.settings(Epub)
    document = with_sound_lang(document)
    words = words_of(document.meta.lang)
    pictures = Pictures(document, files)
    teaser = pictures.path(document.teaser) if document.teaser else ""
    content = chapter(document, pictures, words)
    author = document.meta.author or identity.author
    page = _post_page(document, files, content, words, author, teaser)
    cover_page = fill(files, "epub/cover.xhtml", meta=document.meta, words=words)
    fonts = embedded_fonts(page, content.code, files, body=settings.embed_fonts)
    css = fonts.css + styles(files, "epub", *list_marks(document.body))
    cover = draw_cover(document.meta, identity.title, files, COVER_SIZE, pictures.teaser_bytes())
    items = [
        Item("cover-page", COVER_PAGE, "application/xhtml+xml", _xhtml(cover_page)),
        Item("post", POST_PAGE, "application/xhtml+xml", _xhtml(page), content.properties),
        Item("style", STYLE, "text/css", css.encode()),
        Item("cover-image", COVER_PICTURE, "image/jpeg", cover, ("cover-image",)),
        *pictures.items(),
        *fonts.items,
    ]
    data = pack(
        Package(
            document=document,
            publisher=settings.publisher or identity.title,
            author=author,
            words=words,
            headings=content.headings,
            items=tuple(items),
            described=content.described,
        )
    )
    path = f"{document.slug}/{document.slug}.epub"
    return Rendered((Artifact(path, data),), {"epub": path})


def _post_page(
    document: Document, files: Files, content: Chapter, words: Words, author: str, teaser: str
) -> str:
    """Return the chapter's page as XHTML text."""
    meta = document.meta
    published, updated = meta.published_at.date(), meta.modified_at.date()
    return fill(
        files,
        "epub/post.xhtml",
        meta=meta,
        words=words,
        start=START,
        author=author,
        teaser=teaser,
        body=Markup(content.body),
        published=words.date(published),
        updated=words.date(updated) if updated > published else "",
        minutes=minutes_to_read(document),
        source=meta.canonical_url,
        source_text=unquote(meta.canonical_url),
    )


def _xhtml(page: str) -> bytes:
    """Return a filled template as a file: namespaces declared once, at the top."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(page.strip(), parser)
    etree.cleanup_namespaces(root, top_nsmap=_NAMESPACES)
    text = etree.tostring(root, encoding="unicode")
    return (_XML + text + "\n").encode()
