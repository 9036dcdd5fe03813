"""WeasyPrint is loaded, with our patches, or what is missing is named."""

from __future__ import annotations

import contextlib
import io
from functools import lru_cache

from hanpan.editions.pdf import patches
from hanpan.editions.pdf.patches.library_search import by_file_name
from hanpan.messages.installation import advice_on_libraries
from hanpan.problems import BuildError, Problem


def load_weasyprint() -> None:
    """Import WeasyPrint and patch it.

    Raises BuildError where the system lacks what WeasyPrint is built on, or where it is not the
    version that we patch.
    """
    if missing := _missing_library():
        message = f"the PDF edition needs Pango and HarfBuzz: {missing}"
        raise BuildError(Problem("pdf-libraries", "error", message, remedy=advice_on_libraries()))
    patches.apply()


@lru_cache(maxsize=1)
def _missing_library() -> str:
    """Return why WeasyPrint cannot be loaded; "" where it can. A second import does not fail."""
    try:
        # it prints advice of its own
        with by_file_name(), contextlib.redirect_stdout(io.StringIO()):
            import weasyprint.text.fonts  # noqa: F401
    except OSError as error:
        return str(error).partition(":")[0]
    return ""
