"""Keys: what is known of a post before any of its steps runs, as the name of an index entry.

Results of other machines must be what this one would come to, byte for byte. The tools' fingerprint
has hanpan, Python and its packages; a key has beside it what packages find on the system.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import sys
import zlib
from collections.abc import Mapping
from functools import cache

from hanpan.files import sha256
from hanpan.runner.packs import Owner

# libraries that WeasyPrint opens, by the names that systems give them, and their version's function
_LIBRARIES = (
    ("pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0.dylib")),
    ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz.dylib")),
)


def index_key(owner: Owner, source: str, made_of: Mapping[str, str]) -> str:
    """Return the digest under which results of a post or book are indexed.

    `source` is its path below the site's root; `made_of` has the hashes of what it is made of: a
    post's file, a book's outline and chapters.
    """
    known = [owner.tools, owner.slug, source, sorted(made_of.items()), machine()]
    return sha256(json.dumps(known).encode())


@cache
def machine() -> tuple[str, ...]:
    """Return what else decides bytes: the system's libraries, and the date of undated posts."""
    versions = [_version(function, names) for function, names in _LIBRARIES]
    dated = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (sys.platform, platform.machine(), zlib.ZLIB_RUNTIME_VERSION, *versions, dated)


def _version(function: str, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            version = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        version.restype = ctypes.c_char_p
        return str(version().decode())
    return ""
