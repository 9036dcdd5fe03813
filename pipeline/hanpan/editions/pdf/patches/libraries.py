"""The libraries under WeasyPrint: found without a search, and named where one is missing."""

from __future__ import annotations

import contextlib
import ctypes.util
import sys
from collections.abc import Iterator
from functools import lru_cache

from hanpan.editions.pdf.finish.write import keep_page_references
from hanpan.editions.pdf.patches.elements import use_elements
from hanpan.editions.pdf.patches.fonts import use_for_subsets
from hanpan.editions.pdf.patches.line_ends import mend_line_ends
from hanpan.editions.pdf.patches.line_starts import mend_line_starts
from hanpan.editions.pdf.patches.notes import keep_footnotes
from hanpan.problems import BuildError, Problem


def load_weasyprint() -> None:
    """Import WeasyPrint. Raises BuildError where the system lacks what it is built on."""
    if missing := _missing_library():
        said = f"the PDF edition needs Pango and HarfBuzz: {missing}"
        remedy = "Run `make setup`; `hanpan doctor` says what is missing."
        raise BuildError(Problem("pdf-libraries", "error", said, remedy=remedy))
    use_for_subsets()
    use_elements()
    keep_page_references()
    mend_line_starts()
    mend_line_ends()
    keep_footnotes()


@lru_cache(maxsize=1)
def _missing_library() -> str:
    """Return why WeasyPrint cannot be loaded; "" where it can. Asked once: it fails but once."""
    try:
        with _by_soname():
            import weasyprint.text.fonts  # noqa: F401
    except OSError as error:
        return str(error).partition(":")[0]
    return ""


@contextlib.contextmanager
def _by_soname() -> Iterator[None]:
    """Leave it to the system's loader to find the libraries, whose file names WeasyPrint has.

    It tries other names first, and for each of those `find_library` runs gcc, ld and ldconfig:
    a quarter of a second, on Linux for nothing.
    """
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = before
