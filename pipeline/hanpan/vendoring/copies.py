"""Copies: where in a site a remote picture is kept, and with which bytes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from hanpan.assets.images import identify
from hanpan.assets.pictures.bounds import NotAPicture
from hanpan.assets.pictures.svg import clean_svg
from hanpan.files import sha256
from hanpan.media_types import SVG, ending_of

FOLDER = "assets/vendored"


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture to keep: its path below the site's root, and its bytes."""

    path: str
    data: bytes


def copy_of(url: str, data: bytes) -> Copy | None:
    """Return the copy of the file from `url`; None if that is not a picture.

    SVG is cleaned: from the site itself, it could run scripts.
    """
    try:
        media_type = identify(data).media_type
    except NotAPicture:
        return None
    if media_type == SVG:
        data = clean_svg(data)
    parts = urlsplit(url)
    host = _plain(parts.netloc.rpartition("@")[2].lower()) or "host"
    stem = _plain(PurePosixPath(unquote(parts.path)).stem)[:60].strip("-._") or "picture"
    ending = ending_of(media_type)
    return Copy(f"{FOLDER}/{host}/{stem}-{sha256(data)[:8]}.{ending}", data)


def _plain(name: str) -> str:
    """Return a name that is the same in a URL, in Markdown, in YAML and on every disk."""
    text = unicodedata.normalize("NFC", name)
    return re.sub(r"[^0-9A-Za-z가-힣._-]+|\.{2,}", "-", text).strip("-.")
