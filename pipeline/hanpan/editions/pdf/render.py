"""The PDF edition: a document on pages, set by WeasyPrint: PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from functools import partial

from hanpan import tree
from hanpan.document import Document
from hanpan.editions import Rendered
from hanpan.editions.dates import day
from hanpan.editions.pdf.engine import QR_CODE, Printed
from hanpan.editions.pdf.pictures import teaser_picture
from hanpan.editions.pdf.qr import qr_code
from hanpan.editions.pdf.settings import page_of, settings_of
from hanpan.editions.pdf.title_block import (
    is_long,
    running_title,
    shown_address,
    w3c_time,
)
from hanpan.editions.pdf.typesetter import Typesetter, print_whole
from hanpan.editions.reading_time import minutes_to_read
from hanpan.editions.templates import fill
from hanpan.files import Files
from hanpan.labels import Labels
from hanpan.site import Pdf

_LONG_ADDRESS = 60  # characters: of a longer one the host stands in the byline


def render(document: Document, files: Files) -> Rendered:
    """Return the document's PDF. Raises BuildError where it cannot be made."""
    printed = print_whole(partial(_print, document, files))
    path = f"{document.slug}/{document.slug}.pdf"
    return printed.rendered(path)


def _print(document: Document, files: Files, longest_note: float) -> Printed:
    """Return the PDF; a note above the share `longest_note` of its room stands at the end."""
    settings = settings_of(document, files)
    page = page_of(document, settings)
    typesetter = Typesetter((document,), settings, files, longest_note=longest_note, page=page)
    body = typesetter.make_printable(document, tree.parse_xml(document.body))
    filled = fill(
        files,
        "pdf/post.html",
        body=body,
        contents=typesetter.contents(document),
        title_lines=typesetter.title_lines(document.meta.title, "title", document.meta.lang),
        **_head_pictures(document, settings, files, typesetter),
        **_words(document, files),
    )
    return typesetter.typeset(filled)


def _head_pictures(
    document: Document, settings: Pdf, files: Files, typesetter: Typesetter
) -> dict[str, object]:
    """Return what the layout shows beside the title: the teaser and the QR code."""
    teaser = teaser_picture(document, files, typesetter.page)
    address = document.meta.canonical_url if settings.qr else ""
    code = qr_code(address) if address else None
    if code:
        typesetter.pictures[QR_CODE] = code
    return {
        "teaser": typesetter.add_picture("teaser", teaser) if teaser else "",
        "is_drawn": teaser is not None and not document.teaser,
        "qr": QR_CODE if code else "",
    }


def _words(document: Document, files: Files) -> dict[str, object]:
    """Return what the layout says beside the body."""
    meta = document.meta
    title, labels = meta.title, Labels(meta.lang)
    address = shown_address(meta.canonical_url)
    return {
        "meta": meta,
        "words": labels,
        "is_long_title": is_long(title),
        "running": running_title(title, files),
        "keywords": list(dict.fromkeys((*meta.tags, *meta.categories))),
        "created": w3c_time(meta.published_at),
        "modified": w3c_time(meta.modified_at),
        "date": day(meta.published_at, meta.lang),
        "updated": day(meta.updated_at, meta.lang),
        "minutes": minutes_to_read(document),
        "address": address if len(address) <= _LONG_ADDRESS else address.partition("/")[0],
        "teaser_alt": labels.teaser.format(title),
    }
