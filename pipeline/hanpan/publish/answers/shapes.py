"""Shapes: what ids and addresses may look like that servers and ledgers name.

They are written into paths and bodies of requests, and into files.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from hanpan.assets.download import Refused, ascii_url

LONGEST = 2_000  # characters of an id or an address
_HALVES = re.compile("[\ud800-\udfff]")  # of characters: UTF-8 has none
_ID = re.compile(r"[\w:-]{1,300}")  # no sign that has a meaning in a path


def is_id(text: object) -> bool:
    """Tell whether a value is an id that may stand in a path, as one part of it."""
    return isinstance(text, str) and bool(_ID.fullmatch(text))


def id_text(value: object) -> str:
    """Return a number or a text of an API's JSON as an id; "" for anything else, which is none."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value if isinstance(value, str) else ""


def is_short_text(value: object) -> bool:
    """Tell whether a value is a text that can be written, as short as an address or a time."""
    return isinstance(value, str) and len(value) <= LONGEST and not _HALVES.search(value)


def picture_address(url: str) -> str:
    """Return a picture's address for a body; in a folder of files it is a path.

    Raises ValueError for anything that would not stay an address in HTML, Markdown or JSON.
    """
    if not is_short_text(url):
        raise ValueError("an uploaded picture has no address")
    try:
        plain = quote(url, safe="/%:@!$&*+,;=~-._") if url.startswith("/") else ascii_url(url)
    except Refused as error:
        raise ValueError(f"an uploaded picture has no valid address ({error})") from None
    return plain.replace("(", "%28").replace(")", "%29").replace("'", "%27")
