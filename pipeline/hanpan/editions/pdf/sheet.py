"""A sheet that is no text: the cover of a book, with words that are set by its own stylesheet."""

from __future__ import annotations

from collections.abc import Mapping

from hanpan.editions.pdf.engine import Picture, typeset
from hanpan.editions.pdf.page_text import finish_page, font_styles
from hanpan.editions.templates import layout_text, user_styles
from hanpan.files import Files

_MEASURE = 40.0  # em: about as long as a line on it is


def print_sheet(
    html: str, styles: str, css: str, pictures: Mapping[str, Picture], files: Files
) -> bytes:
    """Return a filled template as PDF; `styles` names its stylesheet, `css` is appended to it.

    `pictures` are by their addresses. Raises BuildError where it cannot be made.
    """
    sheets = layout_text(files, "styles/tokens.css", f"styles/{styles}.css")
    page = finish_page(html, files, _MEASURE)
    whole = sheets + font_styles(files) + css + page.css + user_styles(files)
    return typeset(page.html, whole, pictures, files, (), page.faces).data
