"""What a PDF carries to be built again from itself: the post's source, and its pictures."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

from hanpan.assets.images import asset_bytes, plain_picture
from hanpan.document import Asset, Document
from hanpan.editions.pdf.finish.pdfa import Attachment
from hanpan.files import Files
from hanpan.media_types import MARKDOWN, ending_of
from hanpan.problems import HanpanError, Problem
from hanpan.source.published import published_source


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
    made = [Attachment(document.source, text, MARKDOWN, about, "Source")]
    names = {document.source}
    for asset in document.assets:
        picture = _picture(asset, files)
        if picture and picture.name not in names:
            names.add(picture.name)
            made.append(picture)
    return tuple(made)


def _source(document: Document, files: Files) -> bytes | None:
    """Return the bytes of the post; None where a file has gone, or was never there."""
    for form in ("NFC", "NFD"):  # as macOS wrote names for long
        try:
            return files.read(unicodedata.normalize(form, document.source))
        except OSError:
            continue
    return None


def _picture(asset: Asset, files: Files) -> Attachment | None:
    """Return a picture as an attachment; none for what stands in the source itself."""
    kind, _, place = asset.source.partition(":")
    if kind not in ("file", "remote"):
        return None
    data, media_type = plain_picture(asset_bytes(asset, files), asset.media_type)
    name, about = place, "Picture"
    if kind == "remote":
        name, about = f"remote/{asset.id}.{ending_of(media_type)}", place
    return Attachment(name, data, media_type, about, "Supplement")


def attached_source(pdf: Path) -> str:
    """Return the Markdown source that a PDF carries; of a book those of all its texts.

    Raises HanpanError where the file is no PDF, or one without its source.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(pdf.read_bytes()))
        found = [
            file.content.decode("utf-8")
            for file in reader.attachment_list
            if file.associated_file_relationship == "/Source"
        ]
    except (OSError, PyPdfError, KeyError, UnicodeDecodeError) as error:
        said = f"{pdf} cannot be read: {error}"
        remedy = "Name a PDF that hanpan has built."
        raise HanpanError(Problem("pdf-source", "error", said, remedy=remedy)) from None
    if found:
        return "\n".join(found)
    said = f"{pdf} does not carry its source"
    remedy = "Build it with `attach_source = true` in [pdf] of site.toml."
    raise HanpanError(Problem("pdf-source", "error", said, remedy=remedy))
