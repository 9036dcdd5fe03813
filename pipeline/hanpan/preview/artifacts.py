"""Files of out/ for a browser: only files that really are there, and never as a script."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from starlette.responses import FileResponse, HTMLResponse, Response

from hanpan.media_types import GIF, JPEG, JSON, PDF, PNG, SVG, WEBP
from hanpan.preview.guard import CONTENT_POLICY, PDF_POLICY

_TEXT = "text/plain; charset=utf-8"
# Other files are offered for download, so that no file is ever run as a script.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".gif": GIF,
    ".webp": WEBP,
    ".svg": SVG,
    ".md": _TEXT,
    ".txt": _TEXT,
    ".xml": _TEXT,
    ".graphql": _TEXT,
    ".json": JSON,
}


def artifact(out: Path, path: str) -> Path | None:
    """Return the file at `path` below out/ (resolved), None where it must not be shown.

    Names that begin with a dot are hanpan's cache or lead upwards; links may lead anywhere.
    """
    parts = path.split("/")
    if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    place = out.joinpath(*parts)
    try:
        is_own = os.path.realpath(place, strict=True) == str(place) and place.is_file()
    except (OSError, RecursionError):  # a chain of links without end
        return None
    return place if is_own else None


def file_answer(place: Path) -> Response:
    """Return a file with headers that prevent anything in it from running."""
    media_type = _TYPES.get(place.suffix.lower())
    policy = PDF_POLICY if media_type == PDF else CONTENT_POLICY
    return FileResponse(
        place,
        media_type=media_type or "application/octet-stream",
        filename=place.name,
        content_disposition_type="inline" if media_type else "attachment",
        headers={"Content-Security-Policy": policy},
    )


def look_answer(place: Path) -> Response:
    """Return only the payload of a preview.html, for a frame of our page."""
    text = place.read_text("utf-8").replace('class="page"', 'class="page alone"', 1)
    return HTMLResponse(text, headers={"Content-Security-Policy": CONTENT_POLICY})


def version(place: Path | None) -> str:
    """Return a text that changes whenever a file does, for its address."""
    if place is None:
        return "0"
    try:
        stat = place.stat()
    except OSError:
        return "0"
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"


def zip_files(out: Path, paths: list[str]) -> bytes:
    """Return files below out/ as a ZIP archive, uncompressed: pictures already are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            place = artifact(out, path)
            if place:
                archive.writestr(zipfile.ZipInfo(place.name), place.read_bytes())
    return data.getvalue()
