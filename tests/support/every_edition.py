"""A post in every edition: what a test that is about all of them looks at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pypdf

from hanpan.document import Reading
from hanpan.editions import EDITIONS, renderer
from hanpan.files import Files
from hanpan.site import load_site
from tests.support.reading import Web, read_post

SITE = 'title = "시험"\nurl = "https://blog.example"\n'


def printed(
    folder: Path,
    markdown: str,
    *,
    editions: Iterable[str] = EDITIONS,
    files: Mapping[str, bytes] | None = None,
    web: Web | None = None,
) -> tuple[Reading, dict[str, bytes]]:
    """Read a post and render it; return the reading, and the artifacts by their name below out/.

    The files inside an EPUB are there as well, as `글.epub/NAME`.
    """
    web = web or Web()
    text = markdown if markdown.startswith("---") else f"---\ntitle: 제목\n---\n{markdown}"
    reading = read_post(folder, text, site=SITE, files=files, web=web)
    made: dict[str, bytes] = {}
    for name in editions:
        rendered = renderer(name)(reading.document, Files(load_site(folder), web))
        made |= {item.path.removeprefix("글/"): item.data for item in rendered.artifacts}
    if "글.epub" in made:
        with zipfile.ZipFile(io.BytesIO(made["글.epub"])) as book:
            made |= {f"글.epub/{name}": book.read(name) for name in book.namelist()}
    return reading, made


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, blanks made one."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
