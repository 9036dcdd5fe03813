"""Libraries of the system are loaded by the names of their files, without a search.

What: while WeasyPrint is imported, `ctypes.util.find_library` finds nothing on Linux, so that the
    names of files come next, which the system's loader knows.
Why: WeasyPrint tries other names first, and for each of those `find_library` runs gcc, ld and
    ldconfig: a quarter of a second.
Upstream: https://github.com/Kozea/WeasyPrint/issues/1125 (closed, as cffi's doing)
Known: WeasyPrint 70.0
Delete when: WeasyPrint tries the names of files first.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import sys
from collections.abc import Iterator

from hanpan.insides import WEASYPRINT, KnownPart

PARTS = (KnownPart(WEASYPRINT, "weasyprint.text.ffi:_dlopen", "ffi, *names, allow_fail"),)


def install() -> None:
    """Do nothing: the search is left out by `by_file_name`, while WeasyPrint is imported."""


@contextlib.contextmanager
def by_file_name() -> Iterator[None]:
    """Leave it to the system's loader to find libraries."""
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = before
