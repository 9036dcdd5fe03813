"""What a PDF carries to be built again from itself: the post's source, and its pictures."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hanpan.assets.images import asset_bytes, plain_picture
from hanpan.document import Asset, Document
from hanpan.files import Files
from hanpan.media_types import MARKDOWN, ending_of
from hanpan.problems import HanpanError, Problem
from hanpan.roots import Root
from hanpan.source.front_matter.dates import moment_without_date
from hanpan.source.published import published_source


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within the PDF; `relationship` is Source, Supplement ... (ISO 19005-3, annex E)."""

    name: str  # a path with /
    data: bytes
    media_type: str
    description: str
    relationship: str
    modified: datetime  # the document's own date, never the disk's or the clock's


def attachments_of(document: Document, files: Files) -> tuple[Attachment, ...]:
    """Return the Markdown source, and the pictures that are not within it, in a steady order.

    They have the names that they have below the site's root; a picture from the web has its address
    as description. None has what its author did not mean to publish: comments, EXIF.
    """
    source = _source(document, files)
    if source is None:
        return ()
    text = published_source(document.source, source).encode()
    about = "Markdown source of this document"
    moment = document.meta.modified_at or moment_without_date()
    attachments = {
        document.source: Attachment(document.source, text, MARKDOWN, about, "Source", moment)
    }
    for asset in document.assets:
        picture = _picture(asset, files, moment)
        if picture:
            attachments.setdefault(picture.name, picture)
    return tuple(attachments.values())


def _source(document: Document, files: Files) -> bytes | None:
    """Return the bytes of the post; None where a file has gone, or was never there."""
    for form in ("NFC", "NFD"):  # as macOS wrote names for long
        try:
            return files.read(unicodedata.normalize(form, document.source))
        except OSError:
            continue
    return None


def _picture(asset: Asset, files: Files, moment: datetime) -> Attachment | None:
    """Return a picture as an attachment; None for what is in the source itself."""
    kind, _, place = asset.source.partition(":")
    if kind not in ("file", "remote"):
        return None
    data, media_type = plain_picture(asset_bytes(asset, files), asset.media_type)
    name, about = place, "Picture"
    if kind == "remote":
        name, about = f"remote/{asset.id}.{ending_of(media_type)}", place
    return Attachment(name, data, media_type, about, "Supplement", moment)


def attached_source(pdf: Path) -> str:
    """Return the Markdown source that a PDF carries; of a book those of all its texts.

    Raises HanpanError where the file is no PDF, or one without its source.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(Root(pdf.parent).read(pdf.name)))
        sources = [
            file.content.decode("utf-8")
            for file in reader.attachment_list
            if file.associated_file_relationship == "/Source"
        ]
    except (OSError, PyPdfError, KeyError, UnicodeDecodeError) as error:
        message = f"{pdf} cannot be read: {error}"
        remedy = "Name a PDF that hanpan has built."
        raise HanpanError(Problem("pdf-source", "error", message, remedy=remedy)) from None
    if sources:
        return "\n".join(sources)
    message = f"{pdf} does not carry its source"
    remedy = "Build it with `attach_source = true` in [pdf] of site.toml."
    raise HanpanError(Problem("pdf-source", "error", message, remedy=remedy))
