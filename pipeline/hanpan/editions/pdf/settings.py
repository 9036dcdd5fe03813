"""The settings of one PDF: the site's [pdf], less what the post says itself in its front matter."""

from __future__ import annotations

from dataclasses import replace

from hanpan.document import Document
from hanpan.editions.pdf.page import PrintedPage, printed_page
from hanpan.files import Files
from hanpan.problems import BuildError
from hanpan.site import Pdf
from hanpan.site.checks import wrong_setting


def settings_of(document: Document, files: Files) -> Pdf:
    """Return what holds for a document: its own `pdf:`, its own `toc`, else the site's.

    Raises BuildError with the key of the front matter that cannot be used.
    """
    settings = files.settings(Pdf)
    if document.meta.toc is not None:
        settings = replace(settings, toc=document.meta.toc)
    for key, value in document.meta.pdf:
        problem = wrong_setting("pdf", key, value, ":")
        if problem:
            raise BuildError(replace(problem, path=document.source), f"pdf.{key}", "pdf")
    return with_link_settings(replace(settings, **dict(document.meta.pdf)))  # type: ignore[arg-type]


def with_link_settings(settings: Pdf) -> Pdf:
    """Return the settings with nothing of links left open: paper says where they lead."""
    is_paper = settings.profile != "screen"
    links, pages = settings.links, settings.cross_references
    return replace(
        settings,
        links=("notes" if is_paper else "none") if links is None else links,
        cross_references=is_paper if pages is None else pages,
    )


def page_of(document: Document, settings: Pdf) -> PrintedPage:
    """Return the page that settings name. Raises BuildError with the place that names none."""
    try:
        return printed_page(settings)
    except BuildError as error:
        if "page" not in dict(document.meta.pdf):
            raise
        problem = replace(error.problem, path=document.source)
        raise BuildError(problem, "pdf.page", "pdf") from None
