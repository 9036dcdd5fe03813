"""Paths on an author's own disk: they name their owner, so only the file name may be published."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DISK = re.compile(
    r"\A[\s<]*(?:[A-Za-z]:[\\/]|file:|~[\\/])"
    r"|(?:\A|[\\/])(?:Users|home|Documents and Settings)[\\/][^\\/]+[\\/]",
    re.IGNORECASE,
)


def is_on_disk(address: str) -> bool:
    """Tell whether an address of a post is a path on its author's disk."""
    plain = unquote(address)
    return not re.match(r"\s*(?:https?:)?//", plain, re.IGNORECASE) and bool(_DISK.search(plain))


def public_name(address: str) -> str:
    """Return an address as it may be published."""
    return re.split(r"[\\/]", unquote(address))[-1] if is_on_disk(address) else address
